package dev.lanewise.runtime.kernel.code;

import java.util.List;

/** A step of a program. A variable comes into being where it is first set. */
public sealed interface Statement {
  record Set(String name, Vector value) implements Statement {}

  record SetIndex(String name, Index value) implements Statement {}

  record SetCondition(String name, Condition value) implements Statement {}

  record Store(String array, Index at, Vector value) implements Statement {}

  /** {@code for (name = from; name < to; name += step)}. */
  record Loop(String name, Index from, Index to, int step, List<Statement> body) implements Statement {}

  /**
   * A loop whose body is run at least once, whatever its bounds are at run time. Where loops over vectors are nested and their
   * bounds are not constants, this is what lets the compiler see which vectors leave them: otherwise each becomes an object.
   */
  record Repeat(String name, Index from, Index to, int step, List<Statement> body) implements Statement {}
}
