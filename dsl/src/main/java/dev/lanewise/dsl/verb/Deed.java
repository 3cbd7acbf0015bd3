package dev.lanewise.dsl.verb;

import dev.lanewise.dsl.meaning.CheckedNet;
import dev.lanewise.dsl.meaning.Scored;
import dev.lanewise.runtime.tensor.Shape;
import java.util.Optional;

/** What a checked call of a verb does: a record with all that it needs. */
public interface Deed {
  /** What comes of it. */
  enum Gives {
    /** A score, of which {@code .accuracy} and its like are parts. */
    SCORE,
    /** A list of numbers, of a known shape. */
    NUMBERS,
    /** Something to look at. */
    EXHIBIT,
    NOTHING
  }

  default Gives gives() {
    return Gives.NOTHING;
  }

  /** What {@code show} makes of it: what it gives, if that can be looked at. */
  default Optional<Deed> exhibit() {
    return gives() == Gives.EXHIBIT ? Optional.of(this) : Optional.empty();
  }

  /** Whose score it gives, if it does. */
  default Optional<Scored> scored() {
    return Optional.empty();
  }

  /** Of the numbers that it gives, if it does. */
  default Optional<Shape> shape() {
    return Optional.empty();
  }

  /** The network that has the parameters and the world of a file, or of another network, from then on: by which loss it was trained, only running tells. */
  default Optional<CheckedNet> reads() {
    return Optional.empty();
  }

  /** Whether networks are left as they are: it may be done while a training waits. */
  default boolean looks() {
    return true;
  }

  /** @throws dev.lanewise.dsl.diagnostic.MistakeException if only running could find what is wrong */
  Result run(Bench bench);
}
