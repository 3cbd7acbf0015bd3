package dev.lanewise.runtime.spec;

import dev.lanewise.runtime.signature.Argument;
import dev.lanewise.runtime.tensor.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How a weight gets its first values, whatever its shape: {@code he_normal}, {@code normal(0.02)}. Of a shape [out, in, …], fan in is in
 * times what follows and fan out is out times what follows, as in PyTorch; gains are those for relu where PyTorch has one.
 *
 * @param scale the deviation of normal, the bound of uniform, the factor of orthogonal; 1 for all others
 */
public record Initialization(Kind kind, double scale) {
  /** By name. */
  public enum Kind {
    /** PyTorch's for linear and convolutional layers: uniform, with the bound 1 / sqrt(fan in). */
    DEFAULT(false),
    ZEROS(false),
    ONES(false),
    NORMAL(true),
    UNIFORM(true),
    /** He et al. 2015, which PyTorch calls kaiming: deviation sqrt(2 / fan in). */
    HE_NORMAL(false),
    HE_UNIFORM(false),
    /** Glorot and Bengio 2010: deviation sqrt(2 / (fan in + fan out)). */
    XAVIER_NORMAL(false),
    XAVIER_UNIFORM(false),
    /** Saxe et al. 2014: rows, or columns where there are fewer, at right angles to each other. */
    ORTHOGONAL(true);

    private final boolean scaled;

    Kind(boolean scaled) {
      this.scaled = scaled;
    }

    /** Whether it takes a number. */
    public boolean isScaled() {
      return scaled;
    }

    /** As the language writes it. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What a layer leaves to its user. */
  public static final Argument ARGUMENT =
      Argument.optional(
          "init", Argument.Type.INITIALIZATION, new Initialization(Kind.DEFAULT, 1), "how the weight gets its first values");

  public static List<String> names() {
    return Arrays.stream(Kind.values()).map(Kind::toString).toList();
  }

  public static Optional<Kind> named(String name) {
    return Arrays.stream(Kind.values()).filter(k -> k.toString().equals(name)).findFirst();
  }

  /** Of a weight in PyTorch's layout: [out, in, …]. */
  public Initializer of(Shape weight) {
    int rest = weight.size() / weight.dim(0);
    int in = weight.rank() == 1 ? weight.size() : weight.dim(1);
    double inner = weight.rank() == 1 ? 1 : (double) rest / in;
    return of(in * inner, weight.dim(0) * inner, weight.dim(0), rest);
  }

  /** @param rows and columns of the weight as a matrix, as it lies in memory */
  public Initializer of(double fanIn, double fanOut, int rows, int columns) {
    return switch (kind) {
      case DEFAULT -> new Initializer.Uniform(1 / Math.sqrt(fanIn));
      case ZEROS -> new Initializer.Constant(0);
      case ONES -> new Initializer.Constant(1);
      case NORMAL -> new Initializer.Normal(scale);
      case UNIFORM -> new Initializer.Uniform(scale);
      case HE_NORMAL -> new Initializer.Normal(Math.sqrt(2 / fanIn));
      case HE_UNIFORM -> new Initializer.Uniform(Math.sqrt(6 / fanIn));
      case XAVIER_NORMAL -> new Initializer.Normal(Math.sqrt(2 / (fanIn + fanOut)));
      case XAVIER_UNIFORM -> new Initializer.Uniform(Math.sqrt(6 / (fanIn + fanOut)));
      case ORTHOGONAL -> new Initializer.Orthogonal(rows, columns, scale);
    };
  }

  /** {@code default}, {@code normal(0.02)}. */
  @Override
  public String toString() {
    return kind.isScaled() ? kind + "(" + scale + ")" : kind.toString();
  }
}
