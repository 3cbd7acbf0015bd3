package dev.lanewise.runtime.operation;

import static dev.lanewise.runtime.signature.Argument.optional;

import dev.lanewise.runtime.signature.Argument;
import dev.lanewise.runtime.signature.Arguments;
import dev.lanewise.runtime.signature.Signature;
import dev.lanewise.runtime.spec.Checks;
import dev.lanewise.runtime.spec.Draw;
import dev.lanewise.runtime.spec.ShapeException;
import dev.lanewise.runtime.spec.ShapeException.Problem;
import dev.lanewise.runtime.spec.Type;
import dev.lanewise.runtime.spec.Value;
import dev.lanewise.runtime.tensor.Shape;
import java.util.List;

/**
 * Softmax cross-entropy of scores x and a class t, or of scores and a class at each place, {@code classes x height x width} and
 * {@code 1 x height x width}. It applies the softmax itself, so a network ends with plain scores.
 *
 * <p>With weights w and a share s that all of the n classes get alike, the target is q_i = w_i ([i = t] (1 - s) + s / n), and a place's loss
 * Σ_i q_i (log Σ_j e^{x_j} - x_i): without them log Σ_j e^{x_j} - x_t. It is 0 where t is the class that is left out. An example's loss is the
 * mean over its places; what it counts, the mean of w_t over them, 0 of those that are left out. So the mean over a batch is PyTorch's: the sum
 * over all places, divided by the sum of their w_t.
 *
 * @param weights by class; empty where all count alike
 * @param ignore the class that is left out; -1 without
 */
public record CrossEntropy(Shape scores, double smooth, List<Double> weights, int ignore) implements Operation {
  public static final Layer LOSS =
      new Layer(
          Signature.of(
              "cross_entropy", "-log of the probability (softmax) of the right class, or the mean of that over all places",
              optional("smooth", Argument.Type.NUMBER, 0.0, "share of the target that all classes get alike (Szegedy et al. 2016)"),
              optional("weights", Argument.Type.NUMBERS, List.of(), "what each class counts; the mean is over what the examples count"),
              optional("ignore", Argument.Type.INTEGER, -1, "a class that is left out: where it is the right one, nothing counts")),
          CrossEntropy::bound);

  private static Computation bound(Arguments arguments, Shape in) {
    int classes = in.channels();
    if (classes < 2) {
      throw new ShapeException(
          Problem.WRONG_OUTPUT,
          "cross_entropy needs one score for each class, but the network has " + classes + (in.isFlat() ? " output" : " channel"),
          in.isFlat() ? "end the network with dense(number of classes), or use loss = mse" : "end the network with a channel for each class, conv(number of classes, 1)");
    }
    double smooth = Checks.share("cross_entropy", "smooth", arguments.number("smooth"));
    return new CrossEntropy(in, smooth, weights(classes, arguments.numbers("weights")), ignored(classes, arguments.integer("ignore")));
  }

  private static List<Double> weights(int classes, List<Double> weights) {
    if (!weights.isEmpty() && weights.size() != classes) {
      throw new ShapeException(
          Problem.BAD_ARGUMENT, "cross_entropy: weights has " + weights.size() + " numbers for " + classes + " classes", "");
    }
    if (weights.stream().anyMatch(w -> !(w > 0))) {
      throw new ShapeException(Problem.BAD_ARGUMENT, "cross_entropy: weights must be above 0, not " + weights, "");
    }
    return weights;
  }

  private static int ignored(int classes, int ignore) {
    if (ignore < -1 || ignore >= classes) {
      throw new ShapeException(
          Problem.BAD_ARGUMENT, "cross_entropy: ignore = " + ignore + " is none of the classes 0 to " + (classes - 1), "");
    }
    return ignore;
  }

  public CrossEntropy {
    weights = List.copyOf(weights);
  }

  /** Of one class for each example, all alike. */
  public CrossEntropy(int classes) {
    this(Shape.of(classes), 0, List.of(), -1);
  }

  public int classes() {
    return scores.channels();
  }

  /** How many classes each example has. */
  public int places() {
    return scores.size() / scores.channels();
  }

  /** The shape of the classes beside scores: of one, or of those at each place. */
  private Shape labels() {
    return scores.isImage() && places() > 1 ? scores.plane(1, scores.height(), scores.width()) : Shape.of(places());
  }

  /** What a class counts. */
  public double own(int label) {
    return weights.isEmpty() ? 1 : weights.get(label);
  }

  /** q_i of a place whose class is t. */
  public double target(int i, int t) {
    return own(i) * ((i == t ? 1 - smooth : 0) + smooth / classes());
  }

  @Override
  public boolean weighs() {
    return ignore >= 0 && ignore < classes() || weights.stream().anyMatch(w -> w != 1);
  }

  @Override
  public double weight(int label) {
    return label == ignore ? 0 : label < 0 || label >= classes() ? 1 : own(label);
  }

  @Override
  public String name() {
    return "cross_entropy";
  }

  @Override
  public List<Type> inputs() {
    return List.of(Type.example(scores), Type.example(labels()));
  }

  @Override
  public List<Type> outputs() {
    return List.of(Type.example(Shape.of(1)));
  }

  @Override
  public int bound(int input) {
    return input == 1 ? classes() : 0;
  }

  @Override
  public void evaluate(Draw draw, double[][] in, double[][] out) {
    for (int p = 0; p < places(); p++) {
      int t = (int) in[1][p];
      double[] x = place(in[0], p);
      double logSum = Softmax.logSumExp(x);
      for (int i = 0; i < classes() && t != ignore; i++) {
        out[0][0] += target(i, t) * (logSum - x[i]) / places();
      }
    }
  }

  /** The scores of a place. */
  private double[] place(double[] all, int place) {
    double[] x = new double[classes()];
    for (int i = 0; i < x.length; i++) {
      x[i] = all[i * places() + place];
    }
    return x;
  }

  @Override
  public List<Value> gradient(Emitter emitter, List<Value> in, List<Value> out, Value dOut, boolean[] needed) {
    return Operation.gradients(
        emitter.emit("d" + in.get(0).name(), new Gradient(this), in.get(0), in.get(1), dOut), null);
  }

  /** From x, t and dLoss, at each place: dx_i = (softmax(x)_i Σ_j q_j - q_i) dLoss / places, 0 where t is left out. */
  public record Gradient(CrossEntropy of) implements Operation {
    @Override
    public String name() {
      return "cross_entropy.dx";
    }

    @Override
    public List<Type> inputs() {
      return List.of(Type.example(of.scores), Type.example(of.labels()), Type.example(Shape.of(1)));
    }

    @Override
    public List<Type> outputs() {
      return List.of(Type.example(of.scores));
    }

    @Override
    public int bound(int input) {
      return input == 1 ? of.classes() : 0;
    }

    @Override
    public void evaluate(Draw draw, double[][] in, double[][] out) {
      for (int p = 0; p < of.places(); p++) {
        int t = (int) in[1][p];
        double[] x = of.place(in[0], p);
        double logSum = Softmax.logSumExp(x);
        double all = 0;
        for (int i = 0; i < of.classes(); i++) {
          all += of.target(i, t);
        }
        for (int i = 0; i < of.classes() && t != of.ignore; i++) {
          out[0][i * of.places() + p] += (Math.exp(x[i] - logSum) * all - of.target(i, t)) * in[2][0] / of.places();
        }
      }
    }

    @Override
    public List<Value> gradient(Emitter emitter, List<Value> in, List<Value> out, Value dOut, boolean[] needed) {
      return Operation.none(this);
    }
  }
}
