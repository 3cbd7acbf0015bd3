package dev.lanewise.runtime.data.format.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.stream.FileImageInputStream;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.ImageInputStreamImpl;

/**
 * A file in memory, for decoders of images: Java's stream of a file asks the system for each byte, and some decoders want
 * nothing but single bytes (a WebP photo takes 20 to 90 times as long).
 */
final class BytesInput extends ImageInputStreamImpl {
  /** Larger files are read as they are asked for: few are so large, and theirs are many bytes at once. */
  private static final long MOST = 1 << 25;

  private final byte[] bytes;

  private BytesInput(byte[] bytes) {
    this.bytes = bytes;
  }

  static ImageInputStream open(Path file) throws IOException {
    return Files.size(file) <= MOST ? new BytesInput(Files.readAllBytes(file)) : new FileImageInputStream(file.toFile());
  }

  @Override
  public int read() {
    bitOffset = 0;
    return streamPos < bytes.length ? bytes[(int) streamPos++] & 255 : -1;
  }

  @Override
  public int read(byte[] to, int offset, int length) {
    bitOffset = 0;
    if (streamPos >= bytes.length) {
      return length == 0 ? 0 : -1;
    }
    int count = (int) Math.min(length, bytes.length - streamPos);
    System.arraycopy(bytes, (int) streamPos, to, offset, count);
    streamPos += count;
    return count;
  }

  @Override
  public long length() {
    return bytes.length;
  }
}
