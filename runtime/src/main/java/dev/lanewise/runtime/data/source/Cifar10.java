package dev.lanewise.runtime.data.source;

import dev.lanewise.runtime.data.ByteImages;
import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.data.World;
import dev.lanewise.runtime.data.Dataset;
import dev.lanewise.runtime.tensor.Shape;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * CIFAR-10 (Krizhevsky 2009): 60,000 colour images of 32x32 in ten classes, in the binary files that its page offers:
 * records of a label and 3,072 bytes, all red, then all green, then all blue.
 *
 * <pre>{@code Cifar10.load(Path.of("cifar-10-batches-bin")) }</pre>
 */
public final class Cifar10 {
  public static final Shape SHAPE = Shape.of(3, 32, 32);
  public static final List<String> CLASSES =
      List.of("airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck");

  /** The archive's own folder. */
  static final String FOLDER = "cifar-10-batches-bin";

  private static final int RECORD = 1 + 3 * 32 * 32;
  /** Of one file; the real ones have 10,000. */
  private static final int MOST_RECORDS = 100_000;

  private Cifar10() {}

  /**
   * Reads data_batch_1.bin to data_batch_5.bin, and test_batch.bin, of a folder, or of the archive's folder in it.
   *
   * @throws IOException naming the file that is missing or broken, and the offset
   */
  public static DataSplit load(Path folder) throws IOException {
    Path inner = folder.resolve(FOLDER);
    Path at = Files.isDirectory(inner) ? inner : folder;
    List<byte[]> batches = new ArrayList<>();
    for (int i = 1; i <= 5; i++) {
      batches.add(batch(at.resolve("data_batch_" + i + ".bin")));
    }
    Dataset test = images(List.of(batch(at.resolve("test_batch.bin"))));
    return new DataSplit("cifar10", images(batches), null, test).classesNamed(CLASSES).pictures(World.Preparation.PLAIN);
  }

  private static byte[] batch(Path file) throws IOException {
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(MOST_RECORDS * RECORD);
      if (in.read() != -1) {
        throw new IOException(file + ": offset " + bytes.length + ": more than " + MOST_RECORDS + " images");
      }
    }
    if (bytes.length == 0 || bytes.length % RECORD != 0) {
      throw new IOException(
          file + ": offset " + bytes.length + ": the file ends; images need " + RECORD
              + " bytes each: fetch the file again");
    }
    for (int i = 0; i < bytes.length; i += RECORD) {
      if ((bytes[i] & 255) >= CLASSES.size()) {
        throw new IOException(file + ": offset " + i + ": label " + (bytes[i] & 255) + ", expected 0 to 9");
      }
    }
    return bytes;
  }

  private static Dataset images(List<byte[]> batches) {
    int count = batches.stream().mapToInt(b -> b.length / RECORD).sum();
    byte[] pixels = new byte[count * (RECORD - 1)];
    byte[] labels = new byte[count];
    int at = 0;
    for (byte[] batch : batches) {
      for (int i = 0; i < batch.length; i += RECORD) {
        labels[at] = batch[i];
        System.arraycopy(batch, i + 1, pixels, at * (RECORD - 1), RECORD - 1);
        at++;
      }
    }
    return new ByteImages(SHAPE, pixels, labels, CLASSES.size(), 0, 1);
  }
}
