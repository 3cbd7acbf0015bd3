package dev.lanewise.runtime.train;

import dev.lanewise.runtime.signature.Argument;
import dev.lanewise.runtime.signature.Arguments;
import dev.lanewise.runtime.signature.Signature;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Every schedule there is. */
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
                  Argument.optional("least", Argument.Type.NUMBER, 0.0, "the learning rate at the end")),
              a -> cosine(between(a, "least", 0, Double.MAX_VALUE))),
          new Definition(
              Signature.of(
                  "warm_up", "up to the learning rate in a straight line, from there down along half a wave",
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

  private static Schedule step(int every, double factor) {
    return (base, _, epoch) -> base * StrictMath.pow(factor, epoch / every);
  }

  private static Schedule cosine(double least) {
    return (base, progress, _) -> wave(base, least, progress);
  }

  /** The very first step would have a rate of zero: it takes a thousandth of the way instead. */
  private static Schedule warmUp(double share) {
    return (base, progress, _) ->
        progress < share ? base * Math.max(progress, 1e-3) / share : wave(base, 0, (progress - share) / (1 - share));
  }

  private static Schedule oneCycle(double peak, double share) {
    return (base, progress, _) -> {
      double top = peak == 0 ? base : peak;
      return progress < share
          ? wave(top * FIRST, top, progress / share)
          : wave(top, top * FIRST * LAST, (progress - share) / (1 - share));
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
