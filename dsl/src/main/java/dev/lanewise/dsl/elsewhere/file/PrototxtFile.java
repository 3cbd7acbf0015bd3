package dev.lanewise.dsl.elsewhere.file;

import dev.lanewise.dsl.elsewhere.Nesting;
import dev.lanewise.dsl.elsewhere.Written;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Caffe's prototxt: {@code layer { type: "InnerProduct" inner_product_param { num_output: 10 } }}. */
final class PrototxtFile implements OtherFile.Reader {
  private static final Pattern LAYER = Pattern.compile("(?m)^\\s*layers?\\s*\\{");
  private static final Pattern NAME = Pattern.compile("^\\s*name\\s*:\\s*\"([\\p{L}_]\\w*)\"");
  private static final Pattern TYPE = Pattern.compile("\\btype\\s*:\\s*\"?(\\w+)\"?");
  private static final Pattern PARAM = Pattern.compile("\\b\\w+_param\\s*\\{");
  private static final Pattern PAIR = Pattern.compile("\\b(\\w+)\\s*:\\s*(\"[^\"]*\"|[\\w.+-]+)");
  private static final Pattern DIM = Pattern.compile("\\b(?:input_)?dim\\s*:\\s*(\\d+)");

  @Override
  public Optional<OtherFile> read(String text) {
    String plain = text.replaceAll("(?m)#.*$", "");
    Matcher layer = LAYER.matcher(plain);
    Sketch sketch = new Sketch();
    boolean found = false;
    while (layer.find()) {
      int close = Nesting.closing(plain, layer.end() - 1);
      String inside = close < 0 ? "" : plain.substring(layer.end(), close);
      Matcher type = TYPE.matcher(inside);
      if (type.find()) {
        found = true;
        sketch.layer(new Written("caffe." + type.group(1), pieces(inside)));
      }
    }
    if (!found) {
      return Optional.empty();
    }
    input(plain, sketch);
    Matcher name = NAME.matcher(plain);
    return Optional.of(new OtherFile("a Caffe prototxt", sketch.script(name.find() ? name.group(1) : "N")));
  }

  private static List<Written.Piece> pieces(String layer) {
    List<Written.Piece> pieces = new ArrayList<>();
    Matcher param = PARAM.matcher(layer);
    while (param.find()) {
      int close = Nesting.closing(layer, param.end() - 1);
      Matcher pair = PAIR.matcher(close < 0 ? "" : layer.substring(param.end(), close).replaceAll("\\w+\\s*\\{[^}]*}", ""));
      while (pair.find()) {
        pieces.add(new Written.Piece(pair.group(1), pair.group(2)));
      }
    }
    return pieces;
  }

  /** The shape of a batch: how many examples comes first. */
  private static void input(String text, Sketch sketch) {
    List<String> dims = DIM.matcher(text).results().map(r -> r.group(1)).toList();
    if (dims.size() > 1) {
      sketch.input(String.join("x", dims.subList(1, dims.size())));
    }
  }
}
