package dev.lanewise.dsl.check.data;

import static dev.lanewise.runtime.signature.Argument.optional;
import static dev.lanewise.runtime.signature.Argument.required;

import dev.lanewise.dsl.meaning.CheckedData.Origin;
import dev.lanewise.dsl.meaning.Places;
import dev.lanewise.dsl.meaning.TableSigns;
import dev.lanewise.runtime.data.source.Channels;
import dev.lanewise.runtime.data.source.Csv;
import dev.lanewise.runtime.data.source.ImageFolder;
import dev.lanewise.runtime.data.source.NumberArrays;
import dev.lanewise.runtime.data.source.NumberArrays.Names;
import dev.lanewise.runtime.data.source.NumberArrays.Names.Pair;
import dev.lanewise.runtime.data.source.OpenedData;
import dev.lanewise.runtime.data.table.TableSettings;
import dev.lanewise.runtime.data.table.Wanted;
import dev.lanewise.runtime.signature.Argument.Type;
import dev.lanewise.runtime.signature.Arguments;
import dev.lanewise.runtime.signature.Signature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Data in files of the user's own. */
final class DataFiles {
  private static final int MOST_PIXELS = 2_048;

  static final Signature CSV =
      Signature.of(
          "csv", "a table, a line for each example: numbers, or words; class labels may be words",
          required("file", Type.TEXT, "its name"),
          optional("label", Type.COLUMN, "", "column of the classes: its name, or its number from 1"),
          optional("target", Type.COLUMNS, List.of(), "in place of label: column of numbers to predict, or a list of columns"),
          optional("test", Type.TEXT, "", "another file, to test on"),
          optional("drop", Type.COLUMNS, List.of(), "columns that are left out, such as [Id, Name]"),
          optional("words", Type.WORDS, "", "`onehot`: columns that hold words become a feature for each; `index`: the word's number"),
          optional("missing", Type.MISSING, "", "where a cell has no value: `skip` its row, `mean` of the column (its most frequent word), or a number"),
          TableSigns.DECIMAL, TableSigns.SEPARATOR);

  static final Signature NPY =
      Signature.of(
          "npy", "NumPy arrays, [examples, …]; the files may be larger than memory",
          required("file", Type.TEXT, "the examples"),
          required("labels", Type.TEXT, "file of an array: a whole number or a word for each example, its class, or a row with a single 1; or numbers to predict"),
          optional("test", Type.TEXT, "", "examples to test on"),
          optional("test_labels", Type.TEXT, "", "their labels"),
          optional("channels", Type.CHANNELS, "auto", "which axis of images has them; `auto`: the last, if it is one of 1, 3 or 4 and the first two are larger"));

  static final Signature NPZ =
      Signature.of(
          "npz", "the same in one archive",
          required("file", Type.TEXT, "the archive"),
          optional("x", Type.TEXT, "x_train", "name of the array of examples"),
          optional("y", Type.TEXT, "y_train", "that of their labels"),
          optional("test_x", Type.TEXT, "", "examples to test on"),
          optional("test_y", Type.TEXT, "", "their labels"),
          optional("val_x", Type.TEXT, "", "examples to validate on"),
          optional("val_y", Type.TEXT, "", "their labels"),
          optional("channels", Type.CHANNELS, "auto", "which axis of images has them; `auto`: the last, if it is one of 1, 3 or 4 and the first two are larger"));

  static final Signature IMAGES =
      Signature.of(
          "images", "a folder of images with a subfolder for each class",
          required("folder", Type.TEXT, "its name"),
          optional("size", Type.INTEGER, 28, "height and width that images are brought to"),
          optional("colour", Type.FLAG, false, "whether they have three channels, or are grey"),
          optional("test", Type.TEXT, "", "another such folder, to test on"));

  private DataFiles() {}

  /** Looks at files. */
  private interface Opening {
    OpenedData open() throws IOException;
  }

  static Origin csv(Arguments a, Places places) {
    String label = a.text("label");
    List<String> target = a.texts("target");
    if (label.isEmpty() == target.isEmpty()) {
      throw new IllegalArgumentException("say which column is to be learned: label = for classes, or target = for numbers");
    }
    Wanted wanted = new Wanted(target.isEmpty() ? List.of(label) : target, target.isEmpty());
    TableSettings settings = TableCalls.settings(a);
    return opened("csv", () -> Csv.read(places.data(a.text("file")), places.optionalData(a.text("test")), wanted, settings));
  }

  static Origin npy(Arguments a, Places places) {
    together(a, "test", "test_labels");
    return opened(
        "npy",
        () -> NumberArrays.npy(
            places.data(a.text("file")), places.data(a.text("labels")), places.optionalData(a.text("test")),
                places.optionalData(a.text("test_labels")), channels(a)));
  }

  static Origin npz(Arguments a, Places places) {
    Names names = new Names(new Pair(a.text("x"), a.text("y")), pair(a, "val_x", "val_y"), pair(a, "test_x", "test_y"));
    return opened("npz", () -> NumberArrays.npz(places.data(a.text("file")), names, channels(a)));
  }

  private static Optional<Pair> pair(Arguments a, String x, String y) {
    together(a, x, y);
    return a.text(x).isEmpty() ? Optional.empty() : Optional.of(new Pair(a.text(x), a.text(y)));
  }

  static Origin images(Arguments a, Places places) {
    int size = a.integer("size");
    if (size < 1 || size > MOST_PIXELS) {
      throw new IllegalArgumentException("size must be between 1 and " + MOST_PIXELS + ", not " + size);
    }
    Path folder = places.data(a.text("folder"));
    Optional<Path> test = places.optionalData(a.text("test"));
    return opened("images", () -> ImageFolder.open(folder, test, size, a.flag("colour")));
  }

  private static Channels channels(Arguments a) {
    return Channels.valueOf(a.text("channels").toUpperCase(Locale.ROOT));
  }

  private static void together(Arguments a, String one, String other) {
    if (a.text(one).isEmpty() != a.text(other).isEmpty()) {
      throw new IllegalArgumentException("`" + one + "` and `" + other + "` go together");
    }
  }

  private static Origin opened(String source, Opening opening) {
    try {
      return new Origin.Files(source, opening.open());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
