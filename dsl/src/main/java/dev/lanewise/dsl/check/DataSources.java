package dev.lanewise.dsl.check;

import static dev.lanewise.runtime.signature.Argument.optional;

import dev.lanewise.dsl.check.CheckedData.Origin;
import dev.lanewise.runtime.signature.Argument;
import dev.lanewise.runtime.signature.Arguments;
import dev.lanewise.runtime.signature.Signature;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Every place that data may come from. */
public final class DataSources {
  /** Points that fit into memory many times over. */
  private static final int MOST_POINTS = 1_000_000;

  /** One source as users call it. */
  record Definition(Signature signature, Function<Arguments, Origin> binder) {}

  private static final List<Definition> ALL =
      List.of(
          digits("mnist", "70,000 handwritten digits of 28x28 (LeCun et al. 1998)"),
          digits("fashion_mnist", "70,000 pictures of clothes in the form of MNIST (Xiao et al. 2017)"),
          new Definition(Signature.of("xor", "exclusive or: four points that no single neuron can tell apart"), _ -> new Origin.Xor()),
          points("spirals", Origin.Points.Kind.SPIRALS, "arms of a spiral around each other", true, 0.02),
          points("moons", Origin.Points.Kind.MOONS, "two half moons that reach into each other", false, 0.1),
          points("circles", Origin.Points.Kind.CIRCLES, "rings around each other", true, 0.05),
          points("gaussians", Origin.Points.Kind.GAUSSIANS, "clouds on a ring", true, 0.3));

  private DataSources() {}

  private static Definition digits(String name, String summary) {
    return new Definition(
        Signature.of(name, summary, optional("folder", Argument.Type.TEXT, "", "where the four files are")),
        a -> new Origin.Digits(name, Optional.of(a.text("folder")).filter(f -> !f.isEmpty())));
  }

  private static Definition points(String name, Origin.Points.Kind kind, String summary, boolean classes, double noise) {
    Argument count = optional("count", Argument.Type.INTEGER, 1_000, "points to train on; a fifth as many again are there to test on");
    Argument spread = optional("noise", Argument.Type.NUMBER, noise, "deviation of the points");
    Signature signature = classes
        ? Signature.of(name, summary, optional("classes", Argument.Type.INTEGER, 2, "how many"), count, spread)
        : Signature.of(name, summary, count, spread);
    return new Definition(signature, a -> points(kind, classes ? a.integer("classes") : 2, a.integer("count"), a.number("noise")));
  }

  private static Origin points(Origin.Points.Kind kind, int classes, int count, double noise) {
    if (classes < 2 || classes > 100) {
      throw new IllegalArgumentException("classes must be between 2 and 100, not " + classes);
    }
    if (count < classes || count > MOST_POINTS) {
      throw new IllegalArgumentException("count must be between " + classes + " and 1,000,000, not " + count);
    }
    if (!(noise >= 0) || Double.isInfinite(noise)) {
      throw new IllegalArgumentException("noise must be at least 0, not " + noise);
    }
    return new Origin.Points(kind, classes, count, noise);
  }

  static Optional<Definition> named(String name) {
    return ALL.stream().filter(d -> d.signature.name().equals(name)).findFirst();
  }

  /** How they are called, for the reference. */
  public static List<Signature> signatures() {
    return ALL.stream().map(Definition::signature).toList();
  }
}
