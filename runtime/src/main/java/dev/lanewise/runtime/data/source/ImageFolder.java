package dev.lanewise.runtime.data.source;

import dev.lanewise.runtime.data.ByteImages;
import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.data.Dataset;
import dev.lanewise.runtime.data.Target;
import dev.lanewise.runtime.data.World;
import dev.lanewise.runtime.data.format.ImageFile;
import dev.lanewise.runtime.tensor.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Images in a folder that has one subfolder for each class, named after it. Classes are in the order of their names;
 * images take turns, the first of each class, then the second, so that the first few of them have all classes.
 *
 * <pre>{@code ImageFolder.open(Path.of("pets"), Optional.empty(), 32, true).load() }</pre>
 */
public final class ImageFolder implements OpenedData {
  private static final long MOST = Math.min(Integer.MAX_VALUE - 8, Runtime.getRuntime().maxMemory() / 2);
  private static final List<String> ENDINGS =
      List.of(".png", ".jpg", ".jpeg", ".gif", ".bmp", ".wbmp", ".tif", ".tiff");

  private record Image(Path file, int label) {}

  private final Path folder;
  private final Optional<Path> test;
  private final Shape shape;
  private final List<String> classes;

  private ImageFolder(Path folder, Optional<Path> test, Shape shape, List<String> classes) {
    this.folder = folder;
    this.test = test;
    this.shape = shape;
    this.classes = classes;
  }

  /**
   * Looks for the classes.
   *
   * @param test a folder of the same form, to test on
   * @param size height and width that images are brought to
   * @throws IOException if there are no subfolders
   */
  public static ImageFolder open(Path folder, Optional<Path> test, int size, boolean colour) throws IOException {
    List<String> classes = folders(folder).stream().map(p -> p.getFileName().toString()).toList();
    if (classes.size() < 2) {
      throw new IOException(folder + ": expected a subfolder for each class, two at least, found " + classes.size());
    }
    if (classes.size() > 256) {
      throw new IOException(folder + ": expected at most 256 classes, found " + classes.size());
    }
    return new ImageFolder(folder, test, Shape.of(colour ? 3 : 1, size, size), classes);
  }

  private static List<Path> folders(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return sorted(all.filter(Files::isDirectory));
    }
  }

  private static List<Path> images(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return sorted(all.filter(Files::isRegularFile).filter(ImageFolder::isImage));
    }
  }

  private static boolean isImage(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    return ENDINGS.stream().anyMatch(name::endsWith);
  }

  /** By name, which no file system promises; what begins with a dot belongs to the system. */
  private static List<Path> sorted(Stream<Path> files) {
    return files.filter(f -> !f.getFileName().toString().startsWith("."))
        .sorted(Comparator.comparing(f -> f.getFileName().toString()))
        .toList();
  }

  @Override
  public Shape shape() {
    return shape;
  }

  @Override
  public Target target() {
    return Target.classes(classes.size());
  }

  @Override
  public boolean hasTest() {
    return test.isPresent();
  }

  @Override
  public DataSplit load() throws IOException {
    Dataset testing = test.isPresent() ? part(test.get()) : null;
    return new DataSplit("images", part(folder), null, testing).classesNamed(classes).pictures(World.Preparation.PLAIN);
  }

  private Dataset part(Path of) throws IOException {
    List<String> there = folders(of).stream().map(p -> p.getFileName().toString()).toList();
    Optional<String> unknown = there.stream().filter(c -> !classes.contains(c)).findFirst();
    if (unknown.isPresent()) {
      throw new IOException(of.resolve(unknown.get()) + ": " + folder + " has no such class");
    }
    List<Image> images = inTurns(of, there);
    if (images.isEmpty()) {
      throw new IOException(of + ": there are no images (" + String.join(" ", ENDINGS) + ")");
    }
    if ((long) images.size() * shape.size() > MOST) {
      throw new IOException(
          of + ": " + images.size() + " images of " + shape + " are over the limit of " + (MOST >> 20)
              + " MB: take a smaller size");
    }
    byte[] pixels = new byte[images.size() * shape.size()];
    // Images do not depend on each other. Of several broken ones the first is told, whoever finds it.
    Optional<IOException> broken =
        IntStream.range(0, images.size()).parallel().mapToObj(i -> decode(images.get(i), pixels, i))
            .filter(Objects::nonNull).findFirst();
    if (broken.isPresent()) {
      throw broken.get();
    }
    byte[] labels = new byte[images.size()];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = (byte) images.get(i).label;
    }
    return new ByteImages(shape, pixels, labels, classes.size(), 0, 1);
  }

  private List<Image> inTurns(Path of, List<String> there) throws IOException {
    List<List<Path>> byClass = new ArrayList<>();
    int most = 0;
    for (String name : there) {
      List<Path> own = images(of.resolve(name));
      byClass.add(own);
      most = Math.max(most, own.size());
    }
    List<Image> images = new ArrayList<>();
    for (int turn = 0; turn < most; turn++) {
      for (int c = 0; c < byClass.size(); c++) {
        if (turn < byClass.get(c).size()) {
          images.add(new Image(byClass.get(c).get(turn), classes.indexOf(there.get(c))));
        }
      }
    }
    return images;
  }

  /** Returns what went wrong, or null. */
  private IOException decode(Image image, byte[] pixels, int index) {
    try {
      ImageFile.read(image.file, shape.channels()).write(shape.width(), pixels, index * shape.size());
      return null;
    } catch (IOException e) {
      return e;
    }
  }
}
