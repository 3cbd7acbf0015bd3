package dev.lanewise.runtime.data.source;

import dev.lanewise.runtime.data.ArrayExamples;
import dev.lanewise.runtime.data.ByteImages;
import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.data.Dataset;
import dev.lanewise.runtime.data.Labels;
import dev.lanewise.runtime.data.format.Idx;
import dev.lanewise.runtime.data.format.NumberArray;
import dev.lanewise.runtime.file.Allowance;
import dev.lanewise.runtime.tensor.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * The MNIST database of handwritten digits (LeCun, Cortes, Burges), or any data set in its four files, such as
 * Fashion-MNIST.
 */
public final class Mnist {
  public static final Shape SHAPE = Shape.of(1, 28, 28);
  public static final List<String> FASHION =
      List.of("T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot");

  private static final int CLASSES = 10;
  /** Image files from this size on are mapped into memory, not read. */
  private static final long MAPPED_FROM = Math.min(1L << 28, Runtime.getRuntime().maxMemory() / 8);

  private Mnist() {}

  /**
   * Reads the four IDX files of a folder, plain or .gz. A plain file of images may be larger than memory.
   *
   * @throws IOException naming the file that is missing or broken
   */
  public static DataSplit load(Path folder) throws IOException {
    return load(folder, MAPPED_FROM);
  }

  static DataSplit load(Path folder, long mappedFrom) throws IOException {
    Allowance allowance = new Allowance();
    return new DataSplit(
        "mnist", part(folder, "train", mappedFrom, allowance), null, part(folder, "t10k", mappedFrom, allowance));
  }

  private static Dataset part(Path folder, String part, long mappedFrom, Allowance allowance) throws IOException {
    Path imageFile = find(folder, part + "-images-idx3-ubyte");
    Path labelFile = find(folder, part + "-labels-idx1-ubyte");
    boolean mapped = Files.size(imageFile) >= mappedFrom && !Idx.isCompressed(imageFile);
    Idx images = mapped ? null : Idx.read(imageFile, allowance);
    NumberArray array = mapped ? Idx.map(imageFile) : null;
    List<Integer> dims = mapped ? array.dims() : images.dims();
    byte[] labels = labels(Idx.read(labelFile, allowance), labelFile, imageFile, dims);
    Shape shape = Shape.of(1, dims.get(1), dims.get(2));
    return mapped
        ? new ArrayExamples(array, shape, Labels.of(labels, CLASSES))
        : new ByteImages(shape, images.values(), labels, CLASSES, 0, 1);
  }

  private static byte[] labels(Idx labels, Path labelFile, Path imageFile, List<Integer> images) throws IOException {
    if (images.size() != 3) {
      throw new IOException(imageFile + ": offset 3: rank " + images.size() + ", images need 3");
    }
    if (labels.dims().size() != 1) {
      throw new IOException(labelFile + ": offset 3: rank " + labels.dims().size() + ", labels need 1");
    }
    int count = images.getFirst();
    if (!labels.dims().getFirst().equals(count)) {
      throw new IOException(
          labelFile + ": offset 4: " + labels.dims().getFirst() + " labels, but " + imageFile.getFileName() + " has "
              + count
              + " images");
    }
    for (int i = 0; i < count; i++) {
      if ((labels.values()[i] & 255) >= CLASSES) {
        throw new IOException(labelFile + ": offset " + (8 + i) + ": label " + (labels.values()[i] & 255)
            + ", expected 0 to 9");
      }
    }
    return labels.values();
  }

  private static Path find(Path folder, String name) throws IOException {
    for (String candidate : new String[] {name, name + ".gz"}) {
      Path file = folder.resolve(candidate);
      if (Files.isRegularFile(file)) {
        return file;
      }
    }
    throw new NoSuchFileException(folder.toString(), null, "neither " + name + " nor " + name + ".gz is there");
  }
}
