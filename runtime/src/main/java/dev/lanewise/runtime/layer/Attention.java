package dev.lanewise.runtime.layer;

import static dev.lanewise.runtime.signature.Argument.optional;
import static dev.lanewise.runtime.signature.Argument.required;

import dev.lanewise.runtime.operation.Attend;
import dev.lanewise.runtime.operation.Computation;
import dev.lanewise.runtime.operation.Dense;
import dev.lanewise.runtime.operation.Excerpt;
import dev.lanewise.runtime.operation.Layer;
import dev.lanewise.runtime.operation.Padding;
import dev.lanewise.runtime.operation.PaddingAware;
import dev.lanewise.runtime.operation.Recipe;
import dev.lanewise.runtime.operation.Transpose;
import dev.lanewise.runtime.signature.Argument;
import dev.lanewise.runtime.signature.Arguments;
import dev.lanewise.runtime.signature.Signature;
import dev.lanewise.runtime.spec.Checks;
import dev.lanewise.runtime.spec.Initialization;
import dev.lanewise.runtime.spec.Initialization.Kind;
import dev.lanewise.runtime.spec.Initializer;
import dev.lanewise.runtime.spec.ParameterSpec;
import dev.lanewise.runtime.spec.ShapeException;
import dev.lanewise.runtime.spec.ShapeException.Problem;
import dev.lanewise.runtime.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Every place of a sequence looks at all others, or at those of another sequence, and takes from them: {@link Attend} between two products, with the
 * parameters of PyTorch's MultiheadAttention, which begin as its do. {@code C x L} stays {@code C x L}.
 *
 * <p>Parameters: in_proj_weight [3C, C], the rows of queries, keys and values, and in_proj_bias [3C]; out_proj.weight [C, C], out_proj.bias [C]. From another
 * sequence of other channels: q_proj_weight [C, C], k_proj_weight and v_proj_weight [C, others] in place of the first.
 */
public final class Attention {
  static final Layer LAYER =
      new Layer(
          Signature.of(
              "attention",
              "every place looks at all others, and takes from those that matter to it",
              required("heads", Argument.Type.INTEGER, "parts of the channels that look by themselves; it divides them"),
              optional("causal", Argument.Type.FLAG, false, "whether a place sees itself and those before it alone"),
              optional("from", Argument.Type.VALUE, "", "another sequence that is looked at, by its label"),
              optional("bias", Argument.Type.FLAG, true, "whether the products have biases")),
          Attention::bind);

  private static final String NAME = "attention";

  private Attention() {}

  private static Computation bind(Arguments arguments, Shape in) {
    int heads = arguments.integer("heads");
    String call = NAME + "(" + heads + ")";
    Shape other = arguments.values().get("from") instanceof Shape from ? from : in;
    Checks.sequence(call, in);
    Checks.sequence(call, other);
    divide(call, heads, in.channels());
    Checks.storable(call, 3.0 * in.channels() * Math.max(in.channels(), other.channels()));
    Checks.affordable(call, (double) heads * in.dim(1) * other.dim(1));
    boolean causal = arguments.flag("causal"), bias = arguments.flag("bias");
    return arguments.values().get("from") instanceof Shape
        ? new PaddingAware(new From(in, other, heads, causal, bias, false).recipe(), 1, new From(in, other, heads, causal, bias, true).recipe())
        : new PaddingAware(toItself(in, heads, causal, bias, false), 0, toItself(in, heads, causal, bias, true));
  }

  /**
   * What attention asks of its queries, keys and values.
   *
   * @throws ShapeException if they are no sequences, or heads do not divide their channels
   */
  public static void check(String call, int heads, Shape q, Shape k, Shape v) {
    for (Shape shape : List.of(q, k, v)) {
      Checks.sequence(call, shape);
    }
    divide(call, heads, q.channels());
    divide(call, heads, v.channels());
    if (k.channels() != q.channels() || k.dim(1) != v.dim(1)) {
      throw new ShapeException(
          Problem.BRANCHES, call + " needs keys with the channels of the queries and the places of the values, but gets " + q + ", " + k + " and " + v, "");
    }
  }

  private static void divide(String call, int heads, int channels) {
    if (heads < 1 || channels % heads != 0) {
      throw new ShapeException(
          Problem.HEADS, call + ": " + channels + " channels cannot be cut into " + heads + " equal heads",
          "use a number that divides " + channels + ": " + divisors(channels));
    }
  }

  private static String divisors(int channels) {
    return IntStream.rangeClosed(1, channels).filter(n -> channels % n == 0).limit(12).mapToObj(Integer::toString).collect(Collectors.joining(", "));
  }

  /** One product makes queries, keys and values. @param padded whether the tokens stand behind, so that nobody looks at padding */
  private static Recipe toItself(Shape in, int heads, boolean causal, boolean bias, boolean padded) {
    int channels = in.channels(), length = in.dim(1);
    Recipe.Builder r = new Recipe.Builder(NAME);
    int x = r.input(in);
    int tokens = padded ? r.input(Shape.of(length)) : -1;
    Weights w = Weights.of(r, channels, bias);
    int turned = r.step("in", new Transpose(in), x);
    int qkv = w.product(r, "qkv", new Dense(channels, 3 * channels, bias, length), turned, w.weight, w.bias);
    int y = attended(r, Attend.together(length, channels, heads, causal, padded), tokens, qkv);
    return w.end(r, y, channels, length);
  }

  private static int attended(Recipe.Builder r, Attend attend, int tokens, Integer... read) {
    List<Integer> all = new ArrayList<>(List.of(read));
    if (attend.masked()) {
      all.add(Padding.mask(r, tokens));
    }
    return r.step("attend", attend, all.toArray(Integer[]::new));
  }

  /** The numbers of the parameters that all have; those of biases are -1 where there are none. */
  private record Weights(int weight, int bias, int outWeight, int outBias) {
    static Weights of(Recipe.Builder r, int channels, boolean biased) {
      int weight = r.parameter(xavier("in_proj_weight", Shape.of(3 * channels, channels)).stacked(3));
      int bias = biased ? r.parameter(zeros("in_proj_bias", 3 * channels)) : -1;
      return behind(r, weight, bias, channels, biased);
    }

    static Weights behind(Recipe.Builder r, int weight, int bias, int channels, boolean biased) {
      int outWeight = r.parameter(ParameterSpec.fanIn("out_proj.weight", channels, Shape.of(channels, channels)));
      return new Weights(weight, bias, outWeight, biased ? r.parameter(zeros("out_proj.bias", channels)) : -1);
    }

    int product(Recipe.Builder r, String name, Dense dense, int x, int by, int added) {
      return dense.bias() ? r.step(name, dense, x, by, added) : r.step(name, dense, x, by);
    }

    Recipe end(Recipe.Builder r, int y, int channels, int length) {
      int out = product(r, "out", new Dense(channels, channels, outBias >= 0, length), y, outWeight, outBias);
      return r.build(r.step("turned", new Transpose(Shape.of(length, channels)), out));
    }
  }

  private static ParameterSpec xavier(String name, Shape shape) {
    return ParameterSpec.of(name, shape, new Initialization(Kind.XAVIER_UNIFORM, 1).of(shape));
  }

  private static ParameterSpec zeros(String name, int size) {
    return ParameterSpec.of(name, Shape.of(size), new Initializer.Constant(0));
  }

  /** Queries of the one sequence, keys and values of another. */
  private record From(Shape in, Shape other, int heads, boolean causal, boolean bias, boolean padded) {
    Recipe recipe() {
      return in.channels() == other.channels() ? alike() : different();
    }

    private Recipe alike() {
      int channels = in.channels(), length = in.dim(1), others = other.dim(1);
      Recipe.Builder r = new Recipe.Builder(NAME);
      int x = r.input(in), m = r.input(other), tokens = padded ? r.input(Shape.of(others)) : -1;
      Weights w = Weights.of(r, channels, bias);
      int turned = r.step("in", new Transpose(in), x), memory = r.step("from", new Transpose(other), m);
      int q = w.product(r, "q", new Dense(channels, channels, bias, length), turned,
          rows(r, w.weight, 0, channels), bias ? rows(r, w.bias, 0, channels) : -1);
      int kv = w.product(r, "kv", new Dense(channels, 2 * channels, bias, others), memory,
          rows(r, w.weight, channels, 3 * channels), bias ? rows(r, w.bias, channels, 3 * channels) : -1);
      int y = attended(r, Attend.toOther(length, others, channels, heads, causal, padded), tokens, q, kv);
      return w.end(r, y, channels, length);
    }

    private Recipe different() {
      int channels = in.channels(), length = in.dim(1), others = other.dim(1), given = other.channels();
      Recipe.Builder r = new Recipe.Builder(NAME);
      int x = r.input(in), m = r.input(other), tokens = padded ? r.input(Shape.of(others)) : -1;
      int queries = r.parameter(xavier("q_proj_weight", Shape.of(channels, channels)));
      int keys = r.parameter(xavier("k_proj_weight", Shape.of(channels, given)));
      int values = r.parameter(xavier("v_proj_weight", Shape.of(channels, given)));
      int biases = bias ? r.parameter(zeros("in_proj_bias", 3 * channels)) : -1;
      Weights w = Weights.behind(r, -1, biases, channels, bias);
      int turned = r.step("in", new Transpose(in), x), memory = r.step("from", new Transpose(other), m);
      int q = w.product(r, "q", new Dense(channels, channels, bias, length), turned, queries, part(r, biases, 0, channels));
      int k = w.product(r, "k", new Dense(given, channels, bias, others), memory, keys, part(r, biases, 1, channels));
      int v = w.product(r, "v", new Dense(given, channels, bias, others), memory, values, part(r, biases, 2, channels));
      Shape turnedOther = Shape.of(others, channels);
      int y = attended(r, Attend.apart(Shape.of(length, channels), turnedOther, turnedOther, heads, causal, padded), tokens, q, k, v);
      return w.end(r, y, channels, length);
    }

    private static int part(Recipe.Builder r, int biases, int index, int channels) {
      return biases < 0 ? -1 : rows(r, biases, index * channels, (index + 1) * channels);
    }

    private static int rows(Recipe.Builder r, int parameter, int from, int to) {
      return r.step("rows" + r.size(), new Excerpt(r.shape(parameter), from, to), parameter);
    }
  }
}
