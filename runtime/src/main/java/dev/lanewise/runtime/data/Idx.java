package dev.lanewise.runtime.data;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * An IDX file of unsigned bytes (the format of MNIST): two zero bytes, the element type, the rank, the dimensions as big-endian ints, the
 * values. Plain or gzip-compressed, which the first bytes tell.
 */
public record Idx(List<Integer> dims, byte[] values) {
  private static final int UNSIGNED_BYTE = 0x08;
  private static final long MOST = 1L << 30;

  /**
   * @throws IOException naming file, offset, what was expected and what was found
   */
  public static Idx read(Path file) throws IOException {
    byte[] raw = Files.readAllBytes(file);
    boolean gzip = raw.length > 1 && (raw[0] & 255) == 0x1f && (raw[1] & 255) == 0x8b;
    try (InputStream in = gzip ? new GZIPInputStream(new ByteArrayInputStream(raw), 1 << 16) : new ByteArrayInputStream(raw)) {
      return read(file, in);
    } catch (java.util.zip.ZipException | java.io.EOFException e) {
      throw new IOException(file + ": the gzip data is damaged (" + e.getMessage() + "): fetch the file again", e);
    }
  }

  private static Idx read(Path file, InputStream in) throws IOException {
    byte[] magic = exactly(file, in, 4, 0, "the header");
    if (magic[0] != 0 || magic[1] != 0) {
      throw new IOException(
          String.format("%s: offset 0: not an IDX file: it begins with %02x %02x, not 00 00", file, magic[0], magic[1]));
    }
    if (magic[2] != UNSIGNED_BYTE) {
      throw new IOException(
          String.format("%s: offset 2: elements of type 0x%02x; only unsigned bytes (0x08) are supported", file, magic[2]));
    }
    int rank = magic[3];
    if (rank < 1 || rank > 4) {
      throw new IOException(file + ": offset 3: rank " + rank + ", expected 1 to 4");
    }
    List<Integer> dims = new ArrayList<>();
    long size = 1;
    for (int i = 0; i < rank; i++) {
      int dim = ByteBuffer.wrap(exactly(file, in, 4, 4 + 4 * i, "the header")).getInt();
      if (dim < 1) {
        throw new IOException(file + ": offset " + (4 + 4 * i) + ": a dimension of " + dim);
      }
      dims.add(dim);
      size *= dim;
      if (size > MOST) {
        throw new IOException(file + ": offset " + (4 + 4 * i) + ": dimensions " + dims + " are over the limit of 1 GB");
      }
    }
    int start = 4 + 4 * rank;
    byte[] values = exactly(file, in, (int) size, start, "values for dimensions " + dims);
    if (in.read() != -1) {
      throw new IOException(file + ": offset " + (start + size) + ": more bytes than dimensions " + dims + " need");
    }
    return new Idx(dims, values);
  }

  /** Reads in pieces: memory is taken as bytes arrive, not as a header promises. */
  private static byte[] exactly(Path file, InputStream in, int count, long offset, String what) throws IOException {
    byte[] bytes = in.readNBytes(count);
    if (bytes.length < count) {
      throw new IOException(
          file + ": offset " + (offset + bytes.length) + ": the file ends; " + what + " need " + count + " bytes from offset "
              + offset);
    }
    return bytes;
  }
}
