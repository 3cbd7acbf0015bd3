package dev.lanewise.runtime.operation;

import static dev.lanewise.runtime.signature.Argument.optional;

import dev.lanewise.runtime.signature.Argument;
import dev.lanewise.runtime.signature.Signature;
import dev.lanewise.runtime.spec.Checks;
import dev.lanewise.runtime.spec.Draw;
import dev.lanewise.runtime.spec.ShapeException;
import dev.lanewise.runtime.spec.ShapeException.Problem;
import dev.lanewise.runtime.spec.Type;
import dev.lanewise.runtime.spec.Value;
import dev.lanewise.runtime.symbolic.Term;
import dev.lanewise.runtime.tensor.Shape;
import java.util.List;

/**
 * Softmax cross-entropy of scores x and a class label t: loss = log Σ_j e^{x_j} - x_t. It applies the softmax itself, so a network ends
 * with plain scores.
 */
public record CrossEntropy(int classes) implements Operation {
  public static final Layer LOSS =
      new Layer(
          Signature.of(
              "cross_entropy", "-log of the probability (softmax) of the right class",
              optional("smooth", Argument.Type.NUMBER, 0.0, "share of the target that all classes get alike (Szegedy et al. 2016)"),
              optional("weights", Argument.Type.NUMBERS, List.of(), "what each class counts; the mean is over what the examples count")),
          (arguments, in) -> {
            int classes = Checks.flat("cross_entropy", in);
            if (classes < 2) {
              throw new ShapeException(
                  Problem.WRONG_OUTPUT,
                  "cross_entropy needs one score for each class, but the network has " + classes + " output",
                  "end the network with dense(number of classes), or use loss = mse");
            }
            double smooth = Checks.share("cross_entropy", "smooth", arguments.number("smooth"));
            List<Double> weights = weights(classes, arguments.numbers("weights"));
            Computation each = smooth == 0 && weights.isEmpty() ? new CrossEntropy(classes) : general(classes, smooth, weights);
            return weights.isEmpty() ? each : new Weighted(each, weights);
          });

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

  /** -Σ_i weight_i (onehot_i (1 - smooth) + smooth / n) log_softmax(x)_i. */
  private static Recipe general(int classes, double smooth, List<Double> weights) {
    Shape scores = Shape.of(classes);
    Recipe.Builder r = new Recipe.Builder("cross_entropy");
    int x = r.input(scores);
    int label = r.input(Shape.of(1));
    int log = r.step("log_softmax", new LogSoftmax(classes), x);
    int target = r.step("onehot", new OneHot(classes, 1 - smooth + smooth / classes, smooth / classes, weights), label);
    int each = r.formula("each", scores, Term.number(-1).times(Term.variable("a")).times(Term.variable("b")), log, target);
    return r.build(r.step("sum", Reduce.sum(scores, 1), each));
  }

  @Override
  public String name() {
    return "cross_entropy";
  }

  @Override
  public List<Type> inputs() {
    return List.of(Type.example(Shape.of(classes)), Type.example(Shape.of(1)));
  }

  @Override
  public List<Type> outputs() {
    return List.of(Type.example(Shape.of(1)));
  }

  @Override
  public int bound(int input) {
    return input == 1 ? classes : 0;
  }

  @Override
  public void evaluate(Draw draw, double[][] in, double[][] out) {
    out[0][0] += Softmax.logSumExp(in[0]) - in[0][(int) in[1][0]];
  }

  @Override
  public List<Value> gradient(Emitter emitter, List<Value> in, List<Value> out, Value dOut, boolean[] needed) {
    return Operation.gradients(
        emitter.emit("d" + in.get(0).name(), new Gradient(classes), in.get(0), in.get(1), dOut), null);
  }

  /** From x, t and dLoss: dx_i = (softmax(x)_i - [i = t]) dLoss. */
  public record Gradient(int classes) implements Operation {
    @Override
    public String name() {
      return "cross_entropy.dx";
    }

    @Override
    public List<Type> inputs() {
      return List.of(Type.example(Shape.of(classes)), Type.example(Shape.of(1)), Type.example(Shape.of(1)));
    }

    @Override
    public List<Type> outputs() {
      return List.of(Type.example(Shape.of(classes)));
    }

    @Override
    public int bound(int input) {
      return input == 1 ? classes : 0;
    }

    @Override
    public void evaluate(Draw draw, double[][] in, double[][] out) {
      double logSum = Softmax.logSumExp(in[0]);
      for (int i = 0; i < classes; i++) {
        double target = i == (int) in[1][0] ? 1 : 0;
        out[0][i] += (Math.exp(in[0][i] - logSum) - target) * in[2][0];
      }
    }

    @Override
    public List<Value> gradient(Emitter emitter, List<Value> in, List<Value> out, Value dOut, boolean[] needed) {
      return Operation.none(this);
    }
  }
}
