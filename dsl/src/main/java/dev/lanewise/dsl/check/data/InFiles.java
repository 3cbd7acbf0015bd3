package dev.lanewise.dsl.check.data;

import dev.lanewise.dsl.diagnostic.Remedy;
import dev.lanewise.dsl.diagnostic.Suggestions;
import dev.lanewise.dsl.syntax.Expression;
import dev.lanewise.dsl.meaning.Places;
import dev.lanewise.runtime.data.source.Channels;
import dev.lanewise.runtime.data.source.Csv;
import dev.lanewise.runtime.data.source.NumberArrays;
import dev.lanewise.runtime.data.source.OpenedData;
import dev.lanewise.runtime.data.table.NoColumn;
import dev.lanewise.runtime.data.table.TableSettings;
import dev.lanewise.runtime.data.table.Wanted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What lies beside the files that a script names, and what is in them: asked only where a call is wrong. */
final class InFiles {
  /** A folder with more is no place to look for a file that was misspelt. */
  private static final int MOST = 1_000;
  /** Numbers of more different values are no classes. */
  private static final int MOST_CLASSES = 20;
  /** A name that no column has. */
  private static final String NOTHING = "\0";

  private static final TableSettings ANY = new TableSettings(List.of(), List.of(), List.of(), TableSettings.Words.INDEX, TableSettings.Missing.SKIP, '.', Optional.empty());

  private InFiles() {}

  /** The name of a file or folder that is there, and nearly called so. @param missing as it was looked for */
  static Optional<Remedy> near(Places places, Expression.Text written, String missing) {
    String name = written.value();
    try {
      Path path = places.data(name);
      if (name.isBlank() || !path.toString().equals(missing) && !missing.endsWith(Path.of(name).toString())) {
        return Optional.empty();
      }
      String file = path.getFileName().toString();
      int slash = Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1;
      Path folder = path.toAbsolutePath().getParent();
      String ending = ending(file);
      List<String> beside = names(folder).stream().filter(n -> ending.isEmpty() || ending(n).equalsIgnoreCase(ending) || n.startsWith(file.substring(0, file.length() - ending.length()) + ".")).toList();
      return Suggestions.mean(written.span(), file, beside, n -> '"' + name.substring(0, slash) + n + '"')
          .or(() -> below(folder, file).or(() -> above(places, file, slash)).map(n -> Remedy.mean(written.span(), '"' + n + '"')));
    } catch (InvalidPathException _) {
      return Optional.empty();
    }
  }

  /** A file of that name in a folder of the one where it was looked for. */
  private static Optional<String> below(Path folder, String file) {
    return names(folder).stream().filter(n -> Files.exists(folder.resolve(n).resolve(file))).findFirst().map(n -> n + "/" + file);
  }

  /** A file of that name where the script lies. */
  private static Optional<String> above(Places places, String file, int slash) {
    return slash > 0 && Files.exists(places.data(file)) ? Optional.of(file) : Optional.empty();
  }

  private static String ending(String file) {
    return file.lastIndexOf('.') > 0 ? file.substring(file.lastIndexOf('.')) : "";
  }

  private static List<String> names(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.limit(MOST).map(f -> f.getFileName().toString()).sorted().toList();
    } catch (IOException _) {
      return List.of();
    }
  }

  /** The columns of a table; empty if it cannot be read. */
  static Optional<List<String>> columns(Places places, String file) {
    try {
      Csv.read(places.data(file), Optional.empty(), new Wanted(List.of(NOTHING), true), TableSettings.PLAIN);
      return Optional.empty();
    } catch (NoColumn e) {
      return Optional.of(e.columns());
    } catch (IOException | IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  /** Whether a column of a table has classes, and no numbers to predict. */
  static boolean holdsClasses(Places places, String file, String column) {
    try {
      OpenedData data = Csv.read(places.data(file), Optional.empty(), new Wanted(List.of(column), true), ANY);
      boolean numbers = data.load().className(0).matches("-?[0-9]*[.]?[0-9]+");
      return data.target().classes() <= MOST_CLASSES && !(numbers && 2 * data.target().classes() > data.load().train().size());
    } catch (IOException | IllegalArgumentException _) {
      return false;
    }
  }

  /** The array beside another one that has a label for each of its examples, if there is only one such. */
  static Optional<String> labels(Places places, String file) {
    if (file.isBlank()) {
      return Optional.empty();
    }
    Path examples = places.data(file).toAbsolutePath();
    String folder = file.substring(0, Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1);
    List<String> fitting = names(examples.getParent()).stream()
        .filter(n -> n.endsWith(".npy") && !n.equals(examples.getFileName().toString()) && goTogether(examples, examples.resolveSibling(n))).toList();
    return fitting.size() == 1 ? Optional.of(folder + fitting.getFirst()) : Optional.empty();
  }

  private static boolean goTogether(Path examples, Path labels) {
    try {
      NumberArrays.npy(examples, labels, Optional.empty(), Optional.empty(), Channels.AUTO);
      return true;
    } catch (IOException | IllegalArgumentException _) {
      return false;
    }
  }
}
