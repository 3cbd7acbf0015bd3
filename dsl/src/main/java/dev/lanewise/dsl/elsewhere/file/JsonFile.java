package dev.lanewise.dsl.elsewhere.file;

import dev.lanewise.dsl.elsewhere.Nesting;
import dev.lanewise.dsl.elsewhere.Written;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** JSON: a list of layers with their types, as Keras writes it; or anything else. */
final class JsonFile implements OtherFile.Reader {
  private static final Pattern BEGIN = Pattern.compile("(?s)\\s*[\\[{]\\s*(?:\"[^\"]*\"\\s*:|\\{\\s*\"[^\"]*\"\\s*:).*");
  private static final Pattern LAYERS = Pattern.compile("\"layers\"\\s*:\\s*\\[");
  private static final Pattern TYPE = Pattern.compile("\"(?:type|class_name|layer)\"\\s*:\\s*\"(\\w+)\"");
  private static final Pattern PAIR = Pattern.compile("\"(\\w+)\"\\s*:\\s*(\"[^\"]*\"|[\\w.+-]+|\\[[\\d,\\s]*])");
  private static final Pattern INPUT = Pattern.compile("\"(?:input|input_shape|shape)\"\\s*:\\s*(?:\"([\\dx]+)\"|\\[([\\d,\\s]+)])");

  @Override
  public Optional<OtherFile> read(String text) {
    if (!BEGIN.matcher(text).matches()) {
      return Optional.empty();
    }
    if (text.contains("\"cells\"") && text.contains("\"nbformat\"")) {
      return Optional.of(new OtherFile("a Jupyter notebook", Optional.empty()));
    }
    Sketch sketch = new Sketch();
    Matcher layers = LAYERS.matcher(text);
    int open = layers.find() ? layers.end() - 1 : text.indexOf('[');
    int close = open < 0 ? -1 : Nesting.closing(text, open);
    if (close > 0) {
      Nesting.parts(text.substring(open + 1, close)).forEach(l -> layer(l, sketch));
    }
    Matcher input = INPUT.matcher(text);
    if (input.find()) {
      sketch.input(input.group(1) != null ? input.group(1) : input.group(2).replaceAll("\\s", "").replace(',', 'x'));
    }
    return Optional.of(new OtherFile("JSON", sketch.script("N")));
  }

  private static void layer(String text, Sketch sketch) {
    Matcher type = TYPE.matcher(text);
    if (!text.startsWith("{")) {
      Written.of(text).ifPresent(sketch::layer);
    } else if (type.find()) {
      List<Written.Piece> pieces = new ArrayList<>();
      Matcher pair = PAIR.matcher(text);
      while (pair.find()) {
        if (!List.of("type", "class_name", "layer", "name").contains(pair.group(1))) {
          pieces.add(new Written.Piece(pair.group(1), pair.group(2).replaceAll("^\\[(.*)]$", "($1)")));
        }
      }
      sketch.layer(new Written(type.group(1), pieces));
    } else {
      // {"dense": 10}
      Matcher pair = PAIR.matcher(text);
      if (pair.find()) {
        sketch.layer(new Written(pair.group(1), Nesting.parts(pair.group(2).replaceAll("[\\[\\]]", "")).stream().map(v -> new Written.Piece("", v)).toList()));
      }
    }
  }
}
