package dev.lanewise.runtime.data.source;

import dev.lanewise.runtime.data.format.image.ImageFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Folders of images as people have them: one for each class, with images in it. What else is common is told, with what
 * would be right.
 */
final class ClassFolders {
  private static final int MOST_CLASSES = 256;
  private static final List<String> TRAIN = List.of("train", "training");
  private static final List<String> TEST = List.of("test", "testing", "val", "valid", "validation");
  /** What programs leave beside the user's own folders. */
  private static final List<String> SYSTEM = List.of("__MACOSX", "$RECYCLE.BIN", "System Volume Information");

  private ClassFolders() {}

  /**
   * The names of the classes, in order.
   *
   * @throws IOException saying what the folder has instead, and what to do
   */
  static List<String> names(Path folder) throws IOException {
    if (Files.isRegularFile(folder)) {
      throw new IOException(folder + ": expected a folder with a subfolder for each class, found a file");
    }
    List<Path> folders = folders(folder);
    checkParts(folder, folders);
    if (folders.isEmpty()) {
      throw new IOException(folder + ": expected a subfolder for each class, named after it; " + unsorted(folder));
    }
    for (Path own : folders) {
      checkClass(own);
    }
    if (folders.size() < 2) {
      throw new IOException(folder + ": expected a subfolder for each class, two at least, found one, "
          + folders.getFirst().getFileName());
    }
    if (folders.size() > MOST_CLASSES) {
      throw new IOException(folder + ": expected at most " + MOST_CLASSES + " classes, found " + folders.size());
    }
    return folders.stream().map(p -> p.getFileName().toString()).toList();
  }

  private static String unsorted(Path folder) throws IOException {
    int images = images(folder).size();
    return images == 0 ? "it has neither folders nor images"
        : "it has images (" + images + "), but no folders: `classify` of a trained network says what they show";
  }

  /** Whether the folders are not classes, but parts of the data, or lie one deeper. */
  private static void checkParts(Path folder, List<Path> folders) throws IOException {
    Optional<Path> train = deep(folders, TRAIN);
    Optional<Path> test = deep(folders, TEST);
    if (train.isPresent()) {
      throw new IOException(folder + ": its folder " + train.get().getFileName() + " has the folders of the classes: write `images(\""
          + written(train.get()) + "\"" + test.map(t -> ", test = \"" + written(t) + "\"").orElse("") + ")`");
    }
    if (folders.size() == 1 && isDeep(folders.getFirst())) {
      throw new IOException(folder + ": its only folder, " + folders.getFirst().getFileName()
          + ", has the folders of the classes: write `images(\"" + written(folders.getFirst()) + "\")`");
    }
  }

  private static Optional<Path> deep(List<Path> folders, List<String> names) throws IOException {
    for (Path own : folders) {
      if (names.contains(own.getFileName().toString().toLowerCase(Locale.ROOT)) && isDeep(own)) {
        return Optional.of(own);
      }
    }
    return Optional.empty();
  }

  private static boolean isDeep(Path folder) throws IOException {
    return !folders(folder).isEmpty() && !hasImages(folder);
  }

  private static String written(Path folder) {
    return folder.toString().replace('\\', '/');
  }

  private static void checkClass(Path folder) throws IOException {
    if (!hasImages(folder)) {
      throw new IOException(folder + ": there are no images of this class"
          + (folders(folder).isEmpty() ? ": put some there, or take the folder away"
              : ", only further folders: images lie directly in the folder of their class"));
    }
  }

  private static boolean hasImages(Path folder) throws IOException {
    for (Path file : sorted(folder)) {
      if (Files.isRegularFile(file) && ImageFile.isMeant(file)) {
        return true;
      }
    }
    return false;
  }

  /** Of a folder, by name. */
  static List<Path> folders(Path folder) throws IOException {
    return sorted(folder).stream().filter(Files::isDirectory).filter(f -> !SYSTEM.contains(f.getFileName().toString())).toList();
  }

  /** Of a folder, by name. */
  static List<Path> images(Path folder) throws IOException {
    List<Path> images = new ArrayList<>();
    for (Path file : sorted(folder)) {
      if (Files.isRegularFile(file) && ImageFile.isMeant(file)) {
        images.add(file);
      }
    }
    return images;
  }

  /** By name, which no file system promises; what begins with a dot belongs to the system. */
  static List<Path> sorted(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(f -> !f.getFileName().toString().startsWith("."))
          .sorted(Comparator.comparing(f -> f.getFileName().toString()))
          .toList();
    }
  }
}
