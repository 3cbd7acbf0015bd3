package dev.lanewise.runtime.layer;

import static dev.lanewise.runtime.signature.Argument.optional;
import static dev.lanewise.runtime.signature.Argument.required;

import dev.lanewise.runtime.operation.Layer;
import dev.lanewise.runtime.operation.Recipe;
import dev.lanewise.runtime.operation.Reduce;
import dev.lanewise.runtime.operation.Spread;
import dev.lanewise.runtime.signature.Argument;
import dev.lanewise.runtime.signature.Arguments;
import dev.lanewise.runtime.signature.Signature;
import dev.lanewise.runtime.spec.Checks;
import dev.lanewise.runtime.spec.Initializer;
import dev.lanewise.runtime.spec.ParameterSpec;
import dev.lanewise.runtime.spec.ShapeException;
import dev.lanewise.runtime.spec.ShapeException.Problem;
import dev.lanewise.runtime.symbolic.Term;
import dev.lanewise.runtime.tensor.Shape;

/**
 * Normalisation of groups of an example's channels, each by itself: y = (x - mean) / sqrt(var + eps) weight + bias (Wu and He 2018), with a
 * weight and bias for each channel.
 */
final class GroupNorm {
  static final Argument EPS = optional("eps", Argument.Type.NUMBER, 1e-5, "added to the variance");

  static final Layer LAYER =
      new Layer(
          Signature.of(
              "groupnorm",
              "brings groups of channels to mean 0 and variance 1, then scales and shifts each channel",
              required("groups", Argument.Type.INTEGER, "number of groups; it divides the channels"),
              EPS),
          GroupNorm::groups);

  private static final Term A = Term.variable("a");
  private static final Term B = Term.variable("b");

  private GroupNorm() {}

  private static Recipe groups(Arguments arguments, Shape in) {
    String call = "groupnorm(" + arguments.integer("groups") + ")";
    int groups = Checks.positive(call, "groups", arguments.integer("groups"));
    if (in.channels() % groups != 0) {
      throw new ShapeException(
          Problem.BAD_ARGUMENT, call + ": " + in.channels() + " channels cannot be cut into " + groups + " equal groups",
          "use a number that divides " + in.channels());
    }
    return recipe(in, groups, Checks.notNegative("groupnorm", "eps", arguments.number("eps")));
  }

  private static Recipe recipe(Shape in, int groups, double eps) {
    Shape affine = Shape.of(in.channels());
    Recipe.Builder r = new Recipe.Builder("groupnorm");
    int x = r.input(in);
    int weight = r.parameter(ParameterSpec.of("weight", affine, new Initializer.Constant(1)));
    int bias = r.parameter(ParameterSpec.of("bias", affine, new Initializer.Constant(0)));
    int mean = r.step("mean", Reduce.mean(in, groups), x);
    int centered = r.formula("centered", in, A.minus(B), x, mean);
    int square = r.formula("square", in, A.times(A), centered);
    int variance = r.step("var", Reduce.mean(in, groups), square);
    int normal = r.formula("normal", in, A.over(B.plus(Term.number(eps)).sqrt()), centered, variance);
    int w = r.step("weight", new Spread(affine), weight);
    int b = r.step("bias", new Spread(affine), bias);
    return r.build(r.formula("affine", in, A.times(B).plus(Term.variable("c")), normal, w, b));
  }
}
