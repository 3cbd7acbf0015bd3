package dev.lanewise.dsl.parse.habit;

import java.util.List;
import java.util.Optional;

/** All of them, the more special before the more general. */
public final class Habits {
  private static final List<Habit> ALL = List.of(new Pairs(), new Signs(), new Builders(), new Sections());

  private Habits() {}

  /** Why a statement cannot be read, if it is written as in another language. */
  public static Optional<Foreign> of(Place place) {
    return ALL.stream().flatMap(h -> h.seen(place).stream()).findFirst();
  }
}
