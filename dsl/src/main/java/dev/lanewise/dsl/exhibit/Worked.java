package dev.lanewise.dsl.exhibit;

import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * A number, and how it comes about: what is added, or a single formula.
 *
 * <pre>{@code tanh1[0] = tanh(dense1[0]) = tanh(-0.19) = -0.1877 }</pre>
 *
 * @param of the number itself
 * @param addends those that count most first, where some are left out
 * @param left how many there are besides
 * @param rest what these come to
 * @param engine what the kernels computed, in float; empty where they were not asked
 * @param where numbers in the formula that are made on the way, in the order in which they are read
 */
public record Worked(Piece.Number of, List<Addend> addends, int left, double rest, OptionalDouble engine, List<Worked> where) {
  /** What is added. @param value what its pieces come to */
  public record Addend(List<Piece> pieces, double value) {
    public Addend {
      pieces = List.copyOf(pieces);
    }
  }

  public Worked {
    addends = List.copyOf(addends);
    where = List.copyOf(where);
  }

  public Worked(Piece.Number of, List<Addend> addends, List<Worked> where) {
    this(of, addends, 0, 0, OptionalDouble.empty(), where);
  }

  /** The same beside what the kernels computed. */
  public Worked beside(double computed) {
    return new Worked(of, addends, left, rest, OptionalDouble.of(computed), where);
  }

  public Worked with(List<Worked> others) {
    return new Worked(of, addends, left, rest, engine, others);
  }

  /** This, and all that it is made of. */
  public Stream<Worked> all() {
    return Stream.concat(Stream.of(this), where.stream().flatMap(Worked::all));
  }
}
