package dev.lanewise.benchmarks.accuracy;

import dev.lanewise.runtime.graph.Graph;
import dev.lanewise.runtime.graph.GraphBuilder;
import dev.lanewise.runtime.graph.Parameter;
import dev.lanewise.runtime.layer.Comparison;
import dev.lanewise.runtime.operation.Computation;
import dev.lanewise.runtime.operation.Dense;
import dev.lanewise.runtime.operation.Recipe;
import dev.lanewise.runtime.operation.Reduce;
import dev.lanewise.runtime.operation.Reshape;
import dev.lanewise.runtime.spec.Initializer;
import dev.lanewise.runtime.spec.Value;
import dev.lanewise.runtime.symbolic.Term;
import dev.lanewise.runtime.tensor.Memory;
import dev.lanewise.runtime.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;

/**
 * A layer or loss with numbers for a batch, as a network that can be trained. The gradients by parameters are results of a training,
 * that by the input is not. So the inputs are parameters here, the weights of a dense layer that a 1 among zeros tells which example it
 * is to make: its products and sums are exact, and so is the gradient of its weights, which is dx of every example. What follows a layer
 * is Σ y dy, with dy given in the place of the label.
 */
final class Trial {
  /** The layer whose weights are the inputs. */
  private static final String INPUT = "x.weight";

  final LayerCase of;
  final Graph network;
  final Computation loss;
  final float[] parameters;

  /** Of each example, a class or dy. */
  final float[][] labels;

  private final SplittableRandom random = new SplittableRandom(1);

  Trial(LayerCase of) {
    this.of = of;
    Computation c = of.computation();
    Shape in = c.inputs().getFirst().shape();
    int inputs = of.examples() * parts();
    GraphBuilder b = new GraphBuilder(Shape.of(inputs));
    Value x = b.add("x", new Dense(inputs, in.size(), false), b.input());
    x = in.isFlat() ? x : b.add("shaped", new Reshape(in.flat(), in), x);
    this.network = b.build(of.isLoss() ? x : b.add("tested", c, x));
    this.loss = of.isLoss() ? c : product(network.output().shape());
    this.parameters = Memory.allocate(network.parameterCount());
    int at = Memory.BASE;
    for (Parameter p : network.parameters()) {
      fill(p, at);
      at += p.shape().size();
    }
    this.labels = new float[of.examples()][loss.inputs().get(1).shape().size()];
    for (float[] label : labels) {
      for (int j = 0; j < label.length; j++) {
        label[j] = of.isLoss() ? random.nextInt(in.size()) : (float) random.nextGaussian();
      }
    }
  }

  /** Σ y dy. */
  private static Recipe product(Shape shape) {
    Recipe.Builder r = new Recipe.Builder("product");
    int y = r.input(shape);
    int dy = r.input(shape);
    int each = r.formula("each", shape, Term.variable("a").times(Term.variable("b")), y, dy);
    return r.build(r.step("sum", Reduce.sum(shape, 1), each));
  }

  /** Inputs as the case has them, weights as they begin, and what begins as all the same up to one half from that. */
  private void fill(Parameter p, int at) {
    int size = p.shape().size();
    p.spec().initializer().fill(random, parameters, at, size);
    boolean same = p.spec().initializer() instanceof Initializer.Constant;
    for (int i = at; i < at + size; i++) {
      if (p.name().equals(INPUT)) {
        LayerCase.Drawn n = of.numbers();
        parameters[i] = (float) (n.uniform() ? random.nextDouble(n.from(), n.to()) : random.nextGaussian(n.from(), n.to()));
      } else if (same && p.isTrainable()) {
        parameters[i] += (float) (random.nextDouble() - 0.5);
      }
    }
  }

  /** Inputs that the network sees for an example. */
  private int parts() {
    return of.computation() instanceof Comparison c ? c.examples() : 1;
  }

  /** The elements of the network's input that are 1 for an example, all others being 0. */
  int[] ones(int example) {
    int[] ones = new int[parts()];
    for (int part = 0; part < ones.length; part++) {
      ones[part] = part * (of.examples() * parts() + of.examples()) + example;
    }
    return ones;
  }

  /** What an example counts in the loss: losses are means. */
  float weight() {
    return of.isLoss() ? 1f / of.examples() : 1;
  }

  /** Values of the result that an example has. */
  int outputs() {
    return of.isLoss() ? 1 : network.output().shape().size();
  }

  /** A tensor by its dimensions, the examples first if it has some for each. */
  record Tensor(List<Integer> dims, double[] values) {}

  /** What PyTorch gets: inputs, parameters, label and dy. */
  Map<String, Tensor> given() {
    Map<String, Tensor> given = named(i -> parameters[Memory.BASE + i]);
    double[] flat = new double[of.examples() * labels[0].length];
    Arrays.setAll(flat, i -> labels[i / labels[0].length][i % labels[0].length]);
    List<Integer> each = List.of(of.examples());
    if (of.isLoss()) {
      double[] weights = new double[of.examples()];
      Arrays.fill(weights, weight());
      given.put("label", new Tensor(each, flat));
      given.put("dy", new Tensor(each, weights));
    } else {
      given.put("dy", new Tensor(batch(network.output().shape()), flat));
    }
    return given;
  }

  private List<Integer> batch(Shape shape) {
    List<Integer> dims = new ArrayList<>(List.of(of.examples()));
    dims.addAll(shape.dims());
    return dims;
  }

  /** What lies as the parameters do, in PyTorch's words: inputs by example, parameters by their names; nothing that is not trained. */
  Map<String, Tensor> named(IntToDoubleFunction from) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    int begin = 0;
    for (Parameter p : network.parameters()) {
      int at = begin;
      if (p.name().equals(INPUT)) {
        inputs(i -> from.applyAsDouble(at + i), p.shape(), tensors);
      } else if (p.isTrainable()) {
        double[] values = new double[p.shape().size()];
        Arrays.setAll(values, i -> from.applyAsDouble(at + i));
        tensors.put(p.name().substring(p.name().indexOf('.') + 1), new Tensor(p.shape().dims(), values));
      }
      begin += p.shape().size();
    }
    return tensors;
  }

  /** Weights [size][inputs] as inputs [example][size]. */
  private void inputs(IntToDoubleFunction from, Shape weights, Map<String, Tensor> tensors) {
    int size = weights.dim(0);
    for (int part = 0; part < parts(); part++) {
      int first = part * of.examples();
      double[] values = new double[of.examples() * size];
      Arrays.setAll(values, i -> from.applyAsDouble(i % size * weights.dim(1) + first + i / size));
      tensors.put(parts() == 1 ? "x" : "x" + part, new Tensor(batch(of.computation().inputs().getFirst().shape()), values));
    }
  }
}
