package dev.lanewise.runtime.file;

import dev.lanewise.runtime.tensor.Memory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;

/**
 * The header of a file of safetensors: which tensors lie where, in the order of their values.
 *
 * @param metadata texts by name, for whatever the writer wanted to say
 */
record Header(List<Entry> entries, Map<String, String> metadata) {
  static final String METADATA = "__metadata__";

  /** One tensor as the header describes it at {@code at} in the file; begin and end count from the first value. */
  record Entry(String name, long at, Dtype dtype, List<Integer> shape, long begin, long end) {
    /** How many numbers. */
    int count() {
      return (int) ((end - begin) / dtype.bytes());
    }
  }

  /** The length and the text, padded so that values begin on eight bytes. */
  static ByteBuffer bytes(List<Tensor> tensors, Map<String, String> metadata) {
    JsonWriter text = new JsonWriter().beginObject().name(METADATA).beginObject();
    // A map without an order has another one in each run of the JVM, and files of the same training would differ.
    (metadata instanceof SequencedMap<String, String> ordered ? ordered : new TreeMap<>(metadata)).forEach((k, v) -> text.name(k).value(v));
    text.endObject();
    long offset = 0;
    for (Tensor t : tensors) {
      long end = offset + 4L * t.values().length;
      text.name(t.name()).beginObject().name("dtype").value("F32").name("shape").beginArray();
      t.shape().forEach(text::value);
      text.endArray().name("data_offsets").beginArray().value(offset).value(end).endArray().endObject();
      offset = end;
    }
    byte[] json = text.endObject().toString().getBytes(StandardCharsets.UTF_8);
    int padded = (json.length + 7) / 8 * 8;
    ByteBuffer header = ByteBuffer.allocate(8 + padded).order(ByteOrder.LITTLE_ENDIAN).putLong(padded).put(json);
    while (header.hasRemaining()) {
      header.put((byte) ' ');
    }
    return header.flip();
  }

  /**
   * Reads a header that begins at byte 8 of a file.
   *
   * @param start where the values begin
   * @param size of the file
   * @throws IOException if it is not as the format says: also when tensors overlap, or leave a hole
   */
  static Header parse(String text, long start, long size) throws IOException {
    JsonReader json = new JsonReader(text, 8);
    if (!(json.parse() instanceof Map<?, ?> object)) {
      throw new IOException("offset 8: the header is not an object");
    }
    Map<String, String> metadata = new LinkedHashMap<>();
    List<Entry> entries = new ArrayList<>();
    for (Map.Entry<?, ?> e : object.entrySet()) {
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
    checkCover(entries, start, size);
    return new Header(entries, metadata);
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
    Dtype dtype = Dtype.named(fields.get("dtype"))
        .orElseThrow(() -> error(at, name, "has dtype " + fields.get("dtype") + "; there is " + List.of(Dtype.values())));
    List<Long> shape = numbers(at, name, "shape", fields.get("shape"));
    List<Long> offsets = numbers(at, name, "data_offsets", fields.get("data_offsets"));
    if (offsets.size() != 2) {
      throw error(at, name, "needs two data_offsets, not " + offsets);
    }
    double count = 1;
    for (long dim : shape) {
      count *= dim;
    }
    if (shape.stream().anyMatch(d -> d > Integer.MAX_VALUE) || count > Memory.MOST) {
      throw error(at, name, "of shape " + shape + " is too large");
    }
    if (count * dtype.bytes() != offsets.get(1) - offsets.get(0)) {
      throw error(at, name, "of shape " + shape + " and dtype " + dtype + " does not fit data_offsets " + offsets);
    }
    return new Entry(name, at, dtype, shape.stream().map(Long::intValue).toList(), offsets.get(0), offsets.get(1));
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
          "offset " + Math.min(size, start + at) + ": the tensors end at " + (start + at) + ", the file at " + size
              + (at > size - start ? ": it was cut off, fetch or write it again" : ""));
    }
  }
}
