package dev.lanewise.dsl.law;

import dev.lanewise.runtime.layer.Broadcast;
import dev.lanewise.runtime.layer.Layers;
import dev.lanewise.runtime.operation.Computation;
import dev.lanewise.runtime.operation.Layer;
import dev.lanewise.runtime.spec.ParameterSpec;
import dev.lanewise.runtime.spec.ShapeException;
import dev.lanewise.runtime.tensor.Shape;
import dev.lanewise.runtime.tensor.Sides;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A piece of a random network while it grows: a network's own lines, or those of a block, a path or a head. Each step is written as a
 * script writes it, and noted as an {@link Op}.
 */
final class Body {
  private static final int MOST_VALUES = 150;
  private static final int MOST_PARAMETERS = 1500;
  private static final int DEEPEST = 2;

  private static final List<String> NORMALISATIONS = List.of("batchnorm", "layernorm", "groupnorm");
  private static final List<String> PLAIN = List.of("relu", "sigmoid", "tanh");

  /** A step of the body, and the shape behind it. */
  record Line(String text, Shape shape, Ties ties) {}

  /** A value that can be read again. @param layer the step that makes it; null if it is no single layer */
  private record Label(String name, int value, Shape shape, Ties ties, Op layer, Shape layerIn) {}

  private final Pick pick;
  private final Growth growth;
  private final int depth;
  private final boolean labelling;
  private final List<Label> labels = new ArrayList<>();
  private final List<Line> lines = new ArrayList<>();
  /** Whether steps see one place of a sequence. */
  private boolean place;
  private Shape shape;
  private Ties ties;
  private int value;

  Body(Pick pick, Growth growth, Shape shape, Ties ties, int value) {
    this(pick, growth, shape, ties, value, 0, true, List.of());
  }

  private Body(Pick pick, Growth growth, Shape shape, Ties ties, int value, int depth, boolean labelling, List<Label> labels) {
    this.pick = pick;
    this.growth = growth;
    this.depth = depth;
    this.labelling = labelling;
    this.labels.addAll(labels);
    this.shape = shape;
    this.ties = ties;
    this.value = value;
  }

  List<Line> lines() {
    return lines;
  }

  Shape shape() {
    return shape;
  }

  int value() {
    return value;
  }

  /** Steps that leave the shape as it is. */
  void growKeeping(int steps) {
    for (int i = 0; i < steps; i++) {
      keep();
    }
  }

  void grow(int steps) {
    for (int i = 0; i < steps; i++) {
      step();
    }
  }

  void reshape(Shape to) {
    layer(Call.of("reshape", "shape", to));
  }

  /** The last layers: to an output of that shape, for such a loss. A flat one may come from any value. */
  void finish(Shape output, String last) {
    if (output.isFlat() && !shape.isFlat()) {
      layer(Call.of("flatten"));
    }
    Call end = output.isFlat() ? Call.of("dense", "features", output.size()) : Call.of("conv", "channels", output.channels(), "kernel", 1);
    if (!layer(end, Integer.MAX_VALUE)) {
      throw new IllegalStateException("no end for " + shape + " to give " + output);
    }
    if (!last.isEmpty()) {
      layer(Call.of(last));
    }
  }

  /** Something of any kind; what does not fit is drawn again. */
  private void step() {
    boolean done = false;
    for (int tries = 0; !done && tries < 30; tries++) {
      int kind = pick.whole(0, 99);
      if (kind < 6) {
        done = pooled();
      } else if (kind < 45) {
        done = layerOf(pick.of(List.copyOf(LayerRules.ALL.keySet())));
      } else if (kind < 58) {
        done = function();
      } else if (kind < 65) {
        done = shape.isSequence() && !place && pick.chance(0.5) ? memory() : userLayer(UserLayers.of(shape));
      } else if (kind < 70) {
        done = formula();
      } else if (kind < 78) {
        done = paths();
      } else if (kind < 84) {
        done = joined();
      } else if (kind < 89) {
        done = shared();
      } else if (kind < 93) {
        done = block();
      } else if (kind < 96) {
        done = repeated();
      } else if (kind < 97) {
        done = decided();
      } else if (kind < 98 || shape.isSequence() && pick.chance(0.3)) {
        done = each();
      } else {
        done = depth == 0 && growth.wish().heads() && head();
      }
    }
  }

  /** What the compiler puts into one kernel: a convolution, pooling, and what may stand around that. */
  private boolean pooled() {
    if (shape.isFlat() || !layerOf("conv")) {
      return false;
    }
    List<String> behind = new ArrayList<>(List.of("relu", "dropout2d", "dropout"));
    Collections.shuffle(behind, new Random(pick.whole(0, 1000)));
    List<String> some = new ArrayList<>(behind.subList(0, pick.whole(0, 2)));
    some.add(pick.whole(0, some.size()), "maxpool");
    some.forEach(n -> {
      if (!n.equals("maxpool") || !layer(Call.of("maxpool", "size", 2))) {
        layerOf(n);
      }
    });
    return true;
  }

  /** Whether functions with a kink are kept away from here. */
  private boolean kinked() {
    return ties == Ties.NOISE;
  }

  /** Something that leaves the shape as it is. */
  private void keep() {
    boolean done = false;
    while (!done) {
      done = switch (pick.whole(0, 6)) {
        case 0, 1 -> shape.isFlat()
            ? layer(Call.of("dense", "features", shape.size()))
            : layer(Call.of("conv", "channels", shape.channels(), "kernel", pick.one(1, 3), "pad", "same"));
        case 2 -> layerOf(pick.of(NORMALISATIONS));
        case 3 -> layerOf(pick.of(PLAIN));
        case 4 -> function();
        case 5 -> userLayer(UserLayers.of(shape).stream().filter(n -> !UserLayers.ALL.get(n).sized()).toList());
        default -> formula();
      };
    }
  }

  private boolean layerOf(String name) {
    boolean wanted = switch (name) {
      case "dropout", "dropout2d", "noise" -> growth.wish().dropout();
      case "batchnorm" -> growth.wish().batchnorm() && !place && ties != Ties.NOISE;
      case "groupnorm", "layernorm", "relu", "maxpool" -> ties != Ties.NOISE;
      default -> true;
    };
    return wanted && LayerRules.ALL.get(name).draw(pick, shape).filter(this::layer).isPresent();
  }

  /** One of the runtime's layers, if it fits and is small. */
  private boolean layer(Call call) {
    return layer(call, pick.times() * MOST_PARAMETERS);
  }

  private boolean layer(Call call, int mostParameters) {
    Layer layer = Layers.named(call.name()).orElseThrow();
    Computation computation;
    try {
      computation = layer.bind(call.bound(layer.signature()), shape);
    } catch (ShapeException e) {
      return false;
    }
    Shape out = computation.outputs().getFirst().shape();
    int parameters = computation.parameters().stream().map(ParameterSpec::shape).mapToInt(Shape::size).sum();
    boolean limited = mostParameters < Integer.MAX_VALUE;
    if (limited && (out.size() > shape.size() && out.size() > pick.times() * MOST_VALUES || parameters > mostParameters)) {
      return false;
    }
    growth.met(call.name());
    boolean bias = !Boolean.FALSE.equals(call.arguments().get("bias"));
    Ties after = NORMALISATIONS.contains(call.name()) ? ties.normalised() : computation.parameters().size() > 0 && bias ? Ties.NONE : ties;
    boolean zero = call.name().equals("avgpool") && out.size() == out.channels() && growth.isNormalised();
    add(
        call.text(layer.signature()), call.name(), call.complete(layer.signature()), parameters > 0, out,
        zero ? Ties.NOISE : after.behind(call.name()));
    return true;
  }

  /** A function of the prelude, element by element. */
  private boolean function() {
    String name = pick.of(List.copyOf(FunctionRules.ALL.keySet()));
    if (kinked() && !FunctionRules.SMOOTH.contains(name)) {
      return false;
    }
    Call call = FunctionRules.ALL.get(name).draw(pick);
    growth.met(name);
    add(call.text(), name, FunctionRules.complete(call), false, shape, ties.behind(name));
    return true;
  }

  private boolean userLayer(List<String> names) {
    if (names.isEmpty()) {
      return false;
    }
    String name = pick.of(names);
    UserLayers.Definition definition = UserLayers.ALL.get(name);
    growth.define(name, definition.text());
    growth.met(name);
    int outputs = pick.whole(2, 8);
    Call call = definition.sized() ? Call.of(name, "n", outputs) : Call.of(name);
    String text = definition.sized() && pick.chance(0.5) ? name + "(" + outputs + ")" : call.text();
    Shape out = definition.sized() ? Shape.of(outputs) : shape;
    add(text, name, call.arguments(), definition.weighted(), out, definition.ties().apply(ties));
    return true;
  }

  /** A layer with a memory: of the prelude, or one of the script's own. */
  private boolean memory() {
    boolean own = pick.chance(0.5);
    String name = own ? growth.name("M") : pick.of(RandomMemory.OF_PRELUDE);
    RandomMemory memory = own ? RandomMemory.draw(pick, name) : RandomMemory.ofPrelude(pick, name);
    if (memory.kinked() && kinked() || memory.parameters(shape.channels()) > pick.times() * MOST_PARAMETERS) {
      return false;
    }
    if (own) {
      growth.define(name, memory.definition());
    }
    growth.met(name);
    add(memory.call(), own ? "memory" : name, memory.arguments(), true, Shape.of(memory.channels(), shape.width()), Ties.NONE);
    return true;
  }

  /** A function of the script's own. */
  private boolean formula() {
    RandomFormula f = RandomFormula.draw(pick);
    if (kinked() && f.script().matches(".*(max|min|relu|abs)\\(.*")) {
      return false;
    }
    String name = growth.name("f");
    double fallback = pick.number(0.2, 1);
    growth.define(name, "def " + name + "(x, a = " + Pick.text(fallback) + ") = " + f.script() + "\n");
    double a = pick.chance(0.5) ? fallback : pick.number(-1, 1);
    add(
        a == fallback ? name : name + "(a = " + Pick.text(a) + ")", "formula", Map.of("python", f.python(), "a", a), false, shape, ties);
    return true;
  }

  /** Paths that begin here and meet again. */
  private boolean paths() {
    if (depth >= DEEPEST || shape.size() > pick.times() * MOST_VALUES / 2) {
      return false;
    }
    String word = pick.one("add", "mul", "concat");
    List<Integer> ends = new ArrayList<>();
    StringBuilder text = new StringBuilder(word + " {\n");
    int paths = pick.whole(2, 3);
    // Its other dimensions are 1: it counts for all of the others' values.
    boolean counted = !word.equals("concat") && !shape.isFlat() && pick.chance(0.4);
    List<Ties> all = new ArrayList<>();
    for (int i = 0; i < paths; i++) {
      Body path = inner(shape, ties, value, labels);
      int steps = i == 0 ? pick.whole(1, 2) : pick.whole(0, 2);
      for (int s = 0; s < steps; s++) {
        path.keep();
      }
      if (counted && i == paths - 1) {
        path.narrow();
      }
      ends.add(path.value);
      all.add(path.ties);
      text.append(indented(around("path", path)));
    }
    growth.met(word);
    join(word, text + "}", ends, Ties.joined(word, all));
    return true;
  }

  /** To a single channel, a single value of each channel, or a single row. */
  private void narrow() {
    switch (pick.whole(0, shape.isImage() ? 2 : 1)) {
      case 0 -> layer(Call.of("conv", "channels", 1, "kernel", 1));
      case 1 -> {
        layer(Call.of("avgpool", "size", "global"));
        if (pick.chance(0.5)) {
          layer(Call.of("flatten"));
        }
      }
      default -> layer(Call.of("avgpool", "to", new Sides(1, shape.width())));
    }
  }

  /** The value at hand with labelled ones, which may count for several of its values, or it for several of theirs. */
  private boolean joined() {
    String word = pick.one("add", "mul", "concat", "gap", "dot");
    List<Label> fitting = labels.stream()
        .filter(l -> word.equals("concat") ? together(l.shape) : word.equals("dot") ? l.shape.equals(shape) : meets(l.shape)).toList();
    if (fitting.isEmpty() || shape.size() > pick.times() * MOST_VALUES) {
      return false;
    }
    Label first = pick.of(fitting);
    Label second = pick.of(fitting);
    boolean two = word.equals("gap") || word.equals("dot") || pick.chance(0.8) || first == second;
    List<Label> with = two || !together(first.shape) || !together(second.shape) ? List.of(first) : List.of(first, second);
    if (word.equals("gap")) {
      growth.define(word, "def gap(a, b) = tanh(a - b) + a / 2\n");
    }
    List<Integer> ends = new ArrayList<>(List.of(value));
    with.forEach(l -> ends.add(l.value));
    List<Ties> all = new ArrayList<>(List.of(ties));
    with.forEach(l -> all.add(l.ties));
    growth.met(word);
    join(word, word + with.stream().map(l -> "@" + l.name).collect(Collectors.joining(", ", "(", ")")), ends, Ties.joined(word, all));
    return true;
  }

  /** Whether they go together element by element; what comes of it is hardly larger. */
  private boolean meets(Shape other) {
    try {
      return Broadcast.joined(shape, other).size() <= Math.max(shape.size(), other.size());
    } catch (ShapeException e) {
      return false;
    }
  }

  private boolean together(Shape other) {
    return other.rank() == shape.rank() && IntStream.range(1, shape.rank()).allMatch(d -> other.dim(d) == shape.dim(d));
  }

  private void join(String word, String text, List<Integer> ends, Ties after) {
    Shape out = word.equals("dot") ? Shape.of(1) : shape;
    if (!word.equals("concat") && !word.equals("dot")) {
      out = ends.stream().map(growth::shape).reduce(Broadcast::joined).orElseThrow();
    } else if (word.equals("concat")) {
      int channels = ends.stream().mapToInt(e -> growth.shape(e).channels()).sum();
      out = shape.isFlat() ? Shape.of(channels) : shape.plane(channels, shape.height(), shape.width());
    }
    int made = growth.add(new Op(word, ends, growth.next(), Map.of(), false, -1), out);
    line(text, out, after, made, null);
  }

  /** A layer once more, with the same parameters. */
  private boolean shared() {
    List<Label> fitting = labels.stream().filter(l -> l.layer != null && l.layerIn.equals(shape)).toList();
    if (fitting.isEmpty()) {
      return false;
    }
    Label label = pick.of(fitting);
    Op layer = label.layer;
    if (kinked()) {
      return false;
    }
    int of = layer.of() < 0 ? layer.out() : layer.of();
    growth.met("share");
    int made = growth.add(
        new Op(layer.kind(), List.of(value), growth.next(), layer.arguments(), layer.weighted(), layer.weighted() ? of : -1), label.shape);
    Ties after = NORMALISATIONS.contains(layer.kind()) ? ties.normalised() : ties.behind(layer.kind());
    line("share(@" + label.name + ")", label.shape, after, made, null);
    return true;
  }

  /** Lines under a name of their own, with a parameter where there is a number; used several times where the shape stays. */
  private boolean block() {
    if (depth >= DEEPEST) {
      return false;
    }
    int from = growth.next();
    Ties before = ties;
    Body inside = inner(shape, ties, value, List.of());
    inside.grow(pick.whole(1, 3));
    String name = growth.name("B");
    String body = inside.text();
    java.util.regex.Matcher number = java.util.regex.Pattern.compile("(dense|conv|transposed_conv)\\((\\d+)").matcher(body);
    String header = "";
    String use = name;
    if (number.find() && pick.chance(0.7)) {
      String n = number.group(2);
      body = body.substring(0, number.start(2)) + "k" + body.substring(number.end(2));
      boolean fallback = pick.chance(0.4);
      header = fallback ? "(k = " + n + ")" : "(k)";
      use = name + (fallback ? "" : pick.chance(0.5) ? "(k = " + n + ")" : "(" + n + ")");
    }
    growth.define(name, "block " + name + header + " {\n" + indented(body) + "}\n");
    growth.met("block");
    int start = value;
    line(use, inside.shape, inside.ties, inside.value, null);
    if (inside.shape.equals(growth.shape(start)) && inside.ties == before && pick.chance(0.5)) {
      again(start, from, inside.ties);
      line(use, shape, ties, value, null);
    }
    return true;
  }

  /** What was made from {@code from} on once more, after the value at hand. */
  private void again(int start, int from, Ties after) {
    List<Op> made = growth.from(from);
    int by = growth.next() - from;
    int before = value;
    for (Op op : made) {
      growth.add(op.moved(start, before, from, by), growth.shape(op.out()));
    }
    value = value == start ? start : value + by;
    ties = after;
  }

  private boolean repeated() {
    if (depth >= DEEPEST) {
      return false;
    }
    int from = growth.next();
    int start = value;
    Body inside = new Body(pick, growth, shape, ties, value, DEEPEST, false, List.of());
    for (int i = pick.whole(1, 2); i > 0; i--) {
      inside.keep();
    }
    growth.met("repeat");
    int times = inside.ties == ties ? pick.whole(1, 3) : 1;
    String text = "repeat " + times + " {\n" + indented(inside.text()) + "}";
    value = inside.value;
    int made = inside.value;
    int by = growth.next() - from;
    int at = start;
    for (int i = 1; i < times; i++) {
      List<Op> ops = growth.from(from).subList(0, by);
      int distance = growth.next() - from;
      int before = made + (i - 1) * by;
      for (Op op : List.copyOf(ops)) {
        growth.add(op.moved(at, before, from, distance), growth.shape(op.out()));
      }
    }
    line(text, shape, inside.ties, made + (times - 1) * by, null);
    return true;
  }

  /** A condition that the checker decides. */
  private boolean decided() {
    if (depth >= DEEPEST) {
      return false;
    }
    Body inside = new Body(pick, growth, shape, ties, value, DEEPEST, false, List.of());
    inside.grow(1);
    growth.met("if");
    String condition = shape.isFlat() ? "in.features == " + shape.size()
        : shape.isSequence() ? "in.length <= " + shape.width() : "in.height >= " + shape.height();
    line("if " + condition + " {\n" + indented(inside.text()) + "} else { sigmoid }", inside.shape, inside.ties, inside.value, null);
    return true;
  }

  /** Steps at every place of a sequence by itself. */
  private boolean each() {
    if (depth >= DEEPEST || !shape.isSequence()) {
      return false;
    }
    int length = shape.width();
    int channels = shape.channels();
    int in = growth.add(new Op("each.in", List.of(value), growth.next(), Map.of(), false, -1), Shape.of(channels));
    Body inside = inner(Shape.of(channels), ties, in, List.of());
    inside.place = true;
    for (int i = pick.whole(1, 3); i > 0; i--) {
      inside.keep();
    }
    if (pick.chance(0.5)) {
      inside.layerOf("dense");
    }
    if (pick.chance(0.3)) {
      inside.layerOf(pick.one("softmax", "log_softmax", "dropout", "dense"));
    }
    if (pick.chance(0.3)) {
      inside.paths();
    }
    Shape out = Shape.of(inside.shape.size(), length);
    int made = growth.add(new Op("each.out", List.of(inside.value), growth.next(), Map.of("length", length), false, -1), out);
    growth.met("each");
    line(around("each", inside), out, inside.ties, made, null);
    return true;
  }

  /** A further output. */
  boolean head() {
    Shape output = growth.output();
    if (!output.isFlat() && !together(output)) {
      return false;
    }
    Body inside = new Body(pick, growth, shape, ties, value, DEEPEST, true, labels);
    inside.grow(output.isFlat() ? pick.whole(0, 1) : 0);
    inside.finish(output, growth.last());
    growth.met("head");
    growth.head(inside.value);
    lines.add(new Line(around("head " + growth.name("h"), inside), shape, ties));
    return true;
  }

  private Body inner(Shape from, Ties fromTies, int fromValue, List<Label> visible) {
    Body inner = new Body(pick, growth, from, fromTies, fromValue, depth + 1, labelling, visible);
    inner.place = place;
    return inner;
  }

  private void add(String text, String kind, Map<String, Object> arguments, boolean weighted, Shape out, Ties after) {
    Op op = new Op(kind, List.of(value), growth.next(), arguments, weighted, -1);
    line(text, out, after, growth.add(op, out), op);
  }

  /** Writes a step down, sometimes under a label. @param layer what may be used again with {@code share}; null if nothing */
  private void line(String text, Shape out, Ties after, int made, Op layer) {
    Shape before = shape;
    shape = out;
    ties = after;
    value = made;
    boolean labelled = labelling && pick.chance(0.35) && !text.startsWith("if ") && !text.startsWith("repeat ");
    String label = labelled ? growth.name("v") : "";
    if (labelled) {
      labels.add(new Label(label, made, out, after, layer, before));
    }
    lines.add(new Line(labelled ? label + ": " + text : text, out, after));
  }

  String text() {
    return text(lines.stream().map(Line::text).toList(), pick);
  }

  /** Steps one below the other, or some behind each other. */
  static String text(List<String> lines, Pick pick) {
    StringBuilder text = new StringBuilder();
    for (String line : lines) {
      boolean plain = !line.contains("\n") && !line.startsWith("head ");
      boolean behind = plain && !text.isEmpty() && text.charAt(text.length() - 2) != '}' && pick.chance(0.4);
      if (behind) {
        text.setLength(text.length() - 1);
        text.append(" -> ");
      }
      text.append(line).append('\n');
    }
    return text.toString();
  }

  private String around(String word, Body inside) {
    String text = inside.text();
    return text.isEmpty() ? word + " { }" : text.indexOf('\n') == text.length() - 1 && text.length() < 60
        ? word + " { " + text.strip() + " }"
        : word + " {\n" + indented(text) + "}";
  }

  static String indented(String text) {
    return text.lines().map(l -> "  " + l + "\n").collect(Collectors.joining());
  }
}
