package dev.lanewise.dsl.check;

import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.diagnostic.Span;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The names that are bound, and where. */
public final class Scope {
  /** @param source in which the name was bound */
  public record Bound(Definition definition, Source source, Span span) {}

  private final Map<String, Bound> names;

  public Scope() {
    this(Map.of());
  }

  private Scope(Map<String, Bound> names) {
    this.names = new HashMap<>(names);
  }

  public Scope copy() {
    return new Scope(names);
  }

  /** What a name stands for: bound by a script, or else in the prelude. */
  public Optional<Bound> find(String name) {
    return bound(name).or(() -> Prelude.find(name));
  }

  /** What a script has bound; names of the prelude are free for other things. */
  Optional<Bound> bound(String name) {
    return Optional.ofNullable(names.get(name));
  }

  Set<String> names() {
    Set<String> all = new TreeSet<>(names.keySet());
    all.addAll(Prelude.names());
    return all;
  }

  void bind(String name, Bound bound) {
    names.put(name, bound);
  }
}
