package dev.lanewise.runtime.data.source;

import dev.lanewise.runtime.data.ByteImages;
import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.data.Dataset;
import dev.lanewise.runtime.data.FileImages;
import dev.lanewise.runtime.data.Target;
import dev.lanewise.runtime.data.World;
import dev.lanewise.runtime.data.format.image.ImageFile;
import dev.lanewise.runtime.file.Allowance;
import dev.lanewise.runtime.tensor.Shape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Images in a folder that has one subfolder for each class, named after it. Classes are in the order of their names;
 * images take turns, the first of each class, then the second, so that the first few of them have all classes. More than
 * memory has room for stay in their files, and are decoded when they are read.
 *
 * <pre>{@code ImageFolder.open(Path.of("pets"), Optional.empty(), 32, true).load() }</pre>
 */
public final class ImageFolder implements OpenedData {
  private record Image(Path file, int label) {}

  private final Path folder;
  private final Optional<Path> test;
  private final Shape shape;
  private final List<String> classes;
  /** So many bytes of pixels are held in memory. */
  private final long most;

  private ImageFolder(Path folder, Optional<Path> test, Shape shape, List<String> classes, long most) {
    this.folder = folder;
    this.test = test;
    this.shape = shape;
    this.classes = classes;
    this.most = most;
  }

  /**
   * Looks for the classes.
   *
   * @param test a folder of the same form, to test on
   * @param size height and width that images are brought to
   * @throws IOException if there are no subfolders, or one of them has no images
   */
  public static ImageFolder open(Path folder, Optional<Path> test, int size, boolean colour) throws IOException {
    return open(folder, test, size, colour, Math.min(Integer.MAX_VALUE - 8, new Allowance().left() / 2));
  }

  /** @param most bytes of pixels that are held in memory */
  static ImageFolder open(Path folder, Optional<Path> test, int size, boolean colour, long most) throws IOException {
    return new ImageFolder(folder, test, Shape.of(colour ? 3 : 1, size, size), ClassFolders.names(folder), most);
  }

  /**
   * The images of a folder that has no classes, in the order of their names, without those in further folders.
   *
   * @throws IOException if there are none
   */
  public static List<Path> files(Path folder) throws IOException {
    List<Path> images = ClassFolders.images(folder);
    if (images.isEmpty()) {
      throw new IOException(folder + ": there are no images in this folder");
    }
    return images;
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
    return load(_ -> { });
  }

  @Override
  public DataSplit load(Consumer<String> doubts) throws IOException {
    Allowance allowance = new Allowance();
    Dataset training = part(folder, allowance, doubts);
    Dataset testing = test.isPresent() ? part(test.get(), allowance, doubts) : null;
    return new DataSplit("images", training, null, testing).classesNamed(classes).pictures(World.Preparation.PLAIN);
  }

  private Dataset part(Path of, Allowance allowance, Consumer<String> doubts) throws IOException {
    List<String> there = ClassFolders.folders(of).stream().map(p -> p.getFileName().toString()).toList();
    Optional<String> unknown = there.stream().filter(c -> !classes.contains(c)).findFirst();
    if (unknown.isPresent()) {
      throw new IOException(of.resolve(unknown.get()) + ": " + folder + " has no such class");
    }
    List<Image> images = inTurns(of, there);
    if (images.isEmpty()) {
      throw new IOException(of + ": there are no images in folders of the classes");
    }
    LeftOut.of(ClassFolders.folders(of), images.stream().map(Image::file).toList(), "images").ifPresent(doubts);
    LeftOut.beside(of).ifPresent(doubts);
    long bytes = (long) images.size() * shape.size();
    byte[] labels = new byte[images.size()];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = (byte) images.get(i).label;
    }
    if (bytes > most || bytes > allowance.left()) {
      return new FileImages(images.stream().map(Image::file).toList(), labels, shape, classes.size());
    }
    allowance.take(of + ": " + images.size() + " images of " + shape, bytes, "take a smaller size");
    byte[] pixels = new byte[(int) bytes];
    // Images do not depend on each other. Of several broken ones the first is told, whoever finds it.
    Optional<IOException> broken =
        IntStream.range(0, images.size()).parallel().mapToObj(i -> decode(images.get(i), pixels, i))
            .filter(Objects::nonNull).findFirst();
    if (broken.isPresent()) {
      throw broken.get();
    }
    return new ByteImages(shape, pixels, labels, classes.size(), 0, 1);
  }

  private List<Image> inTurns(Path of, List<String> there) throws IOException {
    List<List<Path>> byClass = new ArrayList<>();
    int most = 0;
    for (String name : there) {
      List<Path> own = ClassFolders.images(of.resolve(name));
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
      byte[] own = ImageFile.square(image.file, shape.channels(), shape.width());
      System.arraycopy(own, 0, pixels, index * shape.size(), own.length);
      return null;
    } catch (IOException e) {
      return e;
    }
  }
}
