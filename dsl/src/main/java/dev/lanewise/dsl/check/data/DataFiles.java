package dev.lanewise.dsl.check.data;

import static dev.lanewise.runtime.signature.Argument.optional;
import static dev.lanewise.runtime.signature.Argument.required;

import dev.lanewise.dsl.meaning.CheckedData.Origin;
import dev.lanewise.dsl.meaning.Places;
import dev.lanewise.dsl.meaning.TableSigns;
import dev.lanewise.runtime.data.source.ArrayParts.Names.Group;
import dev.lanewise.runtime.data.source.ArrayParts.Names;
import dev.lanewise.runtime.data.source.ArrayParts;
import dev.lanewise.runtime.data.source.Channels;
import dev.lanewise.runtime.data.source.Csv;
import dev.lanewise.runtime.data.source.Emoji;
import dev.lanewise.runtime.data.source.ImageFolder;
import dev.lanewise.runtime.data.source.NumberArrays;
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
          optional("parts", Type.COLUMNS, List.of(), "columns that alone are learned from, such as [user, film]: each a part of its own, its words or numbers counted from 0, in their order"),
          optional("drop", Type.COLUMNS, List.of(), "columns that are left out, such as [Id, Name]"),
          optional("group", Type.COLUMNS, List.of(), "a column of which nothing is learned, or several: rows that have it alike stay together where examples are set apart, or are cut into folds"),
          optional("words", Type.WORDS, "", "`onehot`: columns that hold words become a feature for each; `index`: the word's number"),
          optional("missing", Type.MISSING, "", "where a cell has no value: `skip` its row, `mean` of the column (its most frequent word), or a number"),
          TableSigns.DECIMAL, TableSigns.SEPARATOR);

  /** Of a form that says itself what is a number, and where a cell ends. */
  static final Signature PARQUET =
      new Signature("parquet", "a table in a Parquet file, a row for each example; otherwise as csv", CSV.arguments().stream().filter(a -> a != TableSigns.DECIMAL && a != TableSigns.SEPARATOR).toList());

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
          optional("x", Type.NAMES, List.of("x_train"), "name of the array of examples; several, such as [left, right], are parts of their own"),
          optional("y", Type.NAMES, List.of("y_train"), "that of their labels; of several, such as [class, box], the first is what is learned if nothing else is said"),
          optional("test_x", Type.NAMES, List.of(), "examples to test on"),
          optional("test_y", Type.NAMES, List.of(), "their labels"),
          optional("val_x", Type.NAMES, List.of(), "examples to validate on"),
          optional("val_y", Type.NAMES, List.of(), "their labels"),
          optional("of", Type.INTEGER, 0, "the examples are whole numbers, below this; without it, of several arrays, below one more than the largest"),
          optional("channels", Type.CHANNELS, "auto", "which axis of images has them; `auto`: the last, if it is one of 1, 3 or 4 and the first two are larger"));

  static final Signature IMAGES =
      Signature.of(
          "images", "a folder of images with a subfolder for each class",
          required("folder", Type.TEXT, "its name"),
          optional("size", Type.INTEGER, 28, "height and width that images are brought to"),
          optional("colour", Type.FLAG, false, "whether they have three channels, or are grey"),
          optional("test", Type.TEXT, "", "another such folder, to test on"));

  static final Signature EMOJI =
      Signature.of(
          "emoji", "pictures of 32x32 with their names in English and Chinese, in parts: image, text; a folder with emoji.tsv and a sheet of the pictures",
          required("folder", Type.TEXT, "its name"),
          optional("length", Type.INTEGER, 48, "characters of a text; longer ones are cut"));

  private static final int MOST_CHARACTERS = 1_000;

  private DataFiles() {}

  static Origin emoji(Arguments a, Places places) {
    int length = a.integer("length");
    if (length < 2 || length > MOST_CHARACTERS) {
      throw new IllegalArgumentException("length must be between 2 and 1,000, not " + length);
    }
    return opened("emoji", () -> Emoji.open(places.data(a.text("folder")), length));
  }

  /** Looks at files. */
  private interface Opening {
    OpenedData open() throws IOException;
  }

  static Origin csv(Arguments a, Places places) {
    return table("csv", a, places, TableSigns.settings(a.text("decimal"), a.text("separator")));
  }

  static Origin parquet(Arguments a, Places places) {
    return table("parquet", a, places, TableSettings.PLAIN);
  }

  private static Origin table(String source, Arguments a, Places places, TableSettings signs) {
    String label = a.text("label");
    List<String> target = a.texts("target");
    if (label.isEmpty() == target.isEmpty()) {
      throw new IllegalArgumentException("say which column is to be learned: label = for classes, or target = for numbers");
    }
    Wanted wanted = new Wanted(target.isEmpty() ? List.of(label) : target, target.isEmpty());
    TableSettings settings = TableCalls.settings(a, signs);
    return opened(source, () -> Csv.read(places.data(a.text("file")), places.optionalData(a.text("test")), wanted, settings));
  }

  static Origin npy(Arguments a, Places places) {
    together(a.text("test").isEmpty(), a.text("test_labels").isEmpty(), "test", "test_labels");
    return opened(
        "npy",
        () -> NumberArrays.npy(
            places.data(a.text("file")), places.data(a.text("labels")), places.optionalData(a.text("test")),
                places.optionalData(a.text("test_labels")), channels(a)));
  }

  static Origin npz(Arguments a, Places places) {
    Group train = new Group(a.texts("x"), a.texts("y"));
    Names names = new Names(train, group(a, train, "val"), group(a, train, "test"));
    return opened("npz", () -> ArrayParts.npz(places.data(a.text("file")), names, a.integer("of"), channels(a)));
  }

  private static Optional<Group> group(Arguments a, Group train, String use) {
    Group group = new Group(a.texts(use + "_x"), a.texts(use + "_y"));
    together(group.x().isEmpty(), group.y().isEmpty(), use + "_x", use + "_y");
    alike(train.x(), group.x(), "x", use);
    alike(train.y(), group.y(), "y", use);
    return group.x().isEmpty() ? Optional.empty() : Optional.of(group);
  }

  private static void alike(List<String> names, List<String> others, String argument, String use) {
    if (!others.isEmpty() && others.size() != names.size()) {
      throw new IllegalArgumentException(
          "`" + argument + "` names " + names.size() + " arrays, and `" + use + "_" + argument + "` " + others.size() + ": they are the same parts, in the same order");
    }
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

  private static void together(boolean noOne, boolean noOther, String one, String other) {
    if (noOne != noOther) {
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
