package dev.lanewise.runtime.data.source;

import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.data.Target;
import dev.lanewise.runtime.data.World;
import dev.lanewise.runtime.file.Allowance;
import dev.lanewise.runtime.tensor.Shape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The MNIST database of handwritten digits (LeCun, Cortes, Burges), or any data set in its four files, such as Fashion-MNIST or EMNIST:
 * with images of any size, in grey or in colour, and up to 256 classes.
 *
 * <pre>{@code Mnist.open(Path.of("emnist"), "emnist-letters", 0).target()   // 26 classes }</pre>
 */
public final class Mnist implements OpenedData {
  public static final Shape SHAPE = Shape.of(1, 28, 28);
  public static final int CLASSES = 10;
  public static final List<String> FASHION =
      List.of("T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot");

  /** Image files from this size on are mapped into memory, not read. */
  private static final long MAPPED_FROM = Math.min(1L << 28, Runtime.getRuntime().maxMemory() / 8);

  private final IdxFiles files;
  private final IdxPart train;
  private final IdxPart test;
  private final Classes classes;

  private Mnist(IdxFiles files, int least) throws IOException {
    this.files = files;
    this.train = part("train");
    this.test = part("t10k", "test");
    if (!train.layout().shape().equals(test.layout().shape())) {
      throw new IOException(
          test.images() + ": offset 4: images of " + test.layout().shape() + ", but those to train on are " + train.layout().shape());
    }
    int[] values = IntStream.concat(Arrays.stream(train.values()), Arrays.stream(test.values())).toArray();
    this.classes = Classes.between(Arrays.stream(values).min().orElseThrow(), Math.max(least - 1, Arrays.stream(values).max().orElseThrow()))
        .called(Emnist.names(files.set()));
  }

  private IdxPart part(String... names) throws IOException {
    return IdxPart.open(
        files.file(IdxFiles.Content.IMAGES, names), files.file(IdxFiles.Content.LABELS, names), Emnist.isTransposed(files.set()));
  }

  /** Whether a folder has any of the files. */
  public static boolean isThere(Path folder) throws IOException {
    return !IdxFiles.sets(folder).isEmpty();
  }

  /**
   * Looks at the four IDX files of a folder, plain or .gz.
   *
   * @param set what stands before their names; empty if nothing does, or there is one set alone
   * @param least how many classes there are at least, whatever labels occur; 0 if that is not known
   * @throws IOException naming the file that is missing or broken, and the offset
   */
  public static Mnist open(Path folder, String set, int least) throws IOException {
    return new Mnist(IdxFiles.find(folder, set), least);
  }

  /** Reads what {@link #open} looks at. */
  public static DataSplit load(Path folder) throws IOException {
    return open(folder, "", 0).load();
  }

  static DataSplit load(Path folder, long mappedFrom) throws IOException {
    return open(folder, "", 0).mapped(mappedFrom);
  }

  @Override
  public Shape shape() {
    return train.layout().shape();
  }

  @Override
  public OptionalInt examples() {
    return OptionalInt.of(train.values().length);
  }

  @Override
  public Target target() {
    return Target.classes(classes.count());
  }

  @Override
  public boolean hasTest() {
    return true;
  }

  @Override
  public List<String> notes() {
    return Stream.of(
        train.layout().isLast() ? "channels last in the file" : "",
        Emnist.isTransposed(files.set()) ? "rows and columns of EMNIST's images changed places" : "",
        classes.first() == 1 ? "labels from 1 on" : "").filter(n -> !n.isEmpty()).toList();
  }

  /** A plain file of images may be larger than memory. */
  @Override
  public DataSplit load() throws IOException {
    return mapped(MAPPED_FROM);
  }

  private DataSplit mapped(long from) throws IOException {
    Allowance allowance = new Allowance();
    return new DataSplit("mnist", train.load(classes, from, allowance), null, test.load(classes, from, allowance)).classesNamed(classes.names()).pictures(World.Preparation.DIGIT);
  }
}
