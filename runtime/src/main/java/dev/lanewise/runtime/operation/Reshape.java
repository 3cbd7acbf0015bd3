package dev.lanewise.runtime.operation;

import static dev.lanewise.runtime.signature.Argument.required;

import dev.lanewise.runtime.signature.Argument;
import dev.lanewise.runtime.signature.Arguments;
import dev.lanewise.runtime.signature.Signature;
import dev.lanewise.runtime.spec.Draw;
import dev.lanewise.runtime.spec.ShapeException;
import dev.lanewise.runtime.spec.ShapeException.Problem;
import dev.lanewise.runtime.spec.Type;
import dev.lanewise.runtime.spec.Value;
import dev.lanewise.runtime.tensor.Shape;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The same values under another shape: {@code flatten} turns 20x4x4 into 320. It costs nothing: the plan lets both share their memory. */
public record Reshape(Shape from, Shape to) implements Operation {
  public static final Layer FLATTEN =
      new Layer(
          Signature.of("flatten", "channels x height x width as one vector of features"),
          (arguments, in) -> new Reshape(in, in.flat()));

  public static final Layer LAYER =
      new Layer(
          Signature.of(
              "reshape", "the same values under another shape",
              required("shape", Argument.Type.SHAPE, "channels x height x width, channels x length, or features")),
          Reshape::bind);

  private static Reshape bind(Arguments arguments, Shape in) {
    List<Integer> dims = arguments.dims("shape");
    String shape = dims.stream().map(String::valueOf).collect(Collectors.joining("x"));
    double size = dims.stream().mapToDouble(d -> d).reduce(1, (a, b) -> a * b);
    if (dims.isEmpty() || size != in.size()) {
      throw new ShapeException(
          Problem.BAD_ARGUMENT,
          String.format(
              Locale.ROOT, "reshape(%s) has %,.0f values, but its input %s has %,d", shape, size, in, in.size()),
          "the product of the dimensions must be " + in.size());
    }
    return new Reshape(in, new Shape(dims));
  }

  public Reshape {
    if (from.size() != to.size()) {
      throw new IllegalArgumentException("reshape: " + from + " and " + to + " differ in size");
    }
  }

  @Override
  public String name() {
    return to.isFlat() ? "flatten" : "reshape";
  }

  @Override
  public List<Type> inputs() {
    return List.of(Type.example(from));
  }

  @Override
  public List<Type> outputs() {
    return List.of(Type.example(to));
  }

  @Override
  public void evaluate(Draw draw, double[][] in, double[][] out) {
    for (int i = 0; i < from.size(); i++) {
      out[0][i] += in[0][i];
    }
  }

  @Override
  public List<Integer> overwrites() {
    return List.of(0);
  }

  @Override
  public List<Value> gradient(Emitter emitter, List<Value> in, List<Value> out, Value dOut, boolean[] needed) {
    return Operation.gradients(emitter.emit("d" + in.getFirst().name(), new Reshape(to, from), dOut));
  }
}
