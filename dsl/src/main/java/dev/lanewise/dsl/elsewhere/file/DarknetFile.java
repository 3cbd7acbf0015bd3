package dev.lanewise.dsl.elsewhere.file;

import dev.lanewise.dsl.elsewhere.Written;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Darknet's cfg: sections with pairs, {@code [convolutional]} and {@code filters=8}. */
final class DarknetFile implements OtherFile.Reader {
  private static final Pattern SECTION = Pattern.compile("\\s*\\[(\\w+)]\\s*");
  private static final Pattern PAIR = Pattern.compile("\\s*(\\w+)\\s*=\\s*([^#;]+?)\\s*");

  @Override
  public Optional<OtherFile> read(String text) {
    List<String> lines = text.lines().filter(l -> !l.isBlank() && !l.strip().startsWith("#") && !l.strip().startsWith(";")).toList();
    boolean all = !lines.isEmpty() && SECTION.matcher(lines.getFirst()).matches() && lines.stream().allMatch(l -> SECTION.matcher(l).matches() || PAIR.matcher(l).matches());
    if (!all) {
      return Optional.empty();
    }
    boolean darknet = lines.stream().anyMatch(l -> l.strip().matches("\\[(?:net|network|convolutional|connected)]"));
    return Optional.of(darknet ? new OtherFile("a darknet cfg", script(lines)) : new OtherFile("a file of settings (INI)", Optional.empty()));
  }

  private static Optional<String> script(List<String> lines) {
    Sketch sketch = new Sketch();
    Map<String, String> net = new HashMap<>();
    String section = "";
    List<Written.Piece> pieces = new ArrayList<>();
    for (String line : lines) {
      Matcher begin = SECTION.matcher(line);
      Matcher pair = PAIR.matcher(line);
      if (begin.matches()) {
        layer(section, pieces, sketch);
        section = begin.group(1);
        pieces.clear();
      } else if (pair.matches() && section.startsWith("net")) {
        net.put(pair.group(1), pair.group(2));
      } else if (pair.matches()) {
        pieces.add(new Written.Piece(pair.group(1), pair.group(2)));
      }
    }
    layer(section, pieces, sketch);
    if (net.containsKey("height")) {
      sketch.input(net.getOrDefault("channels", "3") + "x" + net.get("height") + "x" + net.getOrDefault("width", net.get("height")));
    } else if (net.containsKey("inputs")) {
      sketch.input(net.get("inputs"));
    }
    return sketch.script("N");
  }

  private static void layer(String section, List<Written.Piece> pieces, Sketch sketch) {
    if (!section.isEmpty()) {
      sketch.layer(new Written("darknet." + section, pieces));
    }
  }
}
