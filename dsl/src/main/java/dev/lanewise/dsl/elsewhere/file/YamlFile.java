package dev.lanewise.dsl.elsewhere.file;

import dev.lanewise.dsl.elsewhere.Nesting;
import dev.lanewise.dsl.elsewhere.Written;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** YAML: keys with colons, and a list of layers with dashes. */
final class YamlFile implements OtherFile.Reader {
  private static final Pattern LINE = Pattern.compile("\\s*(?:-\\s+)?(?:[\\w.\"'-]+\\s*:(?:\\s.*)?|-\\s+[\\w.]+.*|---)\\s*");
  private static final Pattern KEY = Pattern.compile("\\s*[\\w.]+:\\s*");
  private static final Pattern ITEM = Pattern.compile("\\s*-\\s+([\\w.]+)\\s*(?::\\s*(.*?))?\\s*");
  private static final Pattern INPUT = Pattern.compile("(?m)^\\s*(?:input|input_shape|shape)\\s*:\\s*(\\[[\\d,\\s]+]|[\\dx]+)\\s*$");

  @Override
  public Optional<OtherFile> read(String text) {
    List<String> lines = text.lines().map(l -> l.replaceAll("\\s#.*$", "")).filter(l -> !l.isBlank() && !l.startsWith("#")).toList();
    boolean all = lines.size() > 1 && lines.stream().allMatch(l -> LINE.matcher(l).matches()) && lines.stream().anyMatch(l -> KEY.matcher(l).matches() || l.equals("---"));
    if (!all) {
      return Optional.empty();
    }
    Sketch sketch = new Sketch();
    for (String line : lines) {
      Matcher item = ITEM.matcher(line);
      if (item.matches()) {
        sketch.layer(new Written(item.group(1), pieces(item.group(2))));
      }
    }
    Matcher input = INPUT.matcher(text);
    if (input.find()) {
      sketch.input(input.group(1).replaceAll("[\\[\\]\\s]", "").replace(',', 'x'));
    }
    return Optional.of(new OtherFile("YAML", sketch.script("N")));
  }

  /** {@code 10}, {@code [8, 3]}, {@code {filters: 8}}. */
  private static List<Written.Piece> pieces(String value) {
    if (value == null || value.isBlank()) {
      return List.of();
    }
    String inside = value.replaceAll("^[\\[{](.*)[]}]$", "$1");
    return Nesting.parts(inside).stream().map(p -> p.split("\\s*:\\s*", 2)).map(p -> p.length == 1 ? new Written.Piece("", p[0]) : new Written.Piece(p[0], p[1])).toList();
  }
}
