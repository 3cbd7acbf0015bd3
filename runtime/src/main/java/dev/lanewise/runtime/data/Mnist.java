package dev.lanewise.runtime.data;

import dev.lanewise.runtime.tensor.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The MNIST database of handwritten digits (LeCun, Cortes, Burges), or any data set in its four files, such as Fashion-MNIST. */
public final class Mnist {
  private static final int CLASSES = 10;

  private Mnist() {}

  /**
   * Reads the four IDX files of a folder, plain or .gz.
   *
   * @throws IOException naming the file that is missing or broken
   */
  public static DataSplit load(Path folder) throws IOException {
    return new DataSplit("mnist", part(folder, "train"), null, part(folder, "t10k"));
  }

  private static Dataset part(Path folder, String part) throws IOException {
    Path imageFile = find(folder, part + "-images-idx3-ubyte");
    Path labelFile = find(folder, part + "-labels-idx1-ubyte");
    Idx images = Idx.read(imageFile);
    Idx labels = Idx.read(labelFile);
    if (images.dims().size() != 3) {
      throw new IOException(imageFile + ": offset 3: rank " + images.dims().size() + ", images need 3");
    }
    if (labels.dims().size() != 1) {
      throw new IOException(labelFile + ": offset 3: rank " + labels.dims().size() + ", labels need 1");
    }
    int count = images.dims().getFirst();
    if (!labels.dims().getFirst().equals(count)) {
      throw new IOException(
          labelFile + ": offset 4: " + labels.dims().getFirst() + " labels, but " + imageFile.getFileName() + " has " + count
              + " images");
    }
    for (int i = 0; i < count; i++) {
      if ((labels.values()[i] & 255) >= CLASSES) {
        throw new IOException(labelFile + ": offset " + (8 + i) + ": label " + (labels.values()[i] & 255) + ", expected 0 to 9");
      }
    }
    Shape shape = Shape.of(1, images.dims().get(1), images.dims().get(2));
    return new ByteImages(shape, images.values(), labels.values(), CLASSES, 0, 1);
  }

  private static Path find(Path folder, String name) throws IOException {
    for (String candidate : new String[] {name, name + ".gz"}) {
      Path file = folder.resolve(candidate);
      if (Files.isRegularFile(file)) {
        return file;
      }
    }
    throw new IOException(folder + ": neither " + name + " nor " + name + ".gz is there");
  }
}
