package dev.lanewise.repl.play;

import dev.lanewise.dsl.exhibit.Piece;
import dev.lanewise.dsl.glass.Columns;
import dev.lanewise.dsl.glass.Glass;
import dev.lanewise.dsl.glass.Glimpse;
import dev.lanewise.dsl.glass.Glimpse.Numbers;
import dev.lanewise.dsl.meaning.CheckedNet;
import dev.lanewise.dsl.view.walk.Story;
import dev.lanewise.runtime.file.JsonWriter;
import dev.lanewise.runtime.tensor.Shape;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** What is seen of a network, as JSON. */
final class Sight {
  /** The probabilities of classes, which a network leaves to its loss: a chip of their own behind the last layer. */
  private static final String PROBABILITIES = Glass.PROBABILITIES;

  /** Maps of a layer that are drawn. */
  private static final int MOST_MAPS = 64;
  /** A map that is larger across or down is drawn coarser. */
  private static final int WIDEST = 96;
  private static final int MOST_CELLS = 1024;
  private static final int MOST_TERMS = 8;

  private Sight() {}

  static String net(Glass glass, CheckedNet net, boolean trained) {
    JsonWriter json = new JsonWriter().beginObject().name("name").value(net.name()).name("takes").value(net.takes()).name("gives").value(net.output().toString()).name("parameters").value(net.parameters());
    shape(json.name("input").beginObject().name("shape"), net.input());
    boolean isImage = net.input().isImage() && net.input().channels() <= 4 || net.input().rank() == 2;
    json.name("kind").value(glass != null && glass.isPlane() ? "plane" : isImage ? "image" : "other");
    texts(json.name("names"), glass == null ? List.of() : glass.names()).endObject();
    List<String> classes = glass == null ? List.of() : glass.classes();
    texts(json.name("classes"), classes);
    boolean areClasses = glass != null && glass.saysClass();
    json.name("outputs").value(areClasses ? "classes" : "numbers").name("trained").value(trained).name("examples").value(glass == null ? 0 : glass.count())
        .name("differentiable").value(glass != null && glass.isDifferentiable()).name("attackable").value(glass != null && glass.isAttackable()).name("seen").value(glass != null).name("own").value(glass != null && glass.takesOwn());
    json.name("columns").beginArray();
    List<Columns.Column> columns = Columns.of(net);
    String last = net.result() == 0 ? "" : net.layer(net.result()).name();
    for (Columns.Column column : columns) {
      json.beginObject().name("label").value(column.label());
      texts(json.name("uses"), column.uses());
      json.name("from").beginArray();
      column.from().forEach(json::value);
      json.endArray().name("chips").beginArray();
      column.chips().forEach(c -> chip(json, c.layer(), c.word(), c.shape(), c.line(), glass != null && glass.isPlane() ? "maps" : c.form().name().toLowerCase(java.util.Locale.ROOT)));
      column.chips().stream().filter(c -> areClasses && c.layer().equals(last)).findFirst()
          .ifPresent(c -> chip(json, PROBABILITIES, net.output().size() == 1 ? "sigmoid" : PROBABILITIES, Shape.of(classes.size()), c.line(), glass.isPlane() ? "maps" : "bars"));
      json.endArray().endObject();
    }
    return json.endArray().endObject().toString();
  }

  private static void chip(JsonWriter json, String layer, String word, Shape shape, int line, String draws) {
    json.beginObject().name("layer").value(layer).name("word").value(word);
    shape(json.name("shape"), shape);
    json.name("line").value(line).name("draws").value(draws).endObject();
  }

  private static JsonWriter shape(JsonWriter json, Shape shape) {
    json.beginArray();
    shape.dims().forEach(json::value);
    return json.endArray();
  }

  private static JsonWriter texts(JsonWriter json, List<String> texts) {
    json.beginArray();
    texts.forEach(json::value);
    return json.endArray();
  }

  /** @param drawn the layers that are wanted, by their columns @param isBack whether the values are gradients */
  static String glimpse(long number, Glimpse glimpse, Map<String, String> drawn, boolean isBack, boolean trained, double milliseconds) {
    JsonWriter json = new JsonWriter().beginObject().name("number").value(number);
    example(json.name("example"), glimpse.example());
    Halves.put(json.name("pixels").beginObject(), glimpse.example().shape().dims(), glimpse.example().pixels()).endObject();
    texts(json.name("words"), glimpse.words());
    json.name("direction").value(isBack ? "backward" : "forward").name("layers").beginArray();
    for (String layer : drawn.values()) {
      if (layer.equals(PROBABILITIES) && !glimpse.values().containsKey(layer) && glimpse.answer().isClass() && !isBack) {
        float[] probabilities = floats(glimpse.answer().probabilities());
        Halves.put(json.beginObject().name("layer").value(layer), List.of(probabilities.length), probabilities).endObject();
      } else if (glimpse.values().containsKey(layer)) {
        layer(json, layer, glimpse.values().get(layer));
      }
    }
    json.endArray();
    answer(json.name("answer"), glimpse);
    return json.name("trained").value(trained).name("milliseconds").value(milliseconds).endObject().toString();
  }

  private static void example(JsonWriter json, Glimpse.Shown example) {
    json.beginObject().name("index").value(example.index()).name("own").value(example.index() < 0).name("label");
    if (example.label().isPresent()) {
      json.value(example.label().getAsInt());
    } else {
      json.value(Double.NaN);
    }
    json.endObject();
  }

  /** By itself, for a page that asks for one. */
  static String example(Glimpse.Shown example, int count) {
    JsonWriter json = new JsonWriter().beginObject();
    example(json.name("example"), example);
    json.name("count").value(count);
    return Halves.put(json.name("pixels").beginObject(), example.shape().dims(), example.pixels()).endObject().endObject().toString();
  }

  private static void answer(JsonWriter json, Glimpse glimpse) {
    Glimpse.Answer answer = glimpse.answer();
    json.beginObject().name("values").beginArray();
    Arrays.stream(answer.values()).limit(MOST_CELLS).forEach(json::value);
    json.endArray().name("probabilities").beginArray();
    Arrays.stream(answer.probabilities()).forEach(json::value);
    json.endArray().name("says").value(answer.says());
    double sure = answer.says() >= 0 ? answer.probabilities()[answer.says()] : Double.NaN;
    boolean isKnown = glimpse.example().label().isPresent() && answer.isClass();
    json.name("sure").value(sure).name("loss").value(isKnown ? -Math.log(answer.probabilities()[glimpse.example().label().getAsInt()]) : Double.NaN).endObject();
  }

  private static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }

  /** Of many maps those of most energy, of large ones the means of squares. */
  private static void layer(JsonWriter json, String name, Numbers numbers) {
    Shape shape = numbers.shape();
    json.beginObject().name("layer").value(name);
    if (shape.rank() == 1) {
      float[] cells = shape.size() > MOST_CELLS ? Arrays.copyOf(numbers.values(), MOST_CELLS) : numbers.values();
      Halves.put(json, List.of(cells.length), cells).name("of").value(shape.size()).endObject();
      return;
    }
    int width = shape.dim(shape.rank() - 1), height = shape.dim(shape.rank() - 2), maps = shape.size() / (width * height);
    int step = (Math.max(width, height) + WIDEST - 1) / WIDEST, across = (width + step - 1) / step, down = (height + step - 1) / step;
    int[] drawn = maps <= MOST_MAPS ? IntStream.range(0, maps).toArray() : strongest(numbers.values(), maps, width * height);
    float[] values = new float[drawn.length * across * down];
    for (int m = 0; m < drawn.length; m++) {
      for (int y = 0; y < down; y++) {
        for (int x = 0; x < across; x++) {
          values[(m * down + y) * across + x] = mean(numbers.values(), drawn[m] * width * height, width, height, x * step, y * step, step);
        }
      }
    }
    Halves.put(json, List.of(drawn.length, down, across), values).name("of").value(maps).name("step").value(step).name("maps").beginArray();
    Arrays.stream(drawn).forEach(json::value);
    json.endArray().endObject();
  }

  private static int[] strongest(float[] values, int maps, int size) {
    double[] energy = new double[maps];
    for (int i = 0; i < values.length; i++) {
      energy[i / size] += (double) values[i] * values[i];
    }
    return IntStream.range(0, maps).boxed().sorted(Comparator.comparingDouble(m -> -energy[m])).limit(MOST_MAPS).mapToInt(m -> m).sorted().toArray();
  }

  private static float mean(float[] values, int from, int width, int height, int left, int top, int step) {
    if (step == 1) {
      return values[from + top * width + left];
    }
    double sum = 0;
    int right = Math.min(width, left + step), bottom = Math.min(height, top + step);
    for (int y = top; y < bottom; y++) {
      for (int x = left; x < right; x++) {
        sum += values[from + y * width + x];
      }
    }
    return (float) (sum / ((right - left) * (bottom - top)));
  }

  static String numbers(String name, List<Integer> shape, float[] values) {
    return Halves.put(new JsonWriter().beginObject().name("name").value(name), shape, values).endObject().toString();
  }

  static String rows(List<Glimpse.Row> rows) {
    JsonWriter json = new JsonWriter().beginObject().name("rows").beginArray();
    for (Glimpse.Row row : rows) {
      shape(json.beginObject().name("layer").value(row.layer()).name("shape"), row.shape()).name("least").value(row.least()).name("mean").value(row.mean()).name("most").value(row.most())
          .name("zeros").value(row.zeros()).name("gradient").value(row.gradient()).endObject();
    }
    return json.endArray().endObject().toString();
  }

  static String tested(Glimpse.Tested tested, List<String> classes) {
    JsonWriter json = new JsonWriter().beginObject().name("examples").value(tested.examples()).name("accuracy").value(tested.accuracy()).name("loss").value(tested.loss());
    texts(json.name("classes"), classes).name("confusion").beginArray();
    for (int[] row : tested.confusion()) {
      json.beginArray();
      Arrays.stream(row).forEach(json::value);
      json.endArray();
    }
    json.endArray().name("mistakes").beginArray();
    for (Glimpse.Worst worst : tested.worst()) {
      json.beginObject().name("index").value(worst.index()).name("label").value(worst.label()).name("says").value(worst.says());
      Halves.put(json.name("image").beginObject(), worst.shape().dims(), worst.pixels()).endObject().endObject();
    }
    return json.endArray().endObject().toString();
  }

  /**
   * How a number comes about.
   *
   * @param shape of what the number's terms are of, where they are of one layer
   * @param say a sentence in the reader's language
   */
  static String story(Story story, double computed, Window window, UnaryOperator<String> say) {
    JsonWriter json = new JsonWriter().beginObject().name("symbol").value(story.of().symbol()).name("value").value(story.of().value()).name("kernel").value(computed);
    List<Story.Term> terms = story.terms();
    json.name("forward").beginObject().name("from").value(window.layer()).name("text").value(story.formula());
    window.put(json);
    terms(json, terms, "value", "weight");
    json.name("bias").value(story.bias().orElse(Double.NaN)).name("sum").value(story.of().value()).name("products").value(terms.stream().anyMatch(t -> !Double.isNaN(t.weight()))).endObject();
    json.name("backward");
    if (story.backward().isEmpty()) {
      return json.value(Double.NaN).endObject().toString();
    }
    Story.Backward back = story.backward().get();
    json.beginObject().name("gradient").value(back.gradient()).name("steps").beginArray();
    for (Story.Step step : back.steps()) {
      json.beginObject().name("text").value(partial(step.from().symbol()) + " = " + Piece.text(step.slope()) + " · " + partial(step.to().symbol())).name("words").value(say.apply(step.words())).endObject();
    }
    json.endArray();
    terms(json, back.terms(), "gradient", "slope");
    return json.name("sum").value(back.sum()).name("stopped").value(say.apply(back.stopped())).endObject().endObject().toString();
  }

  private static String partial(String symbol) {
    return symbol.replaceFirst("^dL/d", "∂");
  }

  private static void terms(JsonWriter json, List<Story.Term> terms, String number, String factor) {
    json.name("terms").beginArray();
    for (Story.Term term : terms.subList(0, Math.min(MOST_TERMS, terms.size()))) {
      String name = term.number().name().replaceFirst("^dL/d", "");
      json.beginObject().name("layer").value(name).name("at").beginArray();
      term.number().at().forEach(json::value);
      json.endArray().name("symbol").value(partial(term.number().symbol())).name(number).value(term.number().value()).name(factor).value(term.weight()).name("product").value(term.product()).endObject();
    }
    int left = Math.max(0, terms.size() - MOST_TERMS);
    json.endArray().name("rest").beginObject().name("count").value(left).name("sum").value(terms.stream().skip(MOST_TERMS).mapToDouble(Story.Term::product).sum()).endObject();
  }
}
