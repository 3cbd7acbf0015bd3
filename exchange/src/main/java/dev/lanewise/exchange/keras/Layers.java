package dev.lanewise.exchange.keras;

import ai.onnx.proto.OnnxMl.AttributeProto;
import dev.lanewise.exchange.draft.Fixed;
import dev.lanewise.exchange.draft.RefusedException;
import dev.lanewise.exchange.keras.Sketch.Value;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** What each kind of layer is. */
final class Layers {
  /** What only training does, but dropout. */
  private static final Set<String> TRAINING = Set.of(
      "ActivityRegularization", "GaussianNoise", "GaussianDropout", "AlphaDropout", "RandomFlip", "RandomRotation", "RandomZoom", "RandomTranslation", "RandomContrast", "RandomBrightness", "RandomCrop");

  private final Sketch sketch;
  private final Stored stored;
  private final Activations activations;
  private final Windows windows;
  private final Memories memories;
  private final Map<String, String> kinds = new HashMap<>();
  private final Map<String, String> reasons = new HashMap<>();
  private final Set<String> notes = new LinkedHashSet<>();

  /** @param early whether Keras 2 has written them */
  Layers(Sketch sketch, Stored stored, boolean early) {
    this.sketch = sketch;
    this.stored = stored;
    this.activations = new Activations(sketch, early);
    this.windows = new Windows(sketch, activations, new HashMap<>());
    this.memories = new Memories(sketch);
  }

  /** Kinds of layers by their names. */
  Map<String, String> kinds() {
    return kinds;
  }

  /** Why layers have no counterpart, by their names. */
  Map<String, String> reasons() {
    return reasons;
  }

  Set<String> notes() {
    return notes;
  }

  void note(String text) {
    notes.add(text);
  }

  /** {@code MaxPooling2D} is {@code max_pooling2d}, as Keras has it. */
  static String snake(String kind) {
    return kind.replaceAll("\\W+", "").replaceAll("(.)([A-Z][a-z]+)", "$1_$2").replaceAll("([a-z])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
  }

  /** A layer that is being read. */
  record Layer(String kind, Config config, Config given, Place place, List<Value> in, Stored stored) {
    Value x() {
      return in.getFirst();
    }

    /** What a parameter is called; without a dot if nobody has given the layer a name. */
    String parameter(String name) {
      boolean chosen = !place.name().matches(snake(kind) + "(_[0-9]+)?");
      String whole = place.label() + "." + name;
      return chosen ? whole : whole.replace('.', '/');
    }

    Fixed read(int number, String... names) throws IOException {
      return read(List.of(), number, names);
    }

    Fixed read(List<String[]> parts, int number, String... names) throws IOException {
      return stored.read(place, parts, number, names);
    }

    boolean isChannelsFirst() {
      return config.text("data_format", "channels_last").equals("channels_first");
    }

    /** An axis, counted from the first. @param fallback if the file does not say it */
    int axis(String name, int fallback) {
      List<Long> said = config.flat(name);
      config.expect(said.size() < 2, "it works along several axes");
      long axis = said.isEmpty() ? fallback : said.getFirst();
      config.expect(axis >= -x().rank() && axis < x().rank(), "there is no axis " + axis);
      return (int) (axis < 0 ? axis + x().rank() : axis);
    }
  }

  /** @param given what the layer is given by names */
  Value of(Config layer, Place place, List<Value> in, Config given) throws IOException {
    String kind = layer.text("class_name", "?");
    String name = String.join("/", place.names());
    kinds.put(name, kind);
    sketch.within(name);
    try {
      return made(new Layer(kind, layer.config("config"), given, place, in, stored));
    } catch (RefusedException e) {
      reasons.put(name, e.getMessage());
      return sketch.refused(kind, in.getFirst().rank());
    }
  }

  private Value made(Layer l) throws IOException {
    if (TRAINING.contains(l.kind())) {
      note("`" + l.place().name() + "` (" + l.kind() + ") works in training alone, and is left out");
      return l.x();
    }
    return switch (l.kind()) {
      case "Dense" -> dense(l);
      case "Conv1D", "Conv2D" -> windows.conv(l);
      case "DepthwiseConv1D", "DepthwiseConv2D" -> windows.depthwise(l);
      case "SeparableConv1D", "SeparableConv2D" -> windows.separable(l);
      case "Conv1DTranspose", "Conv2DTranspose" -> windows.transposed(l);
      case "MaxPooling1D", "MaxPooling2D" -> windows.pool(l, "MaxPool");
      case "AveragePooling1D", "AveragePooling2D" -> windows.pool(l, "AveragePool");
      case "GlobalMaxPooling1D", "GlobalMaxPooling2D" -> windows.global(l, "ReduceMax");
      case "GlobalAveragePooling1D", "GlobalAveragePooling2D" -> windows.global(l, "ReduceMean");
      case "ZeroPadding1D", "ZeroPadding2D" -> windows.padded(l, "padding", 1);
      case "Cropping1D", "Cropping2D" -> windows.padded(l, "cropping", -1);
      case "UpSampling1D", "UpSampling2D" -> windows.upsampled(l);
      case "BatchNormalization" -> batchNormalization(l);
      case "LayerNormalization" -> layerNormalization(l);
      case "GroupNormalization" -> groupNormalization(l);
      case "Normalization" -> normalization(l);
      case "Rescaling" -> rescaling(l);
      case "Activation" -> activations.of(l.x(), l.config().get("activation"));
      case "ReLU", "LeakyReLU", "ELU", "Softmax", "ThresholdedReLU" -> activations.layer(l);
      case "PReLU" -> parametric(l);
      case "Dropout", "SpatialDropout1D", "SpatialDropout2D" -> dropout(l);
      case "Flatten" -> sketch.reshaped(l.isChannelsFirst() ? sketch.channelsLast(l.x()) : l.x(), 0, -1);
      case "Reshape" -> sketch.reshaped(l.x(), LongStream.concat(LongStream.of(0), l.config().flat("target_shape").stream().mapToLong(d -> d)).toArray());
      case "Permute" -> sketch.transposed(l.x(), IntStream.concat(IntStream.of(0), l.config().flat("dims").stream().mapToInt(Math::toIntExact)).toArray());
      case "RepeatVector" -> repeated(l);
      case "Embedding" -> embedding(l);
      case "LSTM", "GRU", "SimpleRNN" -> memories.of(l);
      case "Bidirectional" -> memories.both(l);
      case "Add" -> together(l, "Sum");
      case "Average" -> together(l, "Mean");
      case "Maximum" -> together(l, "Max");
      case "Minimum" -> together(l, "Min");
      case "Multiply" -> pairs(l, "Mul");
      case "Subtract" -> pairs(l, "Sub");
      case "Concatenate" -> concatenated(l);
      case "MultiHeadAttention" -> new Heads(sketch).of(l);
      case "InputLayer", "Identity" -> l.x();
      case "TimeDistributed" -> everywhere(l);
      case "Masking" -> throw new RefusedException("the language hides nothing by the values that are there; `padded` data has lengths");
      case "TextVectorization", "StringLookup", "IntegerLookup", "Hashing", "CategoryEncoding", "Discretization" -> throw new RefusedException("it reads texts or categories; here data does that: save the model behind it");
      case "Lambda" -> throw new RefusedException("it is Python's code, which is not run");
      case "TFOpLambda", "SlicingOpLambda", "TensorFlowOpLayer" -> throw new RefusedException("it is an operation of TensorFlow by itself, not a layer");
      default -> throw new RefusedException("the language has no counterpart, or it is a class of one's own");
    };
  }

  /** In a file a layer may stand within another: with the same numbers. */
  private Value everywhere(Layer l) throws IOException {
    Config inner = l.config().config("layer");
    l.config().expect(inner.text("class_name", "").equals("Dense"), "at every place the language has a dense layer, not a " + inner.text("class_name", "?"));
    return dense(l, inner.config("config"), List.<String[]>of(new String[] {"layer", ""}));
  }

  private Value dense(Layer l) throws IOException {
    return dense(l, l.config(), List.of());
  }

  private Value dense(Layer l, Config config, List<String[]> parts) throws IOException {
    Fixed kernel = l.read(parts, 0, "kernel");
    List<String> in = new ArrayList<>(List.of(l.x().name(), sketch.fixed(l.parameter("weight"), kernel)));
    if (config.flag("use_bias", true)) {
      in.add(sketch.fixed(l.parameter("bias"), l.read(parts, 1, "bias")));
    }
    if (l.x().rank() == 2) {
      return activations.of(sketch.node("Gemm", 2, in), config.get("activation"));
    }
    Value product = sketch.node("MatMul", l.x().rank(), in.subList(0, 2));
    return activations.of(in.size() == 2 ? product : sketch.node("Add", l.x().rank(), List.of(product.name(), in.getLast())), config.get("activation"));
  }

  private Value batchNormalization(Layer l) throws IOException {
    int axis = l.axis("axis", -1);
    boolean last = axis == l.x().rank() - 1 && l.x().rank() > 2;
    l.config().expect(last || axis == 1, "it works along axis " + axis + ", not along channels");
    int number = 0;
    boolean scale = l.config().flag("scale", true), center = l.config().flag("center", true);
    Fixed gamma = scale ? l.read(number++, "gamma") : null, beta = center ? l.read(number++, "beta") : null;
    Fixed mean = l.read(number++, "moving_mean"), variance = l.read(number, "moving_variance");
    float[] ones = new float[mean.size()];
    Arrays.fill(ones, 1);
    Value x = last ? sketch.channelsFirst(l.x()) : l.x();
    Value made = sketch.node(
        "BatchNormalization", x.rank(),
        List.of(
            x.name(), sketch.fixed(l.parameter("weight"), gamma != null ? gamma : Fixed.of(mean.dims(), ones)), sketch.fixed(l.parameter("bias"), beta != null ? beta : Fixed.of(mean.dims(), new float[mean.size()])),
            sketch.fixed(l.parameter("running_mean"), mean), sketch.fixed(l.parameter("running_var"), variance)),
        Sketch.number("epsilon", l.config().number("epsilon", 1e-3)));
    return last ? sketch.channelsLast(made) : made;
  }

  private Value layerNormalization(Layer l) throws IOException {
    l.config().expect(!l.config().flag("rms_scaling", false), "it divides without taking off the mean (rms_scaling)");
    List<Long> axes = l.config().flat("axis").stream().map(a -> a < 0 ? a + l.x().rank() : a).sorted().toList();
    int first = axes.isEmpty() ? l.x().rank() - 1 : Math.toIntExact(axes.getFirst());
    l.config().expect(axes.isEmpty() || axes.getLast() == l.x().rank() - 1 && axes.size() == l.x().rank() - first, "it works along axes " + axes + ", which are not the last ones");
    boolean scale = l.config().flag("scale", true), center = l.config().flag("center", true);
    l.config().expect(scale || center, "it has neither scale nor shift");
    int number = 0;
    Fixed gamma = scale ? l.read(number++, "gamma") : null, beta = center ? l.read(number, "beta") : null;
    Fixed like = gamma != null ? gamma : beta;
    float[] ones = new float[like.size()];
    Arrays.fill(ones, 1);
    return sketch.node(
        "LayerNormalization", l.x().rank(),
        List.of(
            l.x().name(), sketch.fixed(l.parameter("weight"), gamma != null ? gamma : Fixed.of(like.dims(), ones)), sketch.fixed(l.parameter("bias"), beta != null ? beta : Fixed.of(like.dims(), new float[like.size()]))),
        Sketch.whole("axis", first), Sketch.number("epsilon", l.config().number("epsilon", 1e-3)));
  }

  private Value groupNormalization(Layer l) throws IOException {
    l.config().expect(l.axis("axis", -1) == l.x().rank() - 1 && l.x().rank() > 2, "it works along an axis that is not the channels");
    Fixed gamma = l.read(0, "gamma"), beta = l.read(1, "beta");
    long groups = l.config().whole("groups", 32);
    Value x = sketch.channelsFirst(l.x());
    Value made = sketch.node(
        "GroupNormalization", x.rank(), List.of(x.name(), sketch.fixed(l.parameter("weight"), gamma), sketch.fixed(l.parameter("bias"), beta)),
        Sketch.whole("num_groups", groups == -1 ? gamma.size() : groups), Sketch.number("epsilon", l.config().number("epsilon", 1e-3)));
    return sketch.channelsLast(made);
  }

  /** To the scale that data had: constants of the script. */
  private Value normalization(Layer l) throws IOException {
    l.config().expect(!l.config().flag("invert", false), "it turns its scale round (invert)");
    Fixed mean = l.config().has("mean") ? known(l.config().get("mean")) : l.read(0, "mean");
    Fixed variance = l.config().has("variance") ? known(l.config().get("variance")) : l.read(1, "variance");
    float[] factor = new float[variance.size()];
    for (int i = 0; i < factor.length; i++) {
      factor[i] = (float) Math.max(Math.sqrt(variance.at(i)), 1e-7);
    }
    int axis = l.config().flat("axis").isEmpty() ? -1 : l.axis("axis", -1);
    l.config().expect(mean.size() == 1 || axis == l.x().rank() - 1, "it works along an axis that is not the last");
    Value from = sketch.node("Sub", l.x().rank(), List.of(l.x().name(), numbers(mean)));
    return sketch.node("Div", l.x().rank(), List.of(from.name(), numbers(Fixed.of(variance.dims(), factor))));
  }

  private String numbers(Fixed values) {
    return values.size() == 1 ? sketch.number(values.at(0)) : sketch.numbers(values.shaped(values.size()));
  }

  private static Fixed known(Object value) {
    if (value instanceof Number n) {
      return Fixed.of(new int[] {1}, n.floatValue());
    }
    List<Float> all = new ArrayList<>();
    collect(value, all);
    float[] made = new float[all.size()];
    for (int i = 0; i < made.length; i++) {
      made[i] = all.get(i);
    }
    return Fixed.of(new int[] {made.length}, made);
  }

  private static void collect(Object value, List<Float> all) {
    if (value instanceof Number n) {
      all.add(n.floatValue());
    } else if (value instanceof List<?> list) {
      list.forEach(v -> collect(v, all));
    } else if (value instanceof Map<?, ?> map) {
      collect(Config.of(map).config("config").get("value"), all);
    }
  }

  private Value rescaling(Layer l) {
    Fixed scale = known(l.config().get("scale")), offset = known(l.config().has("offset") ? l.config().get("offset") : Long.valueOf(0));
    l.config().expect(scale.size() > 0 && offset.size() > 0, "it says no scale");
    Value scaled = sketch.node("Mul", l.x().rank(), List.of(l.x().name(), numbers(scale)));
    return offset.isAll(0) ? scaled : sketch.node("Add", l.x().rank(), List.of(scaled.name(), numbers(offset)));
  }

  private Value parametric(Layer l) throws IOException {
    return sketch.node("PRelu", l.x().rank(), List.of(l.x().name(), sketch.fixed(l.parameter("weight"), l.read(0, "alpha"))));
  }

  private Value dropout(Layer l) {
    double rate = l.config().number("rate", 0);
    if (!l.kind().equals("Dropout")) {
      note("`" + l.place().name() + "` (" + l.kind() + ") drops whole channels; here it is a `dropout` of single values, which matters in training alone");
    }
    return rate > 0 ? sketch.node("Dropout", l.x().rank(), List.of(l.x().name(), sketch.number(rate))) : l.x();
  }

  private Value repeated(Layer l) {
    Value x = sketch.node("Unsqueeze", 3, List.of(l.x().name(), sketch.list(1)));
    return sketch.node("Expand", 3, List.of(x.name(), sketch.list(1, l.config().whole("n", 1), 1)));
  }

  private Value embedding(Layer l) throws IOException {
    l.config().expect(!l.config().flag("mask_zero", false), "later layers pass over its zeros (mask_zero), which the language does not");
    return sketch.node("Gather", l.x().rank() + 1, List.of(sketch.fixed(l.parameter("weight"), l.read(0, "embeddings")), l.x().name()));
  }

  private Value together(Layer l, String operator) {
    l.config().expect(l.in().size() > 1, "it computes with a number that is not a layer's");
    return sketch.node(operator, rank(l), l.in().stream().map(Value::name).toList());
  }

  private Value pairs(Layer l, String operator) {
    l.config().expect(l.in().size() > 1, "it computes with a number that is not a layer's");
    Value made = l.x();
    for (Value next : l.in().subList(1, l.in().size())) {
      made = sketch.node(operator, rank(l), List.of(made.name(), next.name()));
    }
    return made;
  }

  private static int rank(Layer l) {
    return l.in().stream().mapToInt(Value::rank).max().orElseThrow();
  }

  private Value concatenated(Layer l) {
    AttributeProto axis = Sketch.whole("axis", l.axis("axis", -1));
    return l.in().size() == 1 ? l.x() : sketch.node("Concat", l.x().rank(), l.in().stream().map(Value::name).toList(), axis);
  }
}
