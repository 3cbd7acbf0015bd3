package dev.lanewise.dsl.doctor;

import java.util.Optional;

/** Looks for one thing. Each is a file, which says when it tells and when not. */
public interface Check {
  /** Empty if it is well, or cannot be told. */
  Optional<Finding> look(Patient patient);

  /** Whether it takes no time to speak of: then it is done after every training. */
  default boolean isQuick() {
    return true;
  }

  /** Whether it says something of a training by clients: not if it compares epochs, which there are rounds of others each time, or their losses. */
  default boolean isOfRounds() {
    return true;
  }
}
