package dev.lanewise.runtime.data.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The four files of a data set in the form of MNIST, however they are called: {@code train-images-idx3-ubyte},
 * {@code train-images.idx3-ubyte.gz}, {@code emnist-letters-test-labels-idx1-ubyte}. What stands before is the set's name.
 */
record IdxFiles(Path folder, String set) {
  private static final Pattern NAME = Pattern.compile("(?:(.+)-)?(train|t10k|test)-(images|labels)[-.]idx\\d-ubyte(?:\\.gz)?");

  /** One of the four. */
  enum Content {
    IMAGES,
    LABELS
  }

  /**
   * @param wanted name of the set; empty for the only one, or the one without a name
   * @throws IOException if there are several, or none that is called so
   */
  static IdxFiles find(Path folder, String wanted) throws IOException {
    List<String> sets = sets(folder);
    if (sets.contains(wanted) || sets.isEmpty()) {
      return new IdxFiles(folder, wanted);
    }
    if (!wanted.isEmpty()) {
      throw new IOException(folder + ": has no set `" + wanted + "`; there is " + String.join(", ", sets));
    }
    if (sets.size() > 1) {
      throw new IOException(folder + ": several sets are there, " + String.join(", ", sets) + ": say which with set = \"" + sets.getFirst() + "\"");
    }
    return new IdxFiles(folder, sets.getFirst());
  }

  /** The names of the sets in a folder, in order; none if it is not there. */
  static List<String> sets(Path folder) throws IOException {
    TreeSet<String> sets = new TreeSet<>();
    if (Files.isDirectory(folder)) {
      try (Stream<Path> files = Files.list(folder)) {
        files.map(f -> NAME.matcher(f.getFileName().toString())).filter(Matcher::matches)
            .forEach(m -> sets.add(m.group(1) == null ? "" : m.group(1)));
      }
    }
    return List.copyOf(sets);
  }

  /**
   * @param parts what the part may be called
   * @throws IOException if it is not there
   */
  Path file(Content content, String... parts) throws IOException {
    for (String part : parts) {
      for (String dot : new String[] {"-", "."}) {
        Optional<Path> file = beginning(name(content, part, dot));
        if (file.isPresent()) {
          return file.get();
        }
      }
    }
    String name = name(content, parts[0], "-");
    throw new NoSuchFileException(folder.toString(), null, "neither " + name + " nor " + name + ".gz is there");
  }

  private String name(Content content, String part, String dot) {
    String what = content == Content.IMAGES ? "images" + dot + "idx3" : "labels" + dot + "idx1";
    return (set.isEmpty() ? "" : set + "-") + part + "-" + what + "-ubyte";
  }

  private Optional<Path> beginning(String name) {
    return Stream.of(name, name + ".gz", name.replace("idx3", "idx4"), name.replace("idx3", "idx4") + ".gz")
        .map(folder::resolve).filter(Files::isRegularFile).findFirst();
  }
}
