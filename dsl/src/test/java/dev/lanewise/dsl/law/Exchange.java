package dev.lanewise.dsl.law;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What another program is handed: a line of JSON for each network, and beside it a file of doubles (big-endian), in which the lines say
 * where numbers lie.
 */
final class Exchange implements Closeable {
  private final Writer lines;
  private final DataOutputStream numbers;
  private long at;

  Exchange(Path file) throws IOException {
    lines = Files.newBufferedWriter(file);
    numbers = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(numbers(file))));
  }

  static Path numbers(Path file) {
    return file.resolveSibling(file.getFileName().toString().replace(".jsonl", ".bin"));
  }

  void line(Map<String, Object> line) throws IOException {
    lines.write(json(line));
    lines.write('\n');
  }

  /** Writes numbers, and says where they are. */
  Map<String, Object> put(List<Integer> shape, double... values) {
    try {
      for (double v : values) {
        numbers.writeDouble(v);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Map<String, Object> place = new LinkedHashMap<>();
    place.put("at", at);
    place.put("shape", shape);
    at += values.length;
    return place;
  }

  Map<String, Object> put(List<Integer> shape, float... values) {
    return put(shape, Exact.exact(values));
  }

  static String json(Object value) {
    return switch (value) {
      case null -> "null";
      case Map<?, ?> map -> map.entrySet().stream()
          .map(e -> quoted(e.getKey().toString()) + ":" + json(e.getValue())).collect(Collectors.joining(",", "{", "}"));
      case List<?> list -> list.stream().map(Exchange::json).collect(Collectors.joining(",", "[", "]"));
      case Number n -> n.toString();
      case Boolean b -> b.toString();
      default -> quoted(value.toString());
    };
  }

  private static String quoted(String text) {
    return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\"";
  }

  @Override
  public void close() throws IOException {
    lines.close();
    numbers.close();
  }
}
