package dev.lanewise.runtime.optimize;

import dev.lanewise.runtime.score.Measure;
import dev.lanewise.runtime.signature.Argument;
import dev.lanewise.runtime.signature.Arguments;
import dev.lanewise.runtime.signature.Signature;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Every schedule there is, each with the rates that PyTorch's of the same kind has, step by step. StepLR and ExponentialLR go by epochs,
 * CosineAnnealingLR and OneCycleLR by the N steps of the whole training, i = 0 … N - 1.
 */
public final class Schedules {
  /** The first rate of one_cycle is this part of its peak, the last this part of the first: as in PyTorch. */
  private static final double FIRST = 1 / 25.0;
  private static final double LAST = 1 / 1e4;

  /** A schedule as users call it. */
  public record Definition(Signature signature, Function<Arguments, Schedule> binder) {
    /**
     * @throws IllegalArgumentException naming the argument that makes no sense
     */
    public Schedule bind(Arguments arguments) {
      return binder.apply(arguments);
    }
  }

  private static final List<Definition> ALL =
      List.of(
          new Definition(Signature.of("constant", "the learning rate stays as it is"), a -> Schedule.CONSTANT),
          new Definition(
              Signature.of(
                  "step", "every so many epochs the learning rate is multiplied by a factor",
                  Argument.required("every", Argument.Type.INTEGER, "epochs between two changes"),
                  Argument.optional("factor", Argument.Type.NUMBER, 0.1, "what it is multiplied by")),
              a -> step(whole(a, "every"), between(a, "factor", 0, 1))),
          new Definition(
              Signature.of(
                  "exponential", "after every epoch the learning rate is multiplied by a factor",
                  Argument.required("factor", Argument.Type.NUMBER, "what it is multiplied by")),
              a -> step(1, between(a, "factor", 0, 1))),
          new Definition(
              Signature.of(
                  "cosine", "down to a least rate along half a wave (Loshchilov and Hutter 2017)",
                  Argument.optional("least", Argument.Type.NUMBER, 0.0, "the learning rate where the wave ends, one step behind the last")),
              a -> cosine(between(a, "least", 0, Double.MAX_VALUE))),
          new Definition(
              Signature.of(
                  "warm_up", "up to the learning rate in a straight line, step by step, from there down to 0 along half a wave (Goyal et al. 2017)",
                  Argument.optional("share", Argument.Type.NUMBER, 0.1, "of the training that goes upwards")),
              a -> warmUp(between(a, "share", 0, 1))),
          new Definition(
              Signature.of(
                  "one_cycle", "up to a peak and down to nearly nothing, along waves (Smith and Topin 2018)",
                  Argument.optional("peak", Argument.Type.NUMBER, 0.0, "the highest learning rate; 0 means that of the optimiser"),
                  Argument.optional("share", Argument.Type.NUMBER, 0.3, "of the training that goes upwards")),
              a -> oneCycle(between(a, "peak", 0, Double.MAX_VALUE), between(a, "share", 0, 1))),
          new Definition(
              Signature.of(
                  "plateau", "the learning rate is lowered when nothing has got better for some epochs, as PyTorch's ReduceLROnPlateau does",
                  Argument.optional("by", Argument.Type.MEASURE, "val.loss", "what should get better"),
                  Argument.optional("factor", Argument.Type.NUMBER, 0.1, "what it is multiplied by"),
                  Argument.optional("patience", Argument.Type.INTEGER, 10, "epochs that may pass without a better one"),
                  Argument.optional("threshold", Argument.Type.NUMBER, 1e-4, "by which share a better one must differ from the best"),
                  Argument.optional("cooldown", Argument.Type.INTEGER, 0, "epochs after a change that are not counted"),
                  Argument.optional("least", Argument.Type.NUMBER, 0.0, "the lowest learning rate")),
              a -> new Plateau(
                  Measure.named(a.text("by")).orElseThrow(), between(a, "factor", 0, 1), a.integer("patience"), between(a, "threshold", 0, 1),
                  a.integer("cooldown"), between(a, "least", 0, Double.MAX_VALUE))));

  private Schedules() {}

  public static List<Definition> all() {
    return ALL;
  }

  public static Optional<Definition> named(String name) {
    return ALL.stream().filter(s -> s.signature().name().equals(name)).findFirst();
  }

  /** base factor^(epoch / every), the quotient a whole number: StepLR, and with every = 1 ExponentialLR. */
  private static Schedule step(int every, double factor) {
    return (base, _, _, epoch) -> base * StrictMath.pow(factor, epoch / every);
  }

  /**
   * least + (base - least) (1 + cos(π i/N)) / 2: CosineAnnealingLR with T_max = N. Least is where the wave ends, one step behind the last: no
   * step is spent there.
   */
  private static Schedule cosine(double least) {
    return (base, step, steps, _) -> wave(base, least, (double) step / steps);
  }

  /**
   * With w = share N, rounded: base (i + 1) / (w + 1) of the first w steps (Goyal et al. 2017), and base (1 + cos(π (i - w)/(N - w))) / 2 of the
   * others. No step has a rate of 0, and none that of its neighbour. It is SequentialLR of LinearLR(start_factor = 1/(w + 1), total_iters = w)
   * and CosineAnnealingLR(T_max = N - w).
   */
  private static Schedule warmUp(double share) {
    return (base, step, steps, _) -> {
      long upwards = Math.round(share * steps);
      return step < upwards
          ? base * (step + 1) / (upwards + 1)
          : wave(base, 0, (double) (step - upwards) / (steps - upwards));
    };
  }

  /**
   * OneCycleLR with total_steps = N: along a wave from peak/25 at step 0 to the peak at step share N - 1, and along another from there to the
   * last step, N - 1, whose rate is peak/250,000. Where the way up is a single step (PyTorch divides by zero), that has the peak. A training
   * of one step has nothing but the end, unless all of it goes upwards.
   */
  private static Schedule oneCycle(double peak, double share) {
    return (base, step, steps, _) -> {
      double top = peak == 0 ? base : peak;
      double turn = share * steps - 1;
      return step <= turn
          ? wave(top * FIRST, top, turn == 0 ? 1 : step / turn)
          : wave(top, top * FIRST * LAST, (step - turn) / (steps - 1 - turn));
    };
  }

  /** From one value to another along half a cosine. */
  private static double wave(double from, double to, double progress) {
    return to + (from - to) * (1 + StrictMath.cos(Math.PI * progress)) / 2;
  }

  private static int whole(Arguments a, String name) {
    return (int) between(a, name, 1, Integer.MAX_VALUE);
  }

  private static double between(Arguments a, String name, double least, double most) {
    double value = a.number(name);
    if (!(value >= least && value <= most)) {
      String range = most == Double.MAX_VALUE ? "at least " + least : "between " + least + " and " + most;
      throw new IllegalArgumentException(name + " must be " + range + ", not " + value);
    }
    return value;
  }
}
