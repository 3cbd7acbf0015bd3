package dev.lanewise.dsl.check;

import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.diagnostic.Span;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The names inside a network, or inside one use of a block: its bindings, its labels, and how its layers are called.
 *
 * <p>A layer is called by its label, or else by its kind and number; inside a block the names of the uses come before
 * it: {@code Res1.ConvBn2.conv1}.
 */
final class Names {
  private final Source source;
  private final String prefix;
  private final Map<String, Constant> locals = new HashMap<>();
  private final Map<String, Integer> labelled = new HashMap<>();
  private final Map<String, Integer> counts = new HashMap<>();
  private final Map<String, Span> spans = new LinkedHashMap<>();
  private final Set<String> read = new HashSet<>();
  private final Set<String> taken = new HashSet<>();

  /** @param prefix empty for a network, {@code Res1.} inside a use of a block */
  Names(Source source, String prefix) {
    this.source = source;
    this.prefix = prefix;
  }

  /** In which the network or block is written. */
  Source source() {
    return source;
  }

  Map<String, Constant> locals() {
    return locals;
  }

  /** The values that have a label, by their numbers. */
  Map<String, Integer> labelled() {
    return labelled;
  }

  /** Where a label stands. */
  void span(String label, Span span) {
    spans.put(label, span);
  }

  Span span(String label) {
    return spans.get(label);
  }

  void markRead(String label) {
    read.add(label);
  }

  /** The labels that nobody has read. */
  List<String> unread() {
    return spans.keySet().stream().filter(l -> !read.contains(l)).toList();
  }

  /** Whether a label was still free. */
  boolean take(String label) {
    return taken.add(label);
  }

  /** The full name for something without a label: {@code conv1}, or the next number if a label has taken that. */
  String numbered(String kind) {
    String name = kind + counts.merge(kind, 1, Integer::sum);
    while (!taken.add(name)) {
      name = kind + counts.merge(kind, 1, Integer::sum);
    }
    return prefix + name;
  }

  /** The full name for a label. */
  String full(String label) {
    return prefix + label;
  }
}
