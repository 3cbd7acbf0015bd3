package dev.lanewise.runtime.layer;

import static dev.lanewise.runtime.signature.Argument.optional;

import dev.lanewise.runtime.operation.Computation;
import dev.lanewise.runtime.operation.Layer;
import dev.lanewise.runtime.operation.LayerNorm;
import dev.lanewise.runtime.operation.Recipe;
import dev.lanewise.runtime.signature.Argument;
import dev.lanewise.runtime.signature.Arguments;
import dev.lanewise.runtime.signature.Signature;
import dev.lanewise.runtime.spec.Checks;
import dev.lanewise.runtime.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code layernorm}: over the channels of each place by itself, as in every transformer (PyTorch's LayerNorm(C) of N x L x C), or over all values of an
 * example. Of a sequence the first is meant unless it is said: the second would let a place see all others, also those behind it.
 */
final class Norms {
  static final Layer LAYER =
      new Layer(
          Signature.of(
              "layernorm", "brings each example, or each place of a sequence, to mean 0 and variance 1, then scales and shifts",
              GroupNorm.EPS,
              optional("over", Argument.Type.OVER, "auto", "`channels`: each place by itself; `all`: all values of the example; `auto`: `channels` of a sequence, `all` of an image")),
          Norms::bind);

  private Norms() {}

  private static Computation bind(Arguments arguments, Shape in) {
    double eps = Checks.notNegative("layernorm", "eps", arguments.number("eps"));
    String over = arguments.text("over");
    boolean places = over.equals("channels") || over.equals("auto") && in.isSequence();
    if (!places || in.isFlat()) {
      return new LayerNorm(in, 1, eps);
    }
    int channels = in.channels(), length = in.size() / channels;
    Recipe sequence = Turned.of("layernorm", new LayerNorm(Shape.of(length, channels), length, eps));
    if (in.isSequence()) {
      return sequence;
    }
    Recipe.Builder r = new Recipe.Builder("layernorm");
    int x = r.input(in);
    List<Integer> read = new ArrayList<>(sequence.parameters().stream().map(r::parameter).toList());
    read.addFirst(Turned.shaped(r, "sequence", x, Shape.of(channels, length)));
    return r.build(Turned.shaped(r, "image", r.all("normal", sequence, read), in));
  }
}
