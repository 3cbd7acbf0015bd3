package dev.lanewise.runtime.data;

import dev.lanewise.runtime.data.format.image.ImageFile;
import dev.lanewise.runtime.tensor.Shape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Images that stay in their files, each decoded when it is read: as many as a disk holds. They have the bits of {@link ByteImages}. What was decoded last is kept, so that it can be read ahead.
 *
 * <pre>{@code new FileImages(files, labels, Shape.of(3, 224, 224), 10) }</pre>
 */
public final class FileImages implements Dataset {
  /** Bytes of decoded images that are kept. */
  private static final long KEPT = 128L << 20;

  private final List<Path> files;
  private final byte[] labels;
  /** Says what a byte is read as; it has no images itself. */
  private final ByteImages scale;
  private final Kept kept;

  /**
   * @param shape channels and a square, which images are brought to
   * @throws IllegalArgumentException if there are not as many labels as files
   */
  public FileImages(List<Path> files, byte[] labels, Shape shape, int classes) {
    this(List.copyOf(files), labels, new ByteImages(shape, new byte[0], new byte[0], classes, 0, 1), new Kept((int) Math.max(1, KEPT / shape.size())));
    if (files.size() != labels.length) {
      throw new IllegalArgumentException(labels.length + " labels for " + files.size() + " images");
    }
  }

  private FileImages(List<Path> files, byte[] labels, ByteImages scale, Kept kept) {
    this.files = files;
    this.labels = labels;
    this.scale = scale;
    this.kept = kept;
  }

  /** The images that were asked for last. */
  private static final class Kept {
    private final Map<Integer, byte[]> images;

    Kept(int most) {
      images = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, byte[]> eldest) {
          return size() > most;
        }
      };
    }

    synchronized byte[] get(int index) {
      return images.get(index);
    }

    synchronized void put(int index, byte[] pixels) {
      images.put(index, pixels);
    }
  }

  /** @throws UncheckedIOException naming a file that cannot be read */
  private byte[] pixels(int index) {
    byte[] found = kept.get(index);
    if (found == null) {
      found = decoded(index);
      kept.put(index, found);
    }
    return found;
  }

  private byte[] decoded(int index) {
    try {
      return ImageFile.square(files.get(index), shape().channels(), shape().width());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public int size() {
    return labels.length;
  }

  @Override
  public Shape shape() {
    return scale.shape();
  }

  @Override
  public Target target() {
    return scale.target();
  }

  @Override
  public int label(int index) {
    return labels[index] & 255;
  }

  @Override
  public void read(int index, float[] out, int offset, int stride) {
    scale.read(pixels(index), 0, out, offset, stride);
  }

  @Override
  public boolean isOnDisk() {
    return true;
  }

  @Override
  public long touch(int index) {
    return pixels(index)[0];
  }

  /** Decodes each of them once. */
  @Override
  public Normalization measured() {
    ByteImages.Sums sums = new ByteImages.Sums(shape());
    for (int i = 0; i < size(); i++) {
      sums.add(decoded(i));
    }
    return sums.normalization();
  }

  @Override
  public float zero(int channel) {
    return scale.zero(channel);
  }

  @Override
  public Dataset normalized(Normalization normalization) {
    return new FileImages(files, labels, (ByteImages) scale.normalized(normalization), kept);
  }
}
