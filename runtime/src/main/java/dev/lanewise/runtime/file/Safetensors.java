package dev.lanewise.runtime.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * The safetensors format (Hugging Face, version 0.4 of its specification): the length of the header as a little-endian long, the header
 * as JSON, the values. Written and read here with 32-bit floats.
 *
 * <pre>{@code
 * Safetensors.write(path, model.tensors(), Map.of("seed", "1"));
 * model.assign(Safetensors.read(path).tensors());
 * }</pre>
 */
public final class Safetensors {
  private static final long LARGEST_HEADER = 100_000_000;
  private static final String METADATA = "__metadata__";
  private static final int PIECE = 1 << 18;

  private Safetensors() {}

  /** What a file holds. */
  public record Content(List<Tensor> tensors, Map<String, String> metadata) {}

  /** One tensor as the header describes it at {@code at} in the file; begin and end count from the first value. */
  private record Entry(String name, long at, List<Integer> shape, long begin, long end) {}

  /**
   * Writes a file beside the path, forces it to the disk and moves it into place: whatever happens, either the old file is there or the
   * new one.
   *
   * @throws IOException if the folder is missing or not writable, or the disk full
   * @throws IllegalArgumentException if two tensors have one name, or one that the format keeps for itself
   */
  public static void write(Path path, List<Tensor> tensors, Map<String, String> metadata) throws IOException {
    checkNames(tensors);
    if (Files.isDirectory(path)) {
      throw new IOException(path + ": expected a file, found a folder");
    }
    Path folder = path.toAbsolutePath().getParent();
    if (!Files.isDirectory(folder)) {
      throw new IOException(path + ": the folder " + folder + " does not exist");
    }
    // Not createTempFile: its files are readable by their owner alone, and the model would stay so.
    Path beside = folder.resolve(path.getFileName() + "." + UUID.randomUUID() + ".part");
    try {
      try (FileChannel channel =
          FileChannel.open(beside, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW)) {
        writeFully(channel, header(tensors, metadata));
        for (Tensor t : tensors) {
          writeValues(channel, t.values());
        }
        channel.force(true);
      }
      move(beside, path);
    } finally {
      Files.deleteIfExists(beside);
    }
  }

  private static void checkNames(List<Tensor> tensors) {
    Set<String> names = new HashSet<>(Set.of(METADATA));
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
      writeFully(channel, piece);
    }
  }

  private static void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static void writeFully(FileChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  private static ByteBuffer header(List<Tensor> tensors, Map<String, String> metadata) {
    List<String> entries = new ArrayList<>();
    List<String> pairs = new ArrayList<>();
    metadata.forEach((k, v) -> pairs.add(Json.quote(k) + ":" + Json.quote(v)));
    entries.add(Json.quote(METADATA) + ":{" + String.join(",", pairs) + "}");
    long offset = 0;
    for (Tensor t : tensors) {
      long end = offset + 4L * t.values().length;
      String shape = String.join(",", t.shape().stream().map(String::valueOf).toList());
      entries.add(
          Json.quote(t.name()) + ":{\"dtype\":\"F32\",\"shape\":[" + shape + "],\"data_offsets\":[" + offset + "," + end + "]}");
      offset = end;
    }
    byte[] json = ("{" + String.join(",", entries) + "}").getBytes(StandardCharsets.UTF_8);
    int padded = (json.length + 7) / 8 * 8;
    ByteBuffer header = ByteBuffer.allocate(8 + padded).order(ByteOrder.LITTLE_ENDIAN).putLong(padded).put(json);
    while (header.hasRemaining()) {
      header.put((byte) ' ');
    }
    return header.flip();
  }

  /**
   * @throws IOException naming the file, the offset and what is wrong there; memory use is bounded by the file's size
   */
  public static Content read(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path)) {
      long size = channel.size();
      if (size < 8) {
        throw new IOException("offset 0: the file has " + size + " bytes, a header needs 8");
      }
      long length = readFully(channel, 0, 8).getLong();
      if (length < 2 || length > LARGEST_HEADER || length > size - 8) {
        throw new IOException("offset 0: a header of " + length + " bytes in a file of " + size);
      }
      Map<String, String> metadata = new LinkedHashMap<>();
      List<Entry> entries = entries(text(readFully(channel, 8, (int) length)), metadata);
      checkCover(entries, 8 + length, size);
      List<Tensor> tensors = new ArrayList<>();
      for (Entry e : entries) {
        tensors.add(new Tensor(e.name, e.shape, values(channel, 8 + length + e.begin, (int) ((e.end - e.begin) / 4))));
      }
      return new Content(tensors, metadata);
    } catch (java.nio.file.NoSuchFileException e) {
      throw new IOException(path + ": no such file", e);
    } catch (IOException e) {
      throw new IOException(path + ": " + e.getMessage(), e);
    }
  }

  private static float[] values(FileChannel channel, long position, int count) throws IOException {
    float[] values = new float[count];
    for (int i = 0; i < count; i += PIECE) {
      FloatBuffer piece = readFully(channel, position + 4L * i, 4 * Math.min(PIECE, count - i)).asFloatBuffer();
      piece.get(values, i, piece.remaining());
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

  private static List<Entry> entries(String text, Map<String, String> metadata) throws IOException {
    Json json = new Json(text, 8);
    if (!(json.parse() instanceof Map<?, ?> header)) {
      throw new IOException("offset 8: the header is not an object");
    }
    List<Entry> entries = new ArrayList<>();
    for (Map.Entry<?, ?> e : header.entrySet()) {
      String name = String.valueOf(e.getKey());
      long at = json.offset(name);
      if (!(e.getValue() instanceof Map<?, ?> fields)) {
        throw error(at, name, "is not an object");
      }
      if (name.equals(METADATA)) {
        readMetadata(at, fields, metadata);
      } else {
        entries.add(entry(name, at, fields));
      }
    }
    // By end too: an empty tensor begins where its neighbour does.
    entries.sort(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end));
    return entries;
  }

  private static void readMetadata(long at, Map<?, ?> fields, Map<String, String> metadata) throws IOException {
    for (Map.Entry<?, ?> e : fields.entrySet()) {
      if (!(e.getValue() instanceof String value)) {
        throw error(at, METADATA, "holds texts only, not " + e.getKey() + " = " + e.getValue());
      }
      metadata.put(String.valueOf(e.getKey()), value);
    }
  }

  private static IOException error(long at, String name, String problem) {
    return new IOException("offset " + at + ": " + name + " " + problem);
  }

  private static Entry entry(String name, long at, Map<?, ?> fields) throws IOException {
    if (!"F32".equals(fields.get("dtype"))) {
      throw error(at, name, "has dtype " + fields.get("dtype") + "; only F32 is supported");
    }
    List<Long> shape = numbers(at, name, "shape", fields.get("shape"));
    List<Long> offsets = numbers(at, name, "data_offsets", fields.get("data_offsets"));
    if (offsets.size() != 2) {
      throw error(at, name, "needs two data_offsets, not " + offsets);
    }
    double size = 4;
    for (long dim : shape) {
      size *= dim;
    }
    if (shape.stream().anyMatch(d -> d > Integer.MAX_VALUE) || size > Integer.MAX_VALUE - 8) {
      throw error(at, name, "of shape " + shape + " is too large");
    }
    if (size != offsets.get(1) - offsets.get(0)) {
      throw error(at, name, "of shape " + shape + " does not fit data_offsets " + offsets);
    }
    return new Entry(name, at, shape.stream().map(Long::intValue).toList(), offsets.get(0), offsets.get(1));
  }

  private static List<Long> numbers(long at, String name, String key, Object value) throws IOException {
    List<Long> numbers = new ArrayList<>();
    if (value instanceof List<?> list) {
      for (Object o : list) {
        if (!(o instanceof Long l)) {
          throw error(at, name, "has a " + key + " with " + o + " in it, expected whole numbers");
        }
        numbers.add(l);
      }
      return numbers;
    }
    throw error(at, name, "has no list as " + key);
  }

  /** The tensors must cover the values without a hole or an overlap. */
  private static void checkCover(List<Entry> entries, long start, long size) throws IOException {
    long at = 0;
    for (Entry e : entries) {
      if (e.begin != at) {
        throw error(e.at, e.name, "begins at value byte " + e.begin + ", expected " + at);
      }
      at = e.end;
    }
    if (at != size - start) {
      throw new IOException(
          "offset " + Math.min(size, start + at) + ": the tensors end at " + (start + at) + ", the file at " + size);
    }
  }
}
