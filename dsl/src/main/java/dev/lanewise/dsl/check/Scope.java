package dev.lanewise.dsl.check;

import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.diagnostic.Span;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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

  public Optional<Bound> find(String name) {
    return Optional.ofNullable(names.get(name));
  }

  Set<String> names() {
    return names.keySet();
  }

  void bind(String name, Bound bound) {
    names.put(name, bound);
  }
}
