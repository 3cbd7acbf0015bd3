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
}
