package dev.lanewise.runtime.layer;

import static dev.lanewise.runtime.signature.Argument.optional;

import dev.lanewise.runtime.operation.ChannelSum;
import dev.lanewise.runtime.operation.Layer;
import dev.lanewise.runtime.operation.Recipe;
import dev.lanewise.runtime.operation.Reduce;
import dev.lanewise.runtime.operation.Running;
import dev.lanewise.runtime.operation.Spread;
import dev.lanewise.runtime.signature.Argument;
import dev.lanewise.runtime.signature.Arguments;
import dev.lanewise.runtime.signature.Signature;
import dev.lanewise.runtime.spec.Checks;
import dev.lanewise.runtime.spec.Initializer;
import dev.lanewise.runtime.spec.ParameterSpec;
import dev.lanewise.runtime.symbolic.Term;
import dev.lanewise.runtime.tensor.Shape;

/**
 * Batch normalisation (Ioffe and Szegedy 2015): y = (x - mean) / sqrt(var + eps) weight + bias, where mean and variance of each
 * channel are taken over the batch and all positions. Outside training, running means stand in for them. Defaults, names and
 * the unbiased running variance are PyTorch's.
 */
final class BatchNorm {
  static final Layer LAYER =
      new Layer(
          Signature.of(
              "batchnorm",
              "brings each channel to mean 0 and variance 1 over the batch, then scales and shifts it",
              optional("momentum", Argument.Type.NUMBER, 0.1, "share of the batch in the running mean and variance"),
              optional("eps", Argument.Type.NUMBER, 1e-5, "added to the variance")),
          BatchNorm::recipe);

  private static final Term A = Term.variable("a");
  private static final Term B = Term.variable("b");

  private BatchNorm() {}

  private static Recipe recipe(Arguments arguments, Shape in) {
    double momentum = Checks.share("batchnorm", "momentum", arguments.number("momentum"));
    double eps = Checks.notNegative("batchnorm", "eps", arguments.number("eps"));
    int channels = in.channels();
    int positions = in.size() / channels;
    Shape each = Shape.of(channels);
    Recipe.Builder r = new Recipe.Builder("batchnorm");
    int x = r.input(in);
    int weight = r.parameter(ParameterSpec.of("weight", each, new Initializer.Constant(1)));
    int bias = r.parameter(ParameterSpec.of("bias", each, new Initializer.Constant(0)));
    int runningMean = r.parameter(new ParameterSpec("running_mean", each, new Initializer.Constant(0), false));
    int runningVar = r.parameter(new ParameterSpec("running_var", each, new Initializer.Constant(1), false));
    int mean = statistic(r, "mean", x, channels);
    mean = r.step("running_mean", new Running(channels, momentum, positions, false), mean, runningMean);
    mean = r.step("mean", new Spread(each), mean);
    int centered = r.formula("centered", in, A.minus(B), x, mean);
    int square = r.formula("square", in, A.times(A), centered);
    int variance = statistic(r, "var", square, channels);
    variance = r.step("running_var", new Running(channels, momentum, positions, true), variance, runningVar);
    variance = r.step("var", new Spread(each), variance);
    int w = r.step("weight", new Spread(each), weight);
    int scale = r.formula("scale", each, A.over(B.plus(Term.number(eps)).sqrt()), w, variance);
    int b = r.step("bias", new Spread(each), bias);
    return r.build(r.formula("affine", in, A.times(B).plus(Term.variable("c")), centered, scale, b));
  }

  /** The mean of each channel over batch and positions: shared by all examples. */
  private static int statistic(Recipe.Builder r, String name, int x, int channels) {
    Shape each = Shape.of(channels);
    int own = r.shape(x).size() == channels ? x : r.step(name + ".own", Reduce.mean(r.shape(x), channels), x);
    int weighted = r.formula(name + ".weighted", each, A.times(B), own, Recipe.WEIGHT);
    return r.step(name + ".batch", new ChannelSum(each, each), weighted);
  }
}
