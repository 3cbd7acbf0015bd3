package dev.lanewise.runtime.differentiate;

import dev.lanewise.runtime.graph.Graph;
import dev.lanewise.runtime.graph.Interpreter;
import dev.lanewise.runtime.graph.Node;
import dev.lanewise.runtime.graph.Parameter;
import dev.lanewise.runtime.operation.Computation;
import dev.lanewise.runtime.operation.Pointwise;
import dev.lanewise.runtime.spec.Value;
import dev.lanewise.runtime.symbolic.Derivative;
import dev.lanewise.runtime.symbolic.Term;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Compares gradients with difference quotients, (f(x + h) - f(x - h)) / 2h, by the formulas of the operations, in double. Where a function
 * may have a kink, at 0 and wherever two values tie that it compares, the quotients of both sides are taken, (f(x) - f(x - h)) / h and
 * (f(x + h) - f(x)) / h: the gradient must lie between them.
 */
public final class GradientCheck {
  private static final double H = 1e-6;

  /** By which share of their mean the quotients of both sides differ at least, where there is a kink. */
  private static final double KINK = 0.01;

  /** Of one side: what they miss of a smooth function is in proportion to it. */
  private static final double ONE_SIDED = 1e-7;

  /** Elements of a parameter that are compared, chosen at random. */
  private static final int ELEMENTS = 8;

  /** Of a batch: enough for a variance. */
  private static final int EXAMPLES = 3;

  /**
   * One comparison.
   *
   * @param at an element of a parameter, or the point of a function
   * @param left the difference quotient; at a kink, that of the left side
   * @param right the same; at a kink, that of the right side
   */
  public record Compared(String name, String at, double analytic, double left, double right) {
    /** How far the gradient is from the quotients and what lies between them, relative to the largest, or to 0.001 where all are small. */
    public double error() {
      double low = Math.min(left, right);
      double high = Math.max(left, right);
      double outside = Math.max(0, Math.max(low - analytic, analytic - high));
      return outside / Math.max(1e-3, Math.max(Math.abs(analytic), Math.max(Math.abs(low), Math.abs(high))));
    }
  }

  private GradientCheck() {}

  /** A function of x at some points, at 0, and at its {@link Ties}. */
  public static List<Compared> of(String name, Term formula) {
    Term derivative = Derivative.of(formula, "x");
    List<Compared> all = new ArrayList<>();
    SortedSet<Double> kinks = new TreeSet<>(Ties.of(formula));
    kinks.add(0.0);
    for (double x : new double[] {-3, -1.5, -0.7, -0.1, 0.1, 0.7, 1.5, 3}) {
      if (!kinks.contains(x)) {
        double quotient = (at(formula, x + H) - at(formula, x - H)) / (2 * H);
        all.add(new Compared(name, Double.toString(x), at(derivative, x), quotient, quotient));
      }
    }
    all.addAll(onBothSides(name, formula, kinks, ""));
    all.sort(Comparator.comparingDouble(c -> Double.parseDouble(c.at())));
    return all;
  }

  /** Of points where one of the sides has no value, as sqrt at 0, nothing is said. */
  private static List<Compared> onBothSides(String name, Term formula, SortedSet<Double> points, String where) {
    Term derivative = Derivative.of(formula, "x");
    List<Compared> all = new ArrayList<>();
    for (double x : points) {
      double left = (at(formula, x) - at(formula, x - ONE_SIDED)) / ONE_SIDED;
      double right = (at(formula, x + ONE_SIDED) - at(formula, x)) / ONE_SIDED;
      if (Double.isFinite(left) && Double.isFinite(right)) {
        all.add(new Compared(name, where + x, at(derivative, x), left, right));
      }
    }
    return all;
  }

  private static double at(Term formula, double x) {
    return formula.evaluate(_ -> x);
  }

  /**
   * Some elements of every parameter of a network, for a batch of random examples, with random dropout that stays the same; and the formulas
   * of its layers at their ties. (A network as a whole is not looked at there: where many ties add up, with weights of both signs, nothing
   * says between which numbers the sum must lie.)
   */
  public static List<Compared> of(Graph network, Computation loss, long seed) {
    List<Compared> all = new ArrayList<>(compared(network, loss, seed, false));
    Random random = new Random(seed);
    Set<Term> seen = new HashSet<>();
    for (Node node : network.nodes()) {
      if (node.operation() instanceof Pointwise p && seen.add(p.formula())) {
        p.arguments().forEach(a -> all.addAll(ties(node.name(), p, a.name(), random)));
      }
    }
    return all;
  }

  /** A formula at the ties of one of its arguments, with random numbers for the others. */
  private static List<Compared> ties(String name, Pointwise p, String argument, Random random) {
    Term formula = p.formula();
    for (Pointwise.Argument a : p.arguments()) {
      boolean other = !a.name().equals(argument);
      formula = formula.replace(Term.variable(a.name()), other ? Term.number(random.nextDouble(-2, 2)) : Term.variable("x"));
    }
    return onBothSides(name, formula, Ties.of(formula), argument + " = ");
  }

  /** A loss: of a small network with random parameters, and with parameters that are all 0, so that its outputs tie with each other and with 0. */
  public static List<Compared> ofLoss(Graph network, Computation loss, long seed) {
    List<Compared> all = new ArrayList<>(compared(network, loss, seed, false));
    all.addAll(compared(network, loss, seed, true));
    return all;
  }

  private static List<Compared> compared(Graph network, Computation loss, long seed, boolean zero) {
    Point point = new Point(Differentiation.of(network, loss), new Random(seed), zero);
    return Double.isFinite(point.loss()) ? compared(point, new Random(seed), zero ? ", outputs 0" : "") : List.of();
  }

  private static List<Compared> compared(Point point, Random random, String where) {
    Map<Value, double[]> gradients = point.run();
    List<Compared> all = new ArrayList<>();
    for (int k = 0; k < point.training.gradients().size(); k++) {
      Parameter p = point.training.graph().trainable().get(k);
      double[] gradient = gradients.get(point.training.gradients().get(k));
      TreeSet<Integer> elements = new TreeSet<>();
      while (elements.size() < Math.min(ELEMENTS, gradient.length)) {
        elements.add(random.nextInt(gradient.length));
      }
      for (int i : elements) {
        double[] quotients = point.quotients(p, i);
        all.add(new Compared(p.name(), i + where, gradient[i], quotients[0], quotients[1]));
      }
    }
    return all;
  }

  /** A batch and values for all parameters. */
  private static final class Point {
    private final LossGraph training;
    private final List<Map<Value, double[]>> examples = new ArrayList<>();
    private final Map<Parameter, double[]> parameters = new HashMap<>();
    /** Whether what is trained is 0. */
    private final boolean zero;

    Point(LossGraph training, Random random, boolean zero) {
      this.training = training;
      this.zero = zero;
      for (Parameter p : training.graph().parameters()) {
        float[] values = new float[p.shape().size()];
        p.spec().initializer().fill(random, values, 0, values.length);
        double[] exact = new double[values.length];
        Arrays.setAll(exact, i -> zero && p.isTrainable() ? 0 : values[i]);
        parameters.put(p, exact);
      }
      for (int i = 0; i < EXAMPLES; i++) {
        Map<Value, double[]> example = new HashMap<>();
        for (Value in : training.graph().inputs()) {
          int bound = training.graph().bound(in);
          example.put(in, random.doubles(in.shape().size(), -1, 1).map(x -> bound == 0 ? x : Math.floor((x + 1) / 2 * bound)).toArray());
        }
        int first = i;
        training.target().ifPresent(label -> example.put(label, label(label, first, random)));
        example.put(training.dLoss(), new double[] {1.0 / EXAMPLES});
        training.apart().forEach(d -> example.put(d, new double[] {1.0 / EXAMPLES}));
        training.weight().ifPresent(w -> example.put(w, new double[] {1.0 / EXAMPLES}));
        examples.add(example);
      }
    }

    /** Whole numbers where the loss takes such, others for each example; else 0, or numbers to predict. */
    private double[] label(Value label, int example, Random random) {
      int numbers = label.shape().size();
      int bound = training.graph().bound(label);
      double[] values = numbers == 1 ? new double[1] : random.doubles(numbers, 0, 1).toArray();
      if (bound > 0) {
        Arrays.setAll(values, p -> (example + p) % bound);
      }
      return values;
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

    /** Of the loss, by an element of a parameter: on both sides, or twice the same where there is no kink. */
    double[] quotients(Parameter p, int element) {
      if (zero) {
        double middle = loss();
        return new double[] {
            (middle - loss(p, element, -ONE_SIDED)) / ONE_SIDED, (loss(p, element, ONE_SIDED) - middle) / ONE_SIDED};
      }
      double left = loss(p, element, -H), right = loss(p, element, H), quotient = (right - left) / (2 * H), middle = loss();
      double before = (middle - left) / H, behind = (right - middle) / H;
      // Both sides of what is smooth agree to H times its curvature: they do not where a value lies on a kink by chance.
      return Math.abs(behind - before) > KINK * Math.max(1e-3, Math.abs(quotient)) ? new double[] {before, behind} : new double[] {quotient, quotient};
    }

    double loss() {
      return run().get(training.loss())[0];
    }

    private double loss(Parameter p, int element, double by) {
      double[] values = parameters.get(p);
      double before = values[element];
      values[element] += by;
      double loss = loss();
      values[element] = before;
      return loss;
    }
  }
}
