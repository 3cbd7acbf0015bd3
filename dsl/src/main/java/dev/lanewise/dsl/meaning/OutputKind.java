package dev.lanewise.dsl.meaning;

import dev.lanewise.runtime.layer.EachPlace;
import dev.lanewise.runtime.operation.Computation;
import dev.lanewise.runtime.operation.Conv;
import dev.lanewise.runtime.operation.Dense;
import dev.lanewise.runtime.operation.Dropout;
import dev.lanewise.runtime.operation.Initialized;
import dev.lanewise.runtime.operation.Objective;
import dev.lanewise.runtime.operation.Reshape;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What kind of numbers the end of a network gives, and which each loss takes: the one table of both. An activation that stands in no row, or is written in the
 * language, may give anything, and a loss that does may take anything.
 */
public enum OutputKind {
  /** Scores, or whatever a sum of products is. */
  ANY("numbers of any size", Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, Set.of("dense", "conv", "transposed_conv")),
  NOT_NEGATIVE("no numbers below 0", 0, Double.POSITIVE_INFINITY, Set.of("relu", "softplus")),
  TO_SIX("numbers from 0 to 6", 0, 6, Set.of("relu6")),
  SHARES("numbers from 0 to 1", 0, 1, Set.of("sigmoid", "hard_sigmoid")),
  BETWEEN("numbers from -1 to 1", -1, 1, Set.of("tanh", "softsign")),
  /** Of one example, at one place, they add up to 1. */
  PROBABILITIES("probabilities that add up to 1", 0, 1, Set.of("softmax")),
  LOGARITHMS("logarithms of probabilities", Double.NEGATIVE_INFINITY, 0, Set.of("log_softmax")),
  UNKNOWN("", Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, Set.of());

  /** What a loss takes. */
  public enum Wanted {
    /** Numbers of any size, of which it makes probabilities itself. */
    SCORES("cross_entropy", "focal", "bce_with_logits", "hinge"),
    PROBABILITIES("bce"),
    LOGARITHMS("nll", "kl"),
    /** Those that are to be predicted. */
    NUMBERS("mse", "mae", "l1", "huber"),
    /** Places in a space, which are compared by their distances or directions. */
    EMBEDDINGS("triplet", "contrastive"),
    ANYTHING;

    private final List<String> losses;

    Wanted(String... losses) {
      this.losses = List.of(losses);
    }

    /** By the loss of a network's own output. */
    public static Wanted by(Computation loss) {
      String name = Objective.main(loss).name();
      for (Wanted wanted : values()) {
        if (wanted.losses.contains(name)) {
          return wanted;
        }
      }
      return ANYTHING;
    }
  }

  private final String gives;
  private final double low;
  private final double high;
  private final Set<String> layers;

  OutputKind(String gives, double low, double high, Set<String> layers) {
    this.gives = gives;
    this.low = low;
    this.high = high;
    this.layers = layers;
  }

  /** What a network's own output is. */
  public static OutputKind of(CheckedNet net) {
    CheckedNet.Layer last = maker(net);
    return last == null ? UNKNOWN : made(last.computation());
  }

  /** What a layer gives. */
  public static OutputKind made(Computation layer) {
    Computation plain = plain(layer);
    if (plain instanceof Dense || plain instanceof Conv) {
      return ANY;
    }
    for (OutputKind kind : values()) {
      if (kind.layers.contains(plain.name())) {
        return kind;
      }
    }
    return UNKNOWN;
  }

  /** The layer that makes a network's own output, before it is put into another shape; null if that is its input. */
  public static CheckedNet.Layer maker(CheckedNet net) {
    int value = net.result();
    while (value > 0) {
      CheckedNet.Layer layer = net.layers().get(value - 1);
      Computation plain = plain(layer.computation());
      if (!(plain instanceof Reshape || plain instanceof Dropout) || layer.inputs().size() != 1) {
        return layer;
      }
      value = layer.inputs().getFirst();
    }
    return null;
  }

  private static Computation plain(Computation layer) {
    return Initialized.plain(EachPlace.plain(layer));
  }

  /** Whether it is an activation that bends the numbers before it. */
  public boolean isBent() {
    return this != ANY && this != UNKNOWN;
  }

  /** Whether all numbers of a range can be given. */
  public boolean reaches(double least, double most) {
    return low <= least && most <= high;
  }

  /** {@code no numbers below 0}. */
  public String gives() {
    return gives;
  }

  /** The same of numbers to be predicted, which lie elsewhere. */
  public String unreached(double least, double most) {
    return String.format(Locale.ROOT, "the last layer gives %s, but what it is to predict goes from %.4g to %.4g", gives, least, most);
  }
}
