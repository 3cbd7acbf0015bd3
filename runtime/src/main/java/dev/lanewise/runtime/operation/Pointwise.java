package dev.lanewise.runtime.operation;

import dev.lanewise.runtime.signature.Signature;
import dev.lanewise.runtime.spec.Draw;
import dev.lanewise.runtime.spec.Type;
import dev.lanewise.runtime.spec.Value;
import dev.lanewise.runtime.symbolic.Derivative;
import dev.lanewise.runtime.symbolic.Term;
import dev.lanewise.runtime.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.stream.IntStream;

/**
 * A formula of every element by itself: y = f(a, b, …). Its gradient is derived from the formula; its kernel is
 * generated from it, and chains of such operations become one, see {@code plan.PointwiseFusion}.
 *
 * @param arguments in the order of the inputs; one of fewer numbers has one for each channel, or a single one for all, or one
 *     for each group of channels: it counts for all that lie in its group
 */
public record Pointwise(String name, Shape shape, List<Argument> arguments, Term formula) implements Operation {
  private static final Term X = Term.variable("x");

  /** The rectifier. */
  public static final Term RELU = X.relu();

  public static final Layer RELU_LAYER = layer("relu", "max(x, 0), elementwise", RELU);
  public static final Layer SIGMOID_LAYER = layer("sigmoid", "1 / (1 + e^-x), elementwise", X.sigmoid());
  public static final Layer TANH_LAYER = layer("tanh", "(e^x - e^-x) / (e^x + e^-x), elementwise", X.tanh());

  /** An input, by the name that the formula has for it. */
  public record Argument(String name, Shape shape) {}

  public Pointwise {
    arguments = List.copyOf(arguments);
    List<Integer> sizes = arguments.stream().map(a -> a.shape.size()).filter(s -> s != shape.size()).distinct().toList();
    if (sizes.size() > 1 || !sizes.isEmpty() && shape.size() % sizes.getFirst() != 0) {
      throw new IllegalArgumentException(name + ": groups of " + sizes + " do not fit " + shape);
    }
  }

  private static Layer layer(String name, String help, Term formula) {
    return new Layer(Signature.of(name, help), (_, in) -> of(name, in, formula));
  }

  /** A function of one input, x in the formula. */
  public static Pointwise of(String name, Shape shape, Term formula) {
    return new Pointwise(name, shape, List.of(new Argument("x", shape)), formula);
  }

  public static Pointwise relu(Shape shape) {
    return of("relu", shape, RELU);
  }

  public static Pointwise sigmoid(Shape shape) {
    return of("sigmoid", shape, X.sigmoid());
  }

  public static Pointwise tanh(Shape shape) {
    return of("tanh", shape, X.tanh());
  }

  /** The sum of two values, which also collects the gradients of a value that is used twice. */
  public static Pointwise add(Shape shape) {
    return add(shape, 2);
  }

  /** The sum of some values of one shape. */
  public static Pointwise add(Shape shape, int values) {
    return joined("add", shape, values, Term::plus);
  }

  /** Their product. */
  public static Pointwise mul(Shape shape, int values) {
    return joined("mul", shape, values, Term::times);
  }

  private static Pointwise joined(String name, Shape shape, int values, BinaryOperator<Term> join) {
    List<Argument> arguments = names(values).stream().map(n -> new Argument(n, shape)).toList();
    Term formula = arguments.stream().map(a -> Term.variable(a.name)).reduce(join).orElseThrow();
    return new Pointwise(name, shape, arguments, formula);
  }

  /** What a formula calls so many values: x1, x2 … */
  public static List<String> names(int values) {
    return IntStream.rangeClosed(1, values).mapToObj(i -> "x" + i).toList();
  }

  /** The same with names that say nothing: two of them are equal if they compute the same of what they read. */
  public Pointwise nameless() {
    List<Argument> own = new ArrayList<>();
    Term now = formula;
    for (int i = 0; i < arguments.size(); i++) {
      now = now.replace(Term.variable(arguments.get(i).name), Term.variable("%" + i));
      own.add(new Argument("%" + i, arguments.get(i).shape));
    }
    return new Pointwise("", shape, own, now);
  }

  /** Whether something is the rectifier. */
  public static boolean isRelu(Computation computation) {
    return computation instanceof Pointwise p && p.formula.equals(RELU);
  }

  /** Whether an input has one number for each group, not for each element. */
  public boolean isPerGroup(Argument argument) {
    return argument.shape.size() != shape.size();
  }

  /** How many groups the elements have, if an input has one number for each; else 0. */
  public int groups() {
    return arguments.stream().filter(this::isPerGroup).mapToInt(a -> a.shape.size()).findFirst().orElse(0);
  }

  @Override
  public List<Type> inputs() {
    return arguments.stream().map(a -> Type.example(a.shape)).toList();
  }

  @Override
  public List<Type> outputs() {
    return List.of(Type.example(shape));
  }

  @Override
  public void evaluate(Draw draw, double[][] in, double[][] out) {
    for (int i = 0; i < shape.size(); i++) {
      int element = i;
      out[0][i] += formula.evaluate(name -> {
        int input = input(name);
        return in[input][element / (shape.size() / in[input].length)];
      });
    }
  }

  private int input(String name) {
    for (int i = 0; i < arguments.size(); i++) {
      if (arguments.get(i).name.equals(name)) {
        return i;
      }
    }
    throw new IllegalArgumentException(this.name + ": its formula reads " + name + ", which is no input");
  }

  @Override
  public List<Integer> overwrites() {
    return IntStream.range(0, arguments.size()).filter(i -> !isPerGroup(arguments.get(i))).boxed().toList();
  }

  @Override
  public List<Value> gradient(Emitter emitter, List<Value> in, List<Value> out, Value dOut, boolean[] needed) {
    List<Value> gradients = new ArrayList<>();
    for (int i = 0; i < arguments.size(); i++) {
      gradients.add(needed[i] ? gradient(emitter, in, out.getFirst(), dOut, i) : null);
    }
    return gradients;
  }

  /** From what the derivative needs: inputs, the output y where it appears, and dy. */
  private Value gradient(Emitter emitter, List<Value> in, Value y, Value dOut, int of) {
    Argument argument = arguments.get(of);
    Term dx = Term.variable("dy").times(Derivative.of(formula, argument.name).replace(formula, Term.variable("y")));
    String name = "d" + in.get(of).name();
    if (dx.equals(Term.variable("dy"))) {
      return fitted(emitter, name, argument, dOut);
    }
    List<Argument> read = new ArrayList<>();
    List<Value> values = new ArrayList<>();
    for (int i = 0; i < arguments.size(); i++) {
      if (dx.has(arguments.get(i).name)) {
        read.add(arguments.get(i));
        values.add(in.get(i));
      }
    }
    if (dx.has("y")) {
      read.add(new Argument("y", shape));
      values.add(y);
    }
    read.add(new Argument("dy", shape));
    values.add(dOut);
    Pointwise gradient = new Pointwise(this.name + ".d" + argument.name, shape, read, dx);
    return fitted(emitter, name, argument, emitter.emit(name, gradient, values.toArray(Value[]::new)));
  }

  /** The gradient of an argument: of one that counts for a group the sum over it, and in the argument's own shape, such as 3 beside 3x1x1. */
  private Value fitted(Emitter emitter, String name, Argument argument, Value each) {
    Value sum = isPerGroup(argument) ? emitter.emit(name, Reduce.sum(shape, argument.shape.size()), each) : each;
    return sum.shape().equals(argument.shape) ? sum : emitter.emit(name, new Reshape(sum.shape(), argument.shape), sum);
  }
}
