package dev.lanewise.dsl.check.expression;

import dev.lanewise.runtime.layer.Broadcast;
import dev.lanewise.runtime.operation.Dense;
import dev.lanewise.runtime.operation.LogSoftmax;
import dev.lanewise.runtime.operation.Noise;
import dev.lanewise.runtime.operation.OneHot;
import dev.lanewise.runtime.operation.Operation;
import dev.lanewise.runtime.operation.Pointwise;
import dev.lanewise.runtime.operation.Recipe;
import dev.lanewise.runtime.operation.Reduce;
import dev.lanewise.runtime.operation.Reshape;
import dev.lanewise.runtime.operation.Softmax;
import dev.lanewise.runtime.operation.Transpose;
import dev.lanewise.runtime.spec.ParameterSpec;
import dev.lanewise.runtime.spec.ShapeException;
import dev.lanewise.runtime.spec.ShapeException.Problem;
import dev.lanewise.runtime.symbolic.Term;
import dev.lanewise.runtime.tensor.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Puts the operations of a {@code def} or {@code layer} together while its body is followed. What works on every element by
 * itself stays a formula as long as it can; sums, products of matrices and softmax are steps of their own.
 */
final class Tensors {
  /** The functions that look at more than one element. */
  static final List<String> FUNCTIONS =
      Stream.concat(Stream.of(Attending.NAME, "log_softmax", "mean", "noise", "onehot", "pick", "softmax", "sum"), Pieces.FUNCTIONS.stream()).sorted().toList();

  private final String name;
  private final Recipe.Builder recipe;
  /** Each parameter is handed to the examples once. */
  private final Map<Integer, Traced> spread = new HashMap<>();
  /** How many numbers a one-hot label has, by the label. */
  private final Map<Term, Integer> labels = new HashMap<>();
  /** Formulas that are steps already, by what they read and the shape. */
  private final Map<List<Object>, Integer> formulas = new HashMap<>();
  /** Of the last label, for what is made of it. */
  private int outputs = 1;

  Tensors(String name) {
    this.name = name;
    this.recipe = new Recipe.Builder(name);
  }

  Traced input(Shape shape) {
    return Traced.step(recipe.input(shape), shape);
  }

  /** A label, for a loss of so many outputs: a class, or as many numbers to predict. */
  Traced label(Shape shape, int count) {
    outputs = count;
    Traced label = input(shape);
    labels.put(label.term(), count);
    return label;
  }

  Traced parameter(ParameterSpec spec) {
    return Traced.parameter(recipe.parameter(spec), spec.shape());
  }

  /** Whether there is nothing so far but formulas. */
  boolean isFormula() {
    return recipe.size() == 0;
  }

  /** All that was put together. */
  Recipe recipe(Traced result) {
    int last = step(result, name);
    // What is an input as it stands has no step that could be called after the layer.
    return recipe.build(recipe.size() == 0 ? formula(result, name) : last);
  }

  /** The shape of what comes from values that meet element by element: one of them may count for many. */
  Shape joined(List<Traced> values) {
    Shape shape = null;
    for (Traced value : values) {
      shape = shape == null ? value.shape() : value.isNumber() ? shape : Broadcast.joined(shape, value.shape());
    }
    return shape;
  }

  /** A value as formulas read it: a parameter becomes a value of each example. */
  Traced read(Traced value) {
    return value.shared() < 0
        ? value
        : spread.computeIfAbsent(
            value.shared(),
            p -> Traced.step(recipe.step("spread", new dev.lanewise.runtime.operation.Spread(value.shape()), p), value.shape()));
  }

  /** {@code x @ W} and {@code W @ x}: of a row with a matrix [in, out], of a matrix [out, in] with a column; of a sequence at each of its places. */
  Traced product(Traced left, Traced right) {
    boolean row = right.shared() >= 0 && right.shape().rank() == 2 && isVector(left);
    boolean column = left.shared() >= 0 && left.shape().rank() == 2 && isVector(right);
    if (!row && !column) {
      throw new ShapeException(
          Problem.PRODUCT,
          "`@` multiplies a flat value with a weight of two dimensions, not " + left.inWords() + " with " + right.inWords(), "");
    }
    Traced matrix = row ? right : left;
    Traced vector = row ? left : right;
    int in = matrix.shape().dim(row ? 0 : 1);
    int out = matrix.shape().dim(row ? 1 : 0);
    if (vector.shape().channels() != in) {
      throw new ShapeException(
          Problem.PRODUCT, "a weight of " + matrix.shape() + " takes " + in + " values here, but gets " + vector.shape(),
          "write [in.features, …] for its dimensions");
    }
    if (vector.shape().isSequence()) {
      return atPlaces(vector, matrix, row, in, out);
    }
    Operation product = row ? new Dense.InputGradient(new Dense(out, in, false)) : new Dense(in, out, false);
    return Traced.step(recipe.step("product", product, step(vector, "x"), matrix.shared()), Shape.of(out));
  }

  private Traced atPlaces(Traced sequence, Traced matrix, boolean row, int in, int out) {
    int length = sequence.shape().dim(1);
    Traced turned = step("turned", new Transpose(sequence.shape()), sequence);
    Operation product = row ? new Dense.InputGradient(new Dense(out, in, false, length)) : new Dense(in, out, false, length);
    Traced rows = step("product", product, List.of(turned, matrix));
    return step("turned", new Transpose(rows.shape()), rows);
  }

  /** Whether it is a row of values, or one at each place. */
  private static boolean isVector(Traced value) {
    return value.shared() < 0 && !value.isNumber() && (value.shape().isFlat() || value.shape().isSequence());
  }

  /** One of the {@link #FUNCTIONS}; null if it takes other arguments. */
  Traced call(String function, List<Traced> arguments) {
    if (Pieces.FUNCTIONS.contains(function)) {
      return new Pieces(this).call(function, arguments);
    }
    boolean two = function.equals("pick");
    if (arguments.size() != (two ? 2 : 1)) {
      return null;
    }
    Traced x = read(arguments.getFirst());
    if (x.isNumber()) {
      return function.equals("mean") || function.equals("sum") ? x : null;
    }
    return switch (function) {
      case "sum" -> isSingle(x) ? x : step(function, Reduce.sum(x.shape(), 1), x);
      case "mean" -> isSingle(x) ? x : step(function, Reduce.mean(x.shape(), 1), x);
      // Each by a name of its own: what is drawn depends on it.
      case "noise" -> step(function + recipe.size(), new Noise(x.shape()), x);
      case "softmax" -> step(function, new Softmax(classes(x)), x);
      case "log_softmax" -> step(function, new LogSoftmax(x.shape()), x);
      // Numbers to predict are what the outputs are compared with already.
      case "onehot" -> {
        int count = labels.getOrDefault(x.term(), outputs);
        yield x.shape().size() == count ? x : step(function, new OneHot(count), label(function, x));
      }
      case "pick" -> {
        Traced y = read(arguments.getLast());
        boolean places = !y.isNumber() && y.shape().size() > 1 && !x.shape().isFlat() && y.shape().size() == x.shape().size() / x.shape().channels();
        int classes = places ? x.shape().channels() : x.shape().size();
        Shape numbers = Shape.of(places ? y.shape().size() : 1);
        Traced chosen = step("onehot", new OneHot(numbers, classes), places ? step("places", new Reshape(y.shape(), numbers), y) : label(function, y));
        // At each place: a row of classes for it, whatever shape the places have.
        Traced scores = places ? step("scores", new Reshape(x.shape(), chosen.shape()), x) : x;
        Traced product = new Traced(scores.term().times(chosen.term()), chosen.shape(), -1);
        yield step("pick", places ? new Reduce(chosen.shape(), 1, numbers.size(), 1) : Reduce.sum(x.shape(), 1), product);
      }
      default -> throw new IllegalStateException(function);
    };
  }

  /** Whether it is its own sum. */
  private static boolean isSingle(Traced x) {
    return x.shared() < 0 && x.shape().isFlat() && x.shape().size() == 1;
  }

  private static Traced label(String function, Traced x) {
    if (x.isNumber() || x.shape().size() != 1) {
      throw new ShapeException(
          Problem.BAD_ARGUMENT, "`" + function + "` takes the label of a class, which is one number for each example, not " + x.inWords(),
          help().get(function));
    }
    return x;
  }

  private static int classes(Traced x) {
    if (!x.shape().isFlat()) {
      throw new ShapeException(Problem.NEEDS_FLAT, "softmax needs a flat value, but gets " + x.shape(), "");
    }
    return x.shape().size();
  }

  Traced step(String stepName, Operation operation, Traced x) {
    return step(stepName, operation, List.of(x));
  }

  Traced step(String stepName, Operation operation, List<Traced> read) {
    int number = recipe.step(stepName, operation, read.stream().map(x -> step(x, stepName + ".x")).toArray(Integer[]::new));
    return Traced.step(number, operation.outputs().getFirst().shape());
  }

  /** The number of the step that makes a value, or of the input that it is. */
  int number(Traced value) {
    return step(value, name + ".next");
  }

  /** A value that is read again and again: it is a step of its own, whatever formulas read it. */
  Traced kept(Traced value, String stepName) {
    Traced read = read(value);
    return read.isNumber() ? read : Traced.step(step(read, stepName), read.shape());
  }

  /** The number of the step that makes a value; a formula becomes one. */
  private int step(Traced value, String stepName) {
    return value.term() instanceof Term.Variable(String variable) ? number(variable) : formula(value, stepName);
  }

  private static int number(String variable) {
    return Integer.parseInt(variable.substring(1));
  }

  private int formula(Traced value, String stepName) {
    Shape shape = value.isNumber() ? Shape.of(1) : value.shape();
    Integer known = formulas.get(List.of(value.term(), shape));
    if (known != null) {
      return known;
    }
    int number = formula(value, shape, stepName);
    formulas.put(List.of(value.term(), shape), number);
    return number;
  }

  private int formula(Traced value, Shape shape, String stepName) {
    List<Integer> read = new ArrayList<>();
    collect(value.term(), read);
    List<Integer> fitted = Broadcast.fitted(recipe, stepName, shape, read);
    Term term = value.term();
    List<Pointwise.Argument> arguments = new ArrayList<>();
    for (int i = 0; i < read.size(); i++) {
      String argument = read.size() == 1 ? "x" : "x" + (i + 1);
      term = term.replace(Term.variable("%" + read.get(i)), Term.variable(argument));
      arguments.add(new Pointwise.Argument(argument, recipe.shape(fitted.get(i))));
    }
    return recipe.step(stepName, new Pointwise(stepName, shape, arguments, term), fitted.toArray(Integer[]::new));
  }

  /** The steps that a formula reads, in the order in which it names them. */
  private static void collect(Term term, List<Integer> read) {
    if (term instanceof Term.Variable(String variable) && !read.contains(number(variable))) {
      read.add(number(variable));
    }
    term.parts().forEach(p -> collect(p, read));
  }

  /** For messages: names that occur to users. */
  static Map<String, String> help() {
    Map<String, String> help = new TreeMap<>();
    help.put(Attending.NAME, Attending.CALL);
    help.put("sum", "sum(x): of all values of an example");
    help.put("mean", "mean(x): of all values of an example");
    help.put("noise", "noise(x): normal numbers of the shape of x");
    help.put("softmax", "softmax(x): probabilities of scores");
    help.put("log_softmax", "log_softmax(x): their logarithms");
    help.put("pick", "pick(x, y): the value of x at the label y, or at each place that of its class");
    help.put("onehot", "onehot(y): 1 at the label and 0 elsewhere; numbers to predict are themselves");
    help.put("concat", "concat(a, b): one after the other, along the channels");
    help.put("part", "part(x, 1, 4): of 4 equal parts of the channels the one numbered 1, counted from 0");
    help.put("split", "a, b = split(x, 2): equal parts of the channels");
    help.put("transpose", "transpose(x): channels x length as length x channels");
    return help;
  }
}
