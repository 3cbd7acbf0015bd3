package dev.lanewise.runtime.kernel.code;

import dev.lanewise.runtime.symbolic.Relation;

/** A truth for each lane. */
public sealed interface Condition {
  record Variable(String name) implements Condition {}

  record Compare(Relation relation, Vector a, Vector b) implements Condition {}
}
