package dev.lanewise.dsl.elsewhere;

import java.util.List;
import java.util.Set;

/**
 * Another library.
 *
 * @param title as its users call it
 * @param words that stand before its names, with dots between them: {@code torch.nn}
 */
record Library(String title, Set<String> words) {
  Library {
    words = Set.copyOf(words);
  }

  boolean has(List<String> before) {
    return words.containsAll(before);
  }
}
