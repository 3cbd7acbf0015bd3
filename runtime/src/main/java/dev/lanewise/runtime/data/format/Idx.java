package dev.lanewise.runtime.data.format;

import dev.lanewise.runtime.file.Allowance;
import dev.lanewise.runtime.file.MappedFiles;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * An IDX file of unsigned bytes (the format of MNIST): two zero bytes, the element type, the rank, the dimensions as
 * big-endian ints, the values. Plain or gzip-compressed, which the first bytes tell.
 *
 * <pre>{@code Idx.read(Path.of("t10k-labels-idx1-ubyte.gz")).dims() // [10000] }</pre>
 */
public record Idx(List<Integer> dims, byte[] values) {
  private static final int UNSIGNED_BYTE = 0x08;
  private static final Map<Integer, String> TYPES =
      Map.of(0x09, "signed bytes", 0x0b, "whole numbers of 2 bytes", 0x0c, "whole numbers of 4 bytes", 0x0d, "floats", 0x0e, "doubles");
  private static final String UNPACKED = "unpacked, the file can be mapped";
  private static final int BUFFER = 1 << 16;
  /** What a byte can be unpacked to, at most: zlib's own figure. */
  private static final int EXPANSION = 1032;
  /** Of one Java array. */
  private static final long MOST = Integer.MAX_VALUE - 8;

  public Idx {
    dims = List.copyOf(dims);
  }

  /**
   * @throws IOException naming file, offset, what was expected and what was found; of a compressed file the offset is
   *     that of the unpacked bytes
   */
  public static Idx read(Path file) throws IOException {
    return read(file, new Allowance());
  }

  /**
   * One of several files.
   *
   * @param allowance what all of them may take
   * @throws IOException as {@link #read(Path)}
   */
  public static Idx read(Path file, Allowance allowance) throws IOException {
    if (Files.isDirectory(file)) {
      throw new IOException(file + ": expected a file, found a folder");
    }
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER)) {
      in.mark(2);
      boolean gzip = in.read() == 0x1f && in.read() == 0x8b;
      in.reset();
      // A pipe does not tell its size.
      long size = Files.isRegularFile(file) ? Files.size(file) : Integer.MAX_VALUE;
      return gzip ? unpacked(file, in, size * EXPANSION, reader -> reader.idx(allowance)) : new Reader(file, in, size).idx(allowance);
    }
  }

  /**
   * The array of a file that is not compressed, mapped into memory, not read: it may be larger than that.
   *
   * @throws IOException as {@link #read}
   */
  public static NumberArray map(Path file) throws IOException {
    long size = Files.size(file);
    List<Integer> dims = new ArrayList<>();
    long header;
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      Reader reader = new Reader(file, in, size);
      long elements = reader.dims(dims, Long.MAX_VALUE);
      header = reader.offset;
      if (elements != size - header) {
        throw reader.error(
            Math.min(size, header + elements), (elements > size - header ? "the file ends; " : "more bytes than ")
                + "dimensions " + dims
                + " need " + elements + " bytes from offset " + header);
      }
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      MemorySegment values = MappedFiles.map(file, channel, header);
      return new NumberArray(file.toString(), Element.U1, ByteOrder.BIG_ENDIAN, dims, false, values, header);
    }
  }

  /**
   * The dimensions alone, from a file's first bytes.
   *
   * @throws IOException as {@link #read}
   */
  public static List<Integer> dims(Path file) throws IOException {
    List<Integer> dims = new ArrayList<>();
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      in.mark(2);
      boolean gzip = in.read() == 0x1f && in.read() == 0x8b;
      in.reset();
      if (gzip) {
        unpacked(file, in, Long.MAX_VALUE, reader -> reader.dims(dims, Long.MAX_VALUE));
      } else {
        new Reader(file, in, Long.MAX_VALUE).dims(dims, Long.MAX_VALUE);
      }
    }
    return dims;
  }

  /** Whether a file begins as gzip does. */
  public static boolean isCompressed(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return in.read() == 0x1f && in.read() == 0x8b;
    }
  }

  /** What is read of a file. */
  private interface Reading<T> {
    T of(Reader reader) throws IOException;
  }

  private static <T> T unpacked(Path file, InputStream packed, long most, Reading<T> reading) throws IOException {
    Reader reader = null;
    try (GZIPInputStream in = new GZIPInputStream(packed, BUFFER)) {
      reader = new Reader(file, in, most);
      return reading.of(reader);
    } catch (ZipException | EOFException e) {
      long offset = reader == null ? 0 : reader.offset;
      throw new IOException(
          file + ": offset " + offset + ": the gzip data is damaged (" + e.getMessage() + "): fetch the file again", e);
    }
  }

  /** Reads one file from its first byte to its last and knows how far it has come. */
  private static final class Reader {
    private final Path file;
    private final InputStream in;
    private final long most;
    private long offset;

    /** @param most how many bytes there can be */
    Reader(Path file, InputStream in, long most) {
      this.file = file;
      this.in = in;
      this.most = most;
    }

    Idx idx(Allowance allowance) throws IOException {
      List<Integer> dims = new ArrayList<>();
      int size = (int) dims(dims, Math.min(MOST, allowance.left()));
      allowance.take(file.toString(), size, UNPACKED);
      byte[] values = exactly(size, "values for dimensions " + dims);
      if (in.read() != -1) {
        throw error(offset, "more bytes than dimensions " + dims + " need");
      }
      return new Idx(dims, values);
    }

    /** Reads the header; returns the number of values. */
    long dims(List<Integer> dims, long most) throws IOException {
      byte[] magic = exactly(4, "the header");
      if (magic[0] != 0 || magic[1] != 0) {
        byte[] more = in.readNBytes(12);
        byte[] head = ByteBuffer.allocate(4 + more.length).put(magic).put(more).array();
        throw error(0, "not an IDX file" + FileKind.instead(head) + String.format(": it begins with %02x %02x, not 00 00", magic[0], magic[1]));
      }
      if (magic[2] != UNSIGNED_BYTE) {
        throw error(
            2, String.format(
                "elements of type 0x%02x%s; only unsigned bytes (0x08) are read: save the arrays as .npy and read them with npy(…)", magic[2],
                TYPES.containsKey((int) magic[2]) ? ", " + TYPES.get((int) magic[2]) : ""));
      }
      int rank = magic[3] & 255;
      if (rank < 1 || rank > 4) {
        throw error(3, "rank " + rank + ", expected 1 to 4");
      }
      long size = 1;
      for (int i = 0; i < rank; i++) {
        size = times(size, dims, most);
      }
      return size;
    }

    /** Reads the next dimension; returns the number of values so far. */
    private long times(long size, List<Integer> dims, long most) throws IOException {
      long at = offset;
      int dim = ByteBuffer.wrap(exactly(4, "the header")).getInt();
      if (dim < 1) {
        throw error(at, "a dimension of " + dim + ", expected at least 1");
      }
      dims.add(dim);
      if (size > most / dim) {
        boolean swapped = Integer.reverseBytes(dim) > 0 && Integer.reverseBytes(dim) < dim >> 8;
        throw error(at, "dimensions " + dims + (swapped
            ? " are too large, as if the lowest byte came first: IDX has the highest first"
            : " are over the limit of " + (most >> 20) + " MB: " + UNPACKED));
      }
      return size * dim;
    }

    /** Takes memory for what the file can hold, not for what its header promises. */
    private byte[] exactly(int count, String what) throws IOException {
      long start = offset;
      byte[] bytes = new byte[(int) Math.min(count, most)];
      int read = in.readNBytes(bytes, 0, bytes.length);
      offset += read;
      if (read < count) {
        throw error(offset, "the file ends; " + what + (what.startsWith("the ") ? " needs " : " need ") + count + " bytes from offset " + start);
      }
      return bytes;
    }

    private IOException error(long at, String message) {
      return new IOException(file + ": offset " + at + ": " + message);
    }
  }
}
