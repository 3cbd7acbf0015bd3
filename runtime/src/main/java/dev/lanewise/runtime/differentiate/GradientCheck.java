package dev.lanewise.runtime.differentiate;

import dev.lanewise.runtime.graph.Graph;
import dev.lanewise.runtime.graph.Interpreter;
import dev.lanewise.runtime.graph.Parameter;
import dev.lanewise.runtime.operation.Computation;
import dev.lanewise.runtime.operation.Value;
import dev.lanewise.runtime.symbolic.Derivative;
import dev.lanewise.runtime.symbolic.Term;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;

/**
 * Compares gradients with difference quotients, (f(x + h) - f(x - h)) / 2h, by the formulas of the operations, in
 * double. Where a function has a kink, as relu has at 0, the two may differ.
 */
public final class GradientCheck {
  private static final double H = 1e-6;

  /** Elements of a parameter that are compared, chosen at random. */
  private static final int ELEMENTS = 8;

  /** Of a batch: enough for a variance. */
  private static final int EXAMPLES = 3;

  /** One comparison. @param at an element of a parameter, or the point of a function */
  public record Compared(String name, String at, double analytic, double numeric) {
    /** The difference, relative to the larger of the two, or to one where both are small. */
    public double error() {
      return Math.abs(analytic - numeric) / Math.max(1e-3, Math.max(Math.abs(analytic), Math.abs(numeric)));
    }
  }

  private GradientCheck() {}

  /** A function of x at some points. */
  public static List<Compared> of(String name, Term formula) {
    Term derivative = Derivative.of(formula, "x");
    List<Compared> all = new ArrayList<>();
    for (double x : new double[] {-3, -1.5, -0.7, -0.1, 0.1, 0.7, 1.5, 3}) {
      double numeric = (at(formula, x + H) - at(formula, x - H)) / (2 * H);
      all.add(new Compared(name, Double.toString(x), at(derivative, x), numeric));
    }
    return all;
  }

  private static double at(Term formula, double x) {
    return formula.evaluate(_ -> x);
  }

  /** Some elements of every parameter of a network, for a batch of random examples, with random dropout that stays the same. */
  public static List<Compared> of(Graph network, Computation loss, long seed) {
    LossGraph training = Differentiation.of(network, loss);
    Point point = new Point(training, new Random(seed));
    Map<Value, double[]> gradients = point.run();
    Random random = new Random(seed);
    List<Compared> all = new ArrayList<>();
    for (int k = 0; k < network.trainable().size(); k++) {
      Parameter p = network.trainable().get(k);
      double[] gradient = gradients.get(training.gradients().get(k));
      TreeSet<Integer> elements = new TreeSet<>();
      while (elements.size() < Math.min(ELEMENTS, gradient.length)) {
        elements.add(random.nextInt(gradient.length));
      }
      for (int i : elements) {
        double numeric = (point.loss(p, i, H) - point.loss(p, i, -H)) / (2 * H);
        all.add(new Compared(p.name(), Integer.toString(i), gradient[i], numeric));
      }
    }
    return all;
  }

  /** A batch and values for all parameters. */
  private static final class Point {
    private final LossGraph training;
    private final List<Map<Value, double[]>> examples = new ArrayList<>();
    private final Map<Parameter, double[]> parameters = new HashMap<>();

    Point(LossGraph training, Random random) {
      this.training = training;
      for (Parameter p : training.graph().parameters()) {
        float[] values = new float[p.shape().size()];
        p.spec().initializer().fill(random, values, 0, values.length);
        double[] exact = new double[values.length];
        Arrays.setAll(exact, i -> values[i]);
        parameters.put(p, exact);
      }
      for (int i = 0; i < EXAMPLES; i++) {
        Map<Value, double[]> example = new HashMap<>();
        for (Value in : training.graph().inputs()) {
          example.put(in, random.doubles(in.shape().size(), -1, 1).toArray());
        }
        int numbers = training.label().shape().size();
        example.put(training.label(), numbers == 1 ? new double[] {0} : random.doubles(numbers, 0, 1).toArray());
        example.put(training.dLoss(), new double[] {1.0 / EXAMPLES});
        training.weight().ifPresent(w -> example.put(w, new double[] {1.0 / EXAMPLES}));
        examples.add(example);
      }
    }

    /** The gradients, and under the loss its mean. */
    Map<Value, double[]> run() {
      Interpreter interpreter = new Interpreter(training.graph());
      parameters.forEach((p, values) -> interpreter.set(p.value(), values));
      List<Map<Value, double[]>> values =
          interpreter.run(examples, node -> element -> new Random(31L * node.name().hashCode() + element).nextDouble());
      double loss = values.stream().mapToDouble(v -> v.get(training.loss())[0]).average().orElseThrow();
      Map<Value, double[]> all = new HashMap<>(Map.of(training.loss(), new double[] {loss}));
      training.gradients().forEach(g -> all.put(g, interpreter.get(g)));
      return all;
    }

    double loss(Parameter p, int element, double by) {
      double[] values = parameters.get(p);
      double before = values[element];
      values[element] += by;
      double loss = run().get(training.loss())[0];
      values[element] = before;
      return loss;
    }
  }
}
