package dev.lanewise.runtime.symbolic;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What is known of the place where a term stands: conditions that hold there, and such that do not. */
record Facts(List<Fact> all) {
  static final Facts NONE = new Facts(List.of());

  record Fact(Condition condition, boolean holds) {}

  enum Answer {
    YES,
    NO,
    OPEN
  }

  /** How two numbers may lie to each other. */
  private enum Order {
    BELOW,
    SAME,
    ABOVE,
    /** One of them is NaN. */
    NONE
  }

  Facts with(Condition condition, boolean holds) {
    List<Fact> more = new ArrayList<>(all);
    more.add(new Fact(condition, holds));
    return new Facts(more);
  }

  Answer answer(Condition asked) {
    List<Order> left = new ArrayList<>(List.of(Order.values()));
    for (Fact fact : all) {
      if (fact.condition.left().equals(asked.left()) && fact.condition.right().equals(asked.right())) {
        left.removeIf(order -> holding(fact.condition.relation()).contains(order) != fact.holds);
      }
    }
    Set<Order> wanted = holding(asked.relation());
    return wanted.containsAll(left) ? Answer.YES : left.stream().anyMatch(wanted::contains) ? Answer.OPEN : Answer.NO;
  }

  private static Set<Order> holding(Relation relation) {
    return switch (relation) {
      case EQ -> Set.of(Order.SAME);
      case NE -> Set.of(Order.BELOW, Order.ABOVE, Order.NONE);
      case LT -> Set.of(Order.BELOW);
      case LE -> Set.of(Order.BELOW, Order.SAME);
      case GT -> Set.of(Order.ABOVE);
      case GE -> Set.of(Order.ABOVE, Order.SAME);
    };
  }
}
