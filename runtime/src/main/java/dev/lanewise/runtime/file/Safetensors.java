package dev.lanewise.runtime.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The safetensors format (Hugging Face, version 0.4 of its specification): the length of the header as a little-endian long, the header
 * as JSON, the values. Written with 32-bit floats; read with floats of 64, 32 and 16 bits, BF16, integers and booleans, all as 32-bit floats.
 *
 * <pre>{@code
 * Safetensors.write(path, model.tensors(), Map.of("seed", "1"));
 * model.assign(Safetensors.read(path).tensors());
 * }</pre>
 */
public final class Safetensors {
  /** How names of such files end. */
  public static final String ENDING = ".safetensors";

  private static final Pattern ENDING_OF_NAME = Pattern.compile("\\.(?=[^./\\\\]*\\p{L})[^./\\\\\\s]+$");
  private static final long LARGEST_HEADER = 100_000_000;
  private static final int PIECE = 1 << 18;
  private static final String CUT = ": it was cut off, fetch or write it again";

  /** By its first bytes: the length of a header, and the header's first letter. */
  public static final FileForm FORM = new FileForm("weights", Safetensors::isHead);

  private Safetensors() {}

  /** What a file holds. */
  public record Content(List<Tensor> tensors, Map<String, String> metadata) {}

  /**
   * The ending of a file's name, if it is that of another format: what is written here under such a name would be taken for that. Names without an
   * ending say nothing; in an ending is a letter, so {@code net-0.5} has none.
   *
   * @param name {@code n.onnx}
   * @return {@code .onnx}
   */
  public static Optional<String> otherEnding(String name) {
    Matcher ending = ENDING_OF_NAME.matcher(name);
    return Optional.of(ending).filter(Matcher::find).map(Matcher::group).filter(e -> !e.equalsIgnoreCase(ENDING));
  }

  private static boolean isHead(byte[] head) {
    if (head.length < 9 || head[8] != '{') {
      return false;
    }
    long length = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN).getLong();
    return length >= 2 && length <= LARGEST_HEADER;
  }

  /**
   * Writes a file, see {@link AtomicFile}: whatever happens, either the old file is there or the new one.
   *
   * @throws IOException if there is a file of another form, the folder is missing or not writable, or the disk full
   * @throws IllegalArgumentException if two tensors have one name, or one that the format keeps for itself
   */
  public static void write(Path path, List<Tensor> tensors, Map<String, String> metadata) throws IOException {
    checkNames(tensors);
    FORM.check(path);
    AtomicFile.write(path, channel -> {
      AtomicFile.writeFully(channel, Header.bytes(tensors, metadata));
      for (Tensor t : tensors) {
        writeValues(channel, t.values());
      }
    });
  }

  /**
   * What such a file would hold.
   *
   * @throws IllegalArgumentException if two tensors have one name, one that the format keeps for itself, or are too large for an array
   */
  public static byte[] bytes(List<Tensor> tensors, Map<String, String> metadata) {
    checkNames(tensors);
    ByteBuffer header = Header.bytes(tensors, metadata);
    long size = header.remaining() + tensors.stream().mapToLong(t -> 4L * t.values().length).sum();
    if (size > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException("tensors of " + size + " bytes are too many for one array");
    }
    ByteBuffer all = ByteBuffer.allocate((int) size).order(ByteOrder.LITTLE_ENDIAN).put(header);
    for (Tensor t : tensors) {
      all.asFloatBuffer().put(t.values());
      all.position(all.position() + 4 * t.values().length);
    }
    return all.array();
  }

  /** Reads what {@link #bytes} has made. @throws IOException if it is damaged */
  public static Content read(byte[] bytes) throws IOException {
    ByteBuffer all = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    long length = bytes.length < 8 ? -1 : all.getLong(0);
    if (length < 2 || length > bytes.length - 8) {
      throw new IOException("offset 0: a header of " + length + " bytes in " + bytes.length);
    }
    Header header = Header.parse(text(all.slice(8, (int) length)), 8 + length, bytes.length);
    List<Tensor> tensors = new ArrayList<>();
    for (Header.Entry e : header.entries()) {
      float[] values = new float[e.count()];
      e.dtype().read(all.slice((int) (8 + length + e.begin()), e.dtype().bytes() * e.count()).order(ByteOrder.LITTLE_ENDIAN), values, 0, e.count());
      tensors.add(new Tensor(e.name(), e.shape(), values));
    }
    return new Content(tensors, header.metadata());
  }

  private static void checkNames(List<Tensor> tensors) {
    Set<String> names = new HashSet<>(Set.of(Header.METADATA));
    for (Tensor t : tensors) {
      if (!names.add(t.name())) {
        throw new IllegalArgumentException("a second tensor named " + t.name());
      }
    }
  }

  private static void writeValues(FileChannel channel, float[] values) throws IOException {
    ByteBuffer piece = ByteBuffer.allocate(4 * Math.min(PIECE, values.length)).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < values.length; i += PIECE) {
      int count = Math.min(PIECE, values.length - i);
      piece.clear().limit(4 * count);
      piece.asFloatBuffer().put(values, i, count);
      AtomicFile.writeFully(channel, piece);
    }
  }

  /**
   * @throws ForeignFileException if it holds another program's weights, or what a failed download leaves
   * @throws IOException naming the file, the offset and what is wrong there; memory use is bounded by a small multiple of the file's size
   */
  public static Content read(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path)) {
      long size = channel.size();
      byte[] head = readFully(channel, 0, (int) Math.min(size, FileForm.LOOKED_AT)).array();
      if (!isHead(head)) {
        checkOther(path, head);
      }
      if (size < 8) {
        throw new IOException("offset 0: the file has " + size + " bytes, a header needs 8");
      }
      long length = readFully(channel, 0, 8).getLong();
      if (length < 2 || length > LARGEST_HEADER || length > size - 8) {
        throw new IOException("offset 0: a header of " + length + " bytes in a file of " + size + (isHead(head) ? CUT : ""));
      }
      Header header = Header.parse(text(readFully(channel, 8, (int) length)), 8 + length, size);
      List<Tensor> tensors = new ArrayList<>();
      for (Header.Entry e : header.entries()) {
        tensors.add(new Tensor(e.name(), e.shape(), values(channel, 8 + length + e.begin(), e)));
      }
      return new Content(tensors, header.metadata());
    } catch (ForeignFileException e) {
      throw e;
    } catch (NoSuchFileException e) {
      throw new IOException(path + ": no such file", e);
    } catch (IOException e) {
      throw new IOException(path + ": " + e.getMessage(), e);
    }
  }

  private static void checkOther(Path path, byte[] head) throws IOException {
    Optional<Foreign.Kind> other = Foreign.of(head);
    if (other.isPresent()) {
      throw new ForeignFileException(path + " holds " + other.get().what() + ", not safetensors", other.get().remedy());
    }
  }

  private static float[] values(FileChannel channel, long position, Header.Entry entry) throws IOException {
    int bytes = entry.dtype().bytes();
    float[] values = new float[entry.count()];
    for (int i = 0; i < values.length; i += PIECE) {
      int count = Math.min(PIECE, values.length - i);
      entry.dtype().read(readFully(channel, position + (long) bytes * i, bytes * count), values, i, count);
    }
    return values;
  }

  private static ByteBuffer readFully(FileChannel channel, long position, int count) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.hasRemaining()) {
      if (channel.read(bytes, position + bytes.position()) < 0) {
        throw new IOException("offset " + (position + bytes.position()) + ": the file ends");
      }
    }
    return bytes.flip();
  }

  private static String text(ByteBuffer bytes) throws IOException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
    } catch (CharacterCodingException e) {
      throw new IOException("offset " + (8 + bytes.position()) + ": the header is not UTF-8", e);
    }
  }
}
