package dev.lanewise.dsl.parse.habit;

import java.util.Optional;

/** One way of writing that other languages have. */
@FunctionalInterface
interface Habit {
  /** What it is, if this is why a statement cannot be read. */
  Optional<Foreign> seen(Place place);
}
