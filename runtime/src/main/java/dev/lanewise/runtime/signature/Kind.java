package dev.lanewise.runtime.signature;

import java.util.List;

/** What may be written for an {@link Argument}. */
public interface Kind {
  /** In words, such as {@code a whole number}. */
  String what();

  /** Words that stand for themselves, such as {@code same}; they arrive as they are. */
  default List<String> words() {
    return List.of();
  }

  /** Whether it must be given by its name, as in {@code to = "loss.png"}. */
  default boolean isNamed() {
    return false;
  }
}
