package dev.lanewise.runtime.layer;

import dev.lanewise.runtime.operation.Computation;
import dev.lanewise.runtime.operation.Layer;
import dev.lanewise.runtime.operation.Padding;
import dev.lanewise.runtime.operation.PaddingAware;
import dev.lanewise.runtime.operation.Recipe;
import dev.lanewise.runtime.operation.Reduce;
import dev.lanewise.runtime.operation.Resample;
import dev.lanewise.runtime.operation.Reshape;
import dev.lanewise.runtime.signature.Arguments;
import dev.lanewise.runtime.signature.Signature;
import dev.lanewise.runtime.spec.Window;
import dev.lanewise.runtime.symbolic.Term;
import dev.lanewise.runtime.tensor.Blend;
import dev.lanewise.runtime.tensor.Shape;

/** Average pooling: y = the mean under the window, padding counted as zeros (PyTorch's default). */
final class AvgPool {
  static final Layer LAYER =
      new Layer(Signature.of("avgpool", "the mean under a window", Window.arguments()), AvgPool::bind);

  private AvgPool() {}

  private static Computation bind(Arguments arguments, Shape in) {
    Window window = Window.bind("avgpool", arguments, in);
    return window.rows().out() == 1 && window.columns().out() == 1 && window.coversAll()
        ? in.isSequence() ? new PaddingAware(mean(in), 0, meanOfReal(in)) : mean(in)
        : new Resample("avgpool", in, Blend.mean(window.rows()), Blend.mean(window.columns()));
  }

  /** The mean of each channel over the places that are no padding; 0 if all are. */
  private static Recipe meanOfReal(Shape in) {
    int channels = in.dim(0), length = in.dim(1);
    Recipe.Builder r = new Recipe.Builder("avgpool");
    int x = r.input(in);
    int tokens = r.input(Shape.of(length));
    int mask = Padding.mask(r, tokens);
    int places = Turned.turn(r, "places", x);
    int real = r.formula("real", r.shape(places), Term.variable("a").times(Term.variable("b")), places, mask);
    int sum = r.step("sum", new Reduce(r.shape(places), 1, channels, 1), real);
    int count = r.step("count", Reduce.sum(r.shape(mask), 1), mask);
    int mean = r.formula("mean", Shape.of(channels), Term.variable("a").over(Term.variable("b").max(Term.number(1))), sum, count);
    return r.build(Turned.shaped(r, "sequence", mean, Shape.of(channels, 1)));
  }

  /** The mean of each channel. */
  private static Recipe mean(Shape in) {
    Recipe.Builder r = new Recipe.Builder("avgpool");
    int x = r.input(in);
    int mean = r.step("mean", Reduce.mean(in, in.channels()), x);
    return r.build(r.step("image", new Reshape(Shape.of(in.channels()), in.plane(in.channels(), 1, 1)), mean));
  }
}
