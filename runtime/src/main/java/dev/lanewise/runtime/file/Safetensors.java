package dev.lanewise.runtime.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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

  private Safetensors() {}

  /** What a file holds. */
  public record Content(List<Tensor> tensors, Map<String, String> metadata) {}

  /** One tensor as the header describes it; begin and end count from the first value. */
  private record Entry(String name, List<Integer> shape, long begin, long end) {}

  /**
   * Writes a file beside the path, forces it to the disk and moves it into place: whatever happens, either the old file is there or the
   * new one.
   *
   * @throws IOException if the folder is missing or not writable, or the disk full
   */
  public static void write(Path path, List<Tensor> tensors, Map<String, String> metadata) throws IOException {
    Path folder = path.toAbsolutePath().getParent();
    if (!Files.isDirectory(folder)) {
      throw new IOException(path + ": the folder " + folder + " does not exist");
    }
    Path beside = Files.createTempFile(folder, path.getFileName() + ".", ".part");
    try {
      try (FileChannel channel = FileChannel.open(beside, StandardOpenOption.WRITE)) {
        writeFully(channel, header(tensors, metadata));
        for (Tensor t : tensors) {
          ByteBuffer values = ByteBuffer.allocate(t.values().length * 4).order(ByteOrder.LITTLE_ENDIAN);
          values.asFloatBuffer().put(t.values());
          writeFully(channel, values);
        }
        channel.force(true);
      }
      move(beside, path);
    } finally {
      Files.deleteIfExists(beside);
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
   * @throws IOException naming the file and what is wrong with it; memory use is bounded by the file's size
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
      checkCover(entries, size - 8 - length);
      List<Tensor> tensors = new ArrayList<>();
      for (Entry e : entries) {
        float[] values = new float[(int) ((e.end - e.begin) / 4)];
        readFully(channel, 8 + length + e.begin, values.length * 4).asFloatBuffer().get(values);
        tensors.add(new Tensor(e.name, e.shape, values));
      }
      return new Content(tensors, metadata);
    } catch (java.nio.file.NoSuchFileException e) {
      throw new IOException(path + ": no such file", e);
    } catch (IOException e) {
      throw new IOException(path + ": " + e.getMessage(), e);
    }
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
      throw new IOException("offset 8: the header is not UTF-8", e);
    }
  }

  private static List<Entry> entries(String json, Map<String, String> metadata) throws IOException {
    if (!(Json.parse(json) instanceof Map<?, ?> header)) {
      throw new IOException("offset 8: the header is not an object");
    }
    List<Entry> entries = new ArrayList<>();
    for (Map.Entry<?, ?> e : header.entrySet()) {
      if (!(e.getValue() instanceof Map<?, ?> fields)) {
        throw new IOException("header: " + e.getKey() + " is not an object");
      }
      if (e.getKey().equals(METADATA)) {
        fields.forEach((k, v) -> metadata.put(String.valueOf(k), String.valueOf(v)));
      } else {
        entries.add(entry(String.valueOf(e.getKey()), fields));
      }
    }
    entries.sort(Comparator.comparingLong(Entry::begin));
    return entries;
  }

  private static Entry entry(String name, Map<?, ?> fields) throws IOException {
    if (!"F32".equals(fields.get("dtype"))) {
      throw new IOException("header: " + name + " has dtype " + fields.get("dtype") + "; only F32 is supported");
    }
    List<Long> shape = numbers(name, "shape", fields.get("shape"));
    List<Long> offsets = numbers(name, "data_offsets", fields.get("data_offsets"));
    if (offsets.size() != 2) {
      throw new IOException("header: " + name + " needs two data_offsets");
    }
    double size = 4;
    for (long dim : shape) {
      size *= dim;
    }
    if (size > Integer.MAX_VALUE - 8 || size != offsets.get(1) - offsets.get(0)) {
      throw new IOException("header: " + name + " of shape " + shape + " does not fit data_offsets " + offsets);
    }
    return new Entry(name, shape.stream().map(Long::intValue).toList(), offsets.get(0), offsets.get(1));
  }

  private static List<Long> numbers(String name, String key, Object value) throws IOException {
    List<Long> numbers = new ArrayList<>();
    if (value instanceof List<?> list) {
      for (Object o : list) {
        if (!(o instanceof Long l) || l > Long.MAX_VALUE / 8) {
          throw new IOException("header: " + name + ": " + key + " holds " + o);
        }
        numbers.add(l);
      }
      return numbers;
    }
    throw new IOException("header: " + name + " has no " + key);
  }

  /** The tensors must cover the values without a hole or an overlap. */
  private static void checkCover(List<Entry> entries, long size) throws IOException {
    long at = 0;
    for (Entry e : entries) {
      if (e.begin != at) {
        throw new IOException("header: " + e.name + " begins at value byte " + e.begin + ", expected " + at);
      }
      at = e.end;
    }
    if (at != size) {
      throw new IOException("header: the tensors take " + at + " bytes, the file has " + size);
    }
  }
}
