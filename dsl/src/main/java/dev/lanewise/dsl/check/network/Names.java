package dev.lanewise.dsl.check.network;

import dev.lanewise.dsl.diagnostic.Diagnostic;
import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.dsl.meaning.Constant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The names inside a network, or inside one use of a block: its bindings, its labels, and how its layers are called.
 *
 * <p>A layer is called by its label, or else by its kind and number; inside a block the names of the uses come before
 * it: {@code Res1.ConvBn2.conv1}.
 */
final class Names {
  /** Lines of a trail of shapes. */
  private static final int MOST_NOTES = 3;

  private final Source source;
  private final String prefix;
  private final Map<String, Constant> locals = new HashMap<>();
  private final Map<String, Integer> labelled = new HashMap<>();
  private final Map<String, Integer> counts = new HashMap<>();
  private final Map<String, String> layers = new HashMap<>();
  private final List<Diagnostic.Note> made = new ArrayList<>();
  private final Map<String, Span> spans = new LinkedHashMap<>();
  private final Set<String> read = new HashSet<>();
  private final Set<String> taken = new HashSet<>();
  private Names outer;

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

  /** For what branches off: it sees what is bound and labelled here, but binds and labels for itself. */
  Names inner(String name) {
    Names inner = new Names(source, full(name) + ".");
    inner.locals.putAll(locals);
    inner.labelled.putAll(labelled);
    inner.layers.putAll(layers);
    inner.read.addAll(labelled.keySet());
    inner.outer = this;
    return inner;
  }

  /** A step of this network or block has made a value of that shape. */
  void made(Span step, String shape) {
    made.add(new Diagnostic.Note(step, shape));
  }

  /** What the last lines before a place make: the way that a shape has come. */
  List<Diagnostic.Note> trail(Span to) {
    int line = source.position(to.start()).line();
    Deque<Diagnostic.Note> notes = new ArrayDeque<>();
    for (int i = made.size() - 1; i >= 0 && notes.size() < MOST_NOTES; i--) {
      int at = source.position(made.get(i).span().start()).line();
      if (at < line) {
        notes.push(made.get(i));
        line = at;
      }
    }
    return List.copyOf(notes);
  }

  /** A label like one that is taken, and that nothing here is called: behind `a` comes `b`, behind `x1` `x2`. */
  String free(String label) {
    Set<String> words = new HashSet<>(List.of(source.text().split("[^\\p{L}\\p{N}_]+")));
    return Stream.concat(letters(label), counted(label)).filter(l -> !words.contains(l)).findFirst().orElseThrow();
  }

  private static Stream<String> letters(String label) {
    return label.matches("[a-z]") ? IntStream.rangeClosed(label.charAt(0) + 1, 'z').mapToObj(c -> String.valueOf((char) c)) : Stream.empty();
  }

  private static Stream<String> counted(String label) {
    String stem = label.replaceFirst("\\d+$", "");
    int first = label.equals(stem) || label.length() - stem.length() > 6 ? 2 : Integer.parseInt(label.substring(stem.length())) + 1;
    return IntStream.iterate(first, i -> i + 1).mapToObj(i -> stem + i);
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
    if (outer != null) {
      outer.markRead(label);
    }
  }

  /** A label that stands before a single layer: that layer's full name. */
  void layer(String label, String name) {
    layers.put(label, name);
  }

  /** The full name of the layer that a label names; empty if it names a block or a value that was only read. */
  Optional<String> layer(String label) {
    return Optional.ofNullable(layers.get(label));
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
