package dev.lanewise.runtime.data.format;

import dev.lanewise.runtime.file.MappedFiles;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * NumPy's file of one array, format 1 to 3: the magic bytes, the version, the length of a header, the header, which is
 * a Python dictionary, and the elements (numpy.lib.format). A file that is not small is mapped into memory, not read:
 * it may be larger than that.
 *
 * <pre>{@code Npy.read(Path.of("x.npy")).dims() // [60000, 28, 28] }</pre>
 */
public final class Npy {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  /** NumPy's own limit, so that a broken length takes no memory. */
  private static final int LONGEST_HEADER = 10_000;
  /** The longest header, and what is before it. */
  static final int HEAD = LONGEST_HEADER + 12;
  private static final int MOST_AXES = 8;
  private static final int MOST_WORDS = 1 << 27;
  /** For less, a mapping is not worth its page tables. */
  private static final int MAPPED_FROM = 1 << 20;

  private final String name;
  private final MemorySegment file;
  /** Of the whole file, of which only the beginning may be there. */
  private final long size;

  private Npy(String name, MemorySegment file, long size) {
    this.name = name;
    this.file = file;
    this.size = size;
  }

  /**
   * @throws IOException naming file, offset, what was expected and what was found
   */
  public static NumberArray read(Path path) throws IOException {
    if (Files.isDirectory(path)) {
      throw new IOException(path + ": expected a file, found a folder");
    }
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      if (channel.size() < MAPPED_FROM) {
        return parse(path.toString(), MemorySegment.ofArray(Files.readAllBytes(path)));
      }
      return parse(path.toString(), MappedFiles.map(path, channel, 0));
    }
  }

  /** The array that bytes hold. @param name of the file, for messages */
  public static NumberArray parse(String name, MemorySegment bytes) throws IOException {
    return new Npy(name, bytes, bytes.byteSize()).array();
  }

  /**
   * Whether a file of this size can be what its header says.
   *
   * @param head the first {@link #HEAD} bytes, or all of a shorter file
   */
  static void check(String name, MemorySegment head, long size) throws IOException {
    new Npy(name, head, size).array();
  }

  private NumberArray array() throws IOException {
    need(0, 8, "the magic bytes and the version");
    for (int i = 0; i < MAGIC.length; i++) {
      if (file.get(ValueLayout.JAVA_BYTE, i) != MAGIC[i]) {
        byte[] head = file.asSlice(0, Math.min(16, file.byteSize())).toArray(ValueLayout.JAVA_BYTE);
        throw error(i, "not a .npy file" + FileKind.instead(head) + ": it does not begin with 93 'NUMPY'; "
            + (head[0] == 'P' && head[1] == 'K' ? "npz(…) reads archives of arrays" : "np.save writes such a file"));
      }
    }
    int version = file.get(ValueLayout.JAVA_BYTE, 6) & 255;
    if (version < 1 || version > 3) {
      throw error(6, "format " + version + ", expected 1 to 3");
    }
    int begin = version == 1 ? 10 : 12;
    need(8, begin - 8, "the header's length");
    long length = version == 1
        ? file.get(ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN), 8) & 0xffff
        : file.get(ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN), 8) & 0xffffffffL;
    if (length > LONGEST_HEADER) {
      throw error(8, "a header of " + length + " bytes, expected at most " + LONGEST_HEADER);
    }
    need(begin, length, "the header");
    byte[] header = file.asSlice(begin, length).toArray(ValueLayout.JAVA_BYTE);
    NpyHeader.Content content =
        new NpyHeader(name, begin,
            new String(header, version == 3 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1)).content();
    return array(content, begin + length);
  }

  private NumberArray array(NpyHeader.Content header, long begin) throws IOException {
    NpyType type = new NpyType(header.type());
    Element element = type.element().orElse(null);
    if (element == null && type.letters() == 0) {
      throw error(header.typeAt(), type.refused());
    }
    int bytes = element == null ? NpyWords.bytes(type) : element.bytes();
    if (header.shape().isEmpty() || header.shape().size() > MOST_AXES) {
      throw error(header.shapeAt(), header.shape().size() + " axes, expected 1 to " + MOST_AXES);
    }
    List<Integer> dims = new ArrayList<>();
    long elements = 1;
    long available = size - begin;
    for (long dim : header.shape()) {
      if (dim < 1 || dim > Integer.MAX_VALUE) {
        throw error(header.shapeAt(), (dim == 0 ? "an empty array: " : "") + "an axis of " + dim + ", expected at least 1");
      }
      dims.add((int) dim);
      // Cannot overflow: what lies before is at most the size of the file.
      if (elements > available / bytes / dim) {
        throw error(size, "the file ends; " + header.shape() + " elements of " + bytes
            + " bytes need more than the "
            + available + " from offset " + begin);
      }
      elements *= dim;
    }
    if (elements * bytes != available) {
      throw error(begin + elements * bytes, "more bytes than " + dims + " elements of " + bytes
          + " bytes need");
    }
    if (element == null && elements > MOST_WORDS) {
      throw error(header.shapeAt(), elements + " words, expected at most " + MOST_WORDS);
    }
    MemorySegment data = file.asSlice(begin);
    if (data.byteSize() < available) {
      // The head alone, which has been looked at.
      return null;
    }
    return element == null
        ? new NpyWords(type, data).array(name, dims, header.fortran(), (int) elements, begin)
        : new NumberArray(name, element, type.order(), dims, header.fortran(), data, begin);
  }

  private void need(long from, long count, String what) throws IOException {
    if (file.byteSize() < from + count) {
      throw error(file.byteSize(), "the file ends; " + what + " need " + count + " bytes from offset " + from);
    }
  }

  private IOException error(long at, String message) {
    return new IOException(name + ": offset " + at + ": " + message);
  }
}
