package dev.lanewise.runtime.operation;

import dev.lanewise.runtime.layer.Layers;
import dev.lanewise.runtime.signature.Arguments;
import dev.lanewise.runtime.spec.Initializer;
import dev.lanewise.runtime.spec.ParameterSpec;
import dev.lanewise.runtime.spec.Window;
import dev.lanewise.runtime.symbolic.Term;
import dev.lanewise.runtime.tensor.Shape;
import dev.lanewise.runtime.tensor.Taps;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** One or more small instances of every operation that a network or loss can contain: what the gradient and kernel tests go through. */
public final class SmallOperations {
  private SmallOperations() {}

  /** Layers, of odd sizes. */
  public static List<Operation> layers() {
    List<Operation> all = new ArrayList<>();
    for (int stride : new int[] {1, 2, 3}) {
      for (int padding : new int[] {0, 1, 2}) {
        all.add(new Conv(Shape.of(3, 7, 6), 5, 3, stride, padding, true));
      }
    }
    all.add(new Conv(Shape.of(1, 9, 9), 10, 5, 1, 0, true));
    all.add(new Conv(Shape.of(7, 4, 5), 2, 1, 1, 0, false));
    all.add(new Conv(Shape.of(10, 8, 8), 20, 5, 1, 0, true));
    all.addAll(convolutions());
    all.add(new Dense(7, 5, true));
    all.add(new Dense(50, 10, true));
    all.add(new Dense(33, 17, false));
    for (int[] w : new int[][] {{2, 2, 0}, {3, 2, 1}, {3, 1, 0}, {2, 3, 1}}) {
      all.add(new MaxPool(new Window(Shape.of(3, 7, 6), w[0], w[1], w[2])));
      all.add(operation("avgpool", Shape.of(3, 7, 6), Map.of("size", w[0], "stride", w[1], "pad", w[2])));
    }
    all.add(Pointwise.relu(Shape.of(3, 5)));
    all.add(Pointwise.sigmoid(Shape.of(13)));
    all.add(Pointwise.tanh(Shape.of(13)));
    all.add(new Concat(List.of(Shape.of(2, 3, 2), Shape.of(3, 3, 2), Shape.of(1, 3, 2))));
    all.add(Pointwise.mul(Shape.of(7), 3));
    all.add(Pointwise.add(Shape.of(7)));
    all.add(new LayerNorm(Shape.of(2, 3, 2), 1, 1e-5));
    all.add(new LayerNorm(Shape.of(3, 5), 3, 1e-5));
    all.add(new LayerNorm(Shape.of(35, 4), 35, 1e-5));
    all.add(new LayerNorm(Shape.of(2, 70), 2, 1e-5));
    all.add(new Softmax(7));
    all.add(new LogSoftmax(7));
    all.add(new LogSoftmax(Shape.of(3, 2, 5)));
    all.add(new LogSoftmax(Shape.of(4, 3)));
    all.add(new Reshape(Shape.of(3, 2, 2), Shape.of(12)));
    all.add(Reduce.mean(Shape.of(3, 5, 2), 3));
    all.add(Reduce.sum(Shape.of(7), 1));
    all.add(new Reduce(Shape.of(5, 3, 2), 1, 6, 1));
    all.add(new Reduce(Shape.of(2, 70, 3), 2, 3, 1.0 / 70));
    all.add(new Repeat(Shape.of(1, 3, 2), Shape.of(4, 3, 2), 1));
    all.add(new Repeat(Shape.of(3, 1, 2), Shape.of(3, 5, 2), 3));
    all.add(new Repeat(Shape.of(3), Shape.of(3, 4), 3));
    all.add(new Slice(Shape.of(5, 3, 2), 1, 4));
    all.add(new Slice(Shape.of(7), 0, 1));
    all.add(new Transpose(Shape.of(3, 5)));
    all.addAll(planes());
    all.add(grouped(Shape.of(4, 3, 2), Shape.of(2)));
    all.add(grouped(Shape.of(5), Shape.of(1)));
    all.add(new Dropout(Shape.of(11), 0.3, false));
    all.add(new Dropout(Shape.of(3, 5), 0.3, false, true));
    all.add(new Noise(Shape.of(3, 5)));
    all.add(new Embed(Shape.of(1), 6, 5));
    all.add(new Embed(Shape.of(7), 5, 19));
    all.add(new Embed(Shape.of(2, 3), 4, 1));
    all.add(new Embed(Shape.of(7), 5, 19, true));
    all.add(new EmbedDense(new Embed(Shape.of(7), 5, 19, true), new Dense(19, 11, true, 7)));
    all.add(new EmbedDense(new Embed(Shape.of(5), 37, 2, true), new Dense(2, 3, false, 5)));
    all.add(new OneHot(Shape.of(1), 6));
    all.add(new OneHot(Shape.of(5), 3));
    all.add(new LastOf(5));
    all.add(new Dropout(Shape.of(5, 3, 2), 0.5, true));
    all.addAll(attentions());
    all.addAll(atPlaces());
    return all;
  }

  /** What has a form of its own for all places of a sequence, and what goes through them one by one. */
  private static List<Operation> atPlaces() {
    List<Operation> all = new ArrayList<>();
    for (int places : new int[] {1, 2, 3, 8, 17}) {
      all.add(new Dense(7, 5, true, places));
    }
    all.add(new Dense(33, 17, false, 4));
    all.add(new Dense(400, 13, true, 3));
    all.add(new AtPlaces(new Softmax(7), 3));
    all.add(new AtPlaces(new LogSoftmax(5), 4));
    all.add(new AtPlaces(new Slice(Shape.of(7), 2, 5), 3));
    all.add(new AtPlaces(new Concat(List.of(Shape.of(2), Shape.of(3))), 5));
    return all;
  }

  /** To itself and to others, more and fewer, causal or not, of one input and of several. */
  private static List<Operation> attentions() {
    return List.of(
        Attend.apart(Shape.of(5, 6), Shape.of(3, 6), Shape.of(3, 4), 2, false, false),
        Attend.apart(Shape.of(1, 1), Shape.of(1, 1), Shape.of(1, 1), 1, true, false),
        Attend.apart(Shape.of(3, 5), Shape.of(3, 5), Shape.of(3, 2), 1, true, false),
        Attend.apart(Shape.of(11, 8), Shape.of(6, 8), Shape.of(6, 12), 2, true, false),
        Attend.apart(Shape.of(4, 4), Shape.of(9, 4), Shape.of(9, 4), 4, true, true),
        Attend.together(9, 10, 2, true, false),
        Attend.together(8, 8, 1, false, true),
        Attend.toOther(6, 7, 6, 3, false, true),
        Attend.toOther(2, 7, 6, 1, true, false));
  }

  /** Adaptive pooling, enlarging, padding, cropping, and pooling of sequences. */
  private static List<Operation> planes() {
    Shape image = Shape.of(2, 7, 5);
    Shape sequence = Shape.of(3, 11);
    return List.of(
        operation("upsample", Shape.of(2, 3, 4), Map.of("factor", 2)),
        operation("upsample", Shape.of(1, 2, 2), Map.of("factor", 3)),
        operation("upsample", Shape.of(2, 3, 4), Map.of("factor", 2, "mode", "bilinear")),
        operation("upsample", Shape.of(1, 4, 1), Map.of("factor", 3, "mode", "bilinear")),
        operation("upsample", sequence, Map.of("factor", 2)),
        operation("upsample", sequence, Map.of("factor", 4, "mode", "bilinear")),
        operation("avgpool", image, Map.of("to", 3)),
        operation("avgpool", Shape.of(2, 8, 4), Map.of("to", 4)),
        operation("avgpool", sequence, Map.of("to", 4)),
        operation("avgpool", sequence, Map.of("size", 3, "stride", 2, "pad", 1)),
        operation("maxpool", image, Map.of("to", 3)),
        operation("maxpool", image, Map.of("size", "global")),
        operation("maxpool", sequence, Map.of("to", 4)),
        operation("maxpool", sequence, Map.of("size", "global")),
        operation("maxpool", sequence, Map.of("size", 3, "stride", 2, "pad", 1)),
        operation("maxpool", sequence, Map.of("size", 2)),
        operation("pad", image, Map.of("size", 2)),
        operation("pad", sequence, Map.of("size", 1)),
        operation("crop", image, Map.of("size", 2)),
        operation("crop", sequence, Map.of("size", 3)),
        operation("reshape", sequence, Map.of("shape", List.of(11, 3, 1))),
        operation("dropout2d", sequence, Map.of()));
  }

  /** Convolutions with dilation, with groups, depthwise, and of sequences. */
  private static List<Operation> convolutions() {
    List<Operation> all = new ArrayList<>();
    all.add(new Conv(Shape.of(3, 9, 8), 5, new Taps(3, 1, 0, 2), 1, true));
    all.add(new Conv(Shape.of(2, 9, 10), 3, new Taps(3, 1, 3, 3), 1, true));
    all.add(new Conv(Shape.of(3, 9, 8), 4, new Taps(3, 2, 2, 2), 1, false));
    all.add(new Conv(Shape.of(2, 11, 9), 2, new Taps(3, 2, 1, 3), 1, true));
    all.add(new Conv(Shape.of(34, 9, 10), 6, new Taps(3, 1, 2, 2), 1, true));
    all.add(new Conv(Shape.of(4, 6, 7), 6, new Taps(3, 1, 1, 1), 2, true));
    all.add(new Conv(Shape.of(6, 7, 5), 3, new Taps(3, 2, 1, 2), 3, false));
    all.add(new Conv(Shape.of(3, 6, 6), 6, new Taps(3, 1, 1, 1), 3, true));
    all.add(new Conv(Shape.of(2, 12, 11), 2, new Taps(9, 1, 4, 1), 2, true));
    for (int[] d : new int[][] {{3, 1, 0, 1}, {3, 1, 1, 1}, {3, 2, 1, 1}, {5, 1, 2, 1}, {3, 1, 2, 2}, {2, 3, 1, 1}, {1, 2, 1, 1}, {7, 1, 3, 1}, {3, 2, 3, 2}}) {
      all.add(new Conv(Shape.of(3, 9, 13), 3, new Taps(d[0], d[1], d[2], d[3]), 3, d[0] != 5));
    }
    all.addAll(rectangular());
    all.add(new Conv(Shape.of(3, 11), 5, 3, 1, 1, true));
    all.add(new Conv(Shape.of(2, 12), 4, new Taps(4, 2, 3, 2), 1, false));
    all.add(new Conv(Shape.of(4, 13), 4, new Taps(5, 1, 2, 1), 4, true));
    all.add(new Conv(Shape.of(4, 10), 6, new Taps(3, 2, 0, 1), 2, true));
    return all;
  }

  /** What is not the same down and across. */
  private static List<Operation> rectangular() {
    return List.of(
        operation("conv", Shape.of(3, 7, 9), Map.of("channels", 5, "kernel", List.of(3, 5), "pad", "same")),
        operation("conv", Shape.of(2, 9, 8), Map.of("channels", 4, "kernel", List.of(1, 4), "stride", List.of(2, 1), "bias", false)),
        operation("conv", Shape.of(2, 9, 8), Map.of("channels", 3, "kernel", List.of(3, 2), "stride", List.of(1, 2), "pad", List.of(2, 1), "dilation", List.of(2, 3))),
        operation("conv", Shape.of(4, 8, 7), Map.of("channels", 6, "kernel", List.of(2, 3), "pad", List.of(0, 1), "groups", 2)),
        operation("conv", Shape.of(3, 8, 9), Map.of("channels", 3, "kernel", List.of(3, 5), "pad", "same", "groups", 3)),
        operation("conv", Shape.of(3, 8, 9), Map.of("channels", 3, "kernel", List.of(3, 1), "stride", List.of(2, 3), "groups", 3)),
        operation("conv", Shape.of(33, 5, 7), Map.of("channels", 34, "kernel", List.of(3, 2), "stride", List.of(1, 2), "pad", List.of(1, 0))),
        operation("maxpool", Shape.of(3, 8, 7), Map.of("size", List.of(2, 1))),
        operation("maxpool", Shape.of(2, 7, 9), Map.of("size", List.of(2, 3), "stride", List.of(1, 2), "pad", List.of(1, 0))),
        operation("maxpool", Shape.of(2, 7, 9), Map.of("to", List.of(2, 3))),
        operation("avgpool", Shape.of(3, 5, 8), Map.of("size", List.of(1, 4))),
        operation("avgpool", Shape.of(3, 5, 8), Map.of("size", List.of(3, 2), "pad", List.of(1, 0), "stride", List.of(2, 0))));
  }

  public static List<Operation> losses() {
    return List.of(
        new CrossEntropy(7), new CrossEntropy(Shape.of(2), 0.1, List.of(0.5, 2.0), -1), new CrossEntropy(Shape.of(3, 5), 0, List.of(), -1),
        new CrossEntropy(Shape.of(3, 2, 3), 0.2, List.of(0.5, 2.0, 1.5), 1));
  }

  /** Layers that are several operations. */
  public static List<Recipe> recipes() {
    return List.of(
        recipe("batchnorm", Shape.of(3, 4, 5), Map.of()),
        recipe("batchnorm", Shape.of(7), Map.of()),
        recipe("layernorm", Shape.of(5, 3), Map.of()),
        recipe("layernorm", Shape.of(4, 3, 2), Map.of("over", "channels")),
        recipe("positions", Shape.of(3, 5), Map.of()),
        recipe("sine_positions", Shape.of(5, 4), Map.of()),
        recipe("last", Shape.of(4, 3), Map.of()),
        padded("last", Shape.of(4, 3), Map.of()),
        padded("maxpool", Shape.of(2, 5), Map.of("size", "global")),
        padded("avgpool", Shape.of(3, 5), Map.of("to", 1)),
        Padding.zeroed(new Conv(Shape.of(3, 7), 2, 3, 1, 1, true), 7),
        recipe("groupnorm", Shape.of(6, 3, 2), Map.of("groups", 3)),
        recipe("groupnorm", Shape.of(6), Map.of("groups", 2)),
        recipe("avgpool", Shape.of(3, 4, 5), Map.of("size", "global")),
        recipe("avgpool", Shape.of(3, 7), Map.of("to", 1)),
        recipe("batchnorm", Shape.of(3, 7), Map.of()),
        recipe("transposed_conv", Shape.of(3, 4, 5), Map.of("channels", 2, "kernel", 3, "stride", 2, "pad", 1, "output_pad", 1)),
        recipe("transposed_conv", Shape.of(2, 4, 3), Map.of("channels", 5, "kernel", 2, "stride", 3, "bias", false)),
        recipe("transposed_conv", Shape.of(4, 5, 4), Map.of("channels", 6, "kernel", 3, "dilation", 2, "groups", 2)),
        recipe("transposed_conv", Shape.of(3, 4, 4), Map.of("channels", 3, "kernel", 3, "stride", 2, "groups", 3)),
        recipe("transposed_conv", Shape.of(3, 4, 5), Map.of("channels", 2, "kernel", List.of(2, 4), "stride", List.of(1, 2), "pad", List.of(0, 1), "output_pad", List.of(0, 1))),
        recipe("transposed_conv", Shape.of(3, 6), Map.of("channels", 2, "kernel", 4, "stride", 2, "pad", 1)),
        lifted(new Dense(5, 4, true)),
        Recurrences.lstm(3, 4, 5, false, false),
        Recurrences.lstm(5, 17, 3, true, false),
        Recurrences.lstm(2, 3, 4, false, true),
        Recurrences.gru(3, 4, 5, false),
        Recurrences.gru(2, 3, 1, true),
        Recurrences.odd(3, 4, false),
        Recurrences.odd(2, 3, true),
        lifted(bound("layernorm", Shape.of(6), Map.of())),
        lifted(recipe("groupnorm", Shape.of(6), Map.of("groups", 2))),
        product());
  }

  /** A layer at three places. */
  private static Recipe lifted(Computation of) {
    Computation three = Lift.over(of instanceof Dense d ? new Dense(d.in(), d.out(), true) : of, 3);
    return three instanceof Recipe recipe ? recipe : single((Operation) three);
  }

  private static Recipe single(Operation operation) {
    Recipe.Builder builder = new Recipe.Builder(operation.name());
    List<Integer> read = new ArrayList<>();
    int data = operation.inputs().size() - operation.parameters().size();
    operation.inputs().subList(0, data).forEach(t -> read.add(builder.input(t)));
    operation.parameters().forEach(p -> read.add(builder.parameter(p)));
    return builder.build(builder.step("only", operation, read.toArray(Integer[]::new)));
  }

  /** x W + b, with W [in, out]. */
  private static Recipe product() {
    Recipe.Builder r = new Recipe.Builder("product");
    int x = r.input(Shape.of(4));
    int w = r.parameter(ParameterSpec.of("W", Shape.of(4, 3), new Initializer.Normal(0.5)));
    int b = r.parameter(ParameterSpec.of("b", Shape.of(3), new Initializer.Uniform(0.5)));
    int y = r.step("product", new Dense.InputGradient(new Dense(3, 4, false)), x, w);
    int bias = r.step("b", new Spread(Shape.of(3)), b);
    return r.build(r.formula("sum", Shape.of(3), Term.variable("a").plus(Term.variable("b")), y, bias));
  }

  /** What a layer does where some places are padding. */
  private static Recipe padded(String name, Shape in, Map<String, Object> arguments) {
    Layer layer = Layers.named(name).orElseThrow();
    return (Recipe) ((PaddingAware) layer.bind(Arguments.of(layer.signature(), arguments), in)).padded();
  }

  private static Recipe recipe(String name, Shape in, Map<String, Object> arguments) {
    return (Recipe) bound(name, in, arguments);
  }

  private static Operation operation(String name, Shape in, Map<String, Object> arguments) {
    return (Operation) bound(name, in, arguments);
  }

  private static Computation bound(String name, Shape in, Map<String, Object> arguments) {
    Layer layer = Layers.named(name).orElseThrow();
    return PaddingAware.plain(layer.bind(Arguments.of(layer.signature(), arguments), in));
  }

  /** a b + a, where b has a number for each group. */
  private static Pointwise grouped(Shape shape, Shape groups) {
    Term a = Term.variable("a");
    return new Pointwise(
        "grouped", shape, List.of(new Pointwise.Argument("a", shape), new Pointwise.Argument("b", groups)),
        a.times(Term.variable("b")).plus(a));
  }

  public static Stream<Operation> all() {
    return Stream.concat(layers().stream(), losses().stream());
  }
}
