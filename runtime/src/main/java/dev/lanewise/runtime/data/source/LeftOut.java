package dev.lanewise.runtime.data.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Files beside examples that nothing is read of, though somebody may take them for examples: an ending that is not known, or no folder of a class. */
final class LeftOut {
  /** What is written about examples, and what systems leave there. */
  private static final Set<String> ABOUT = Set.of("", "md", "txt", "csv", "tsv", "json", "xml", "yaml", "yml", "html", "pdf", "py", "db", "ini", "lnk");

  private LeftOut() {}

  /**
   * Of folders all files of which should be examples.
   *
   * @param read those that are
   * @param kind what they are called
   */
  static Optional<String> of(List<Path> folders, Collection<Path> read, String kind) throws IOException {
    Set<Path> known = new HashSet<>(read);
    List<Path> others = new ArrayList<>();
    for (Path folder : folders) {
      ClassFolders.sorted(folder).stream().filter(f -> !known.contains(f) && Files.isRegularFile(f) && !ABOUT.contains(ending(f))).forEach(others::add);
    }
    return told(others, "no " + kind);
  }

  /** Of images that lie beside the folders of the classes. */
  static Optional<String> beside(Path folder) throws IOException {
    return told(ClassFolders.images(folder), "in no folder of a class");
  }

  private static Optional<String> told(List<Path> files, String why) {
    return files.isEmpty() ? Optional.empty()
        : Optional.of(String.format(Locale.ROOT, "%,d files are %s and are left out, the first of them %s", files.size(), why, files.getFirst()));
  }

  private static String ending(Path file) {
    String name = file.getFileName().toString();
    return name.contains(".") ? name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT) : "";
  }
}
