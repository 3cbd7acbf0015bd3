package dev.lanewise.dsl.scope;

import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.dsl.meaning.CheckedData;
import dev.lanewise.dsl.meaning.CheckedNet;
import dev.lanewise.dsl.meaning.CheckedTrain;
import dev.lanewise.dsl.syntax.Statement;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/** The names that are bound, and where. */
public final class Scope {
  /**
   * @param source in which the name was bound
   * @param home the names that the definition itself sees, where it was imported; null for those of whoever uses it
   */
  public record Bound(Definition definition, Source source, Span span, Scope home) {
    public Bound(Definition definition, Source source, Span span) {
      this(definition, source, span, null);
    }
  }

  private final Map<String, Bound> names;
  /** By the network: what it was trained by last. */
  private final Map<CheckedNet, CheckedTrain> trainings;
  /** Networks that have been read from somewhere. */
  private final Set<CheckedNet> read = Collections.newSetFromMap(new IdentityHashMap<>());

  private final Set<CheckedNet> against = Collections.newSetFromMap(new IdentityHashMap<>());

  private Function<String, Optional<CheckedData>> ahead = _ -> Optional.empty();

  public Scope() {
    this(Map.of(), Map.of(), Set.of());
  }

  private Scope(Map<String, Bound> names, Map<CheckedNet, CheckedTrain> trainings, Set<CheckedNet> read) {
    this.names = new HashMap<>(names);
    this.trainings = new IdentityHashMap<>(trainings);
    this.read.addAll(read);
  }

  public Scope copy() {
    Scope copy = new Scope(names, trainings, read);
    copy.against.addAll(against);
    copy.ahead = ahead;
    return copy;
  }

  /** @param data which data a network is trained on further down, if any */
  public void ahead(Function<String, Optional<CheckedData>> data) {
    ahead = data;
  }

  /** The data that a network of that name will be trained on, for whoever proposes something; empty if nobody can tell. */
  public Optional<CheckedData> dataOf(String net) {
    return ahead.apply(net);
  }

  /** A statement reads a network. */
  public void reads(CheckedNet net) {
    read.add(net);
  }

  /** Whether a network was trained elsewhere, by what only the file knows that it is read from. */
  public boolean isTrainedElsewhere(CheckedNet net) {
    return read.contains(net) && !trainings.containsKey(net);
  }

  /** A statement trains a network against another. */
  public void trains(CheckedNet net) {
    against.add(net);
  }

  /** Whether a statement has trained a network or read it from somewhere, or one further down trains it. */
  public boolean isTouched(CheckedNet net) {
    return read.contains(net) || trainings.containsKey(net) || against.contains(net) || dataOf(net.name()).isPresent();
  }

  /** A statement trains a network. */
  public void trains(CheckedTrain train) {
    trainings.put(train.net(), train);
  }

  /** The training of a network that is the last so far. */
  public Optional<CheckedTrain> training(CheckedNet net) {
    return Optional.ofNullable(trainings.get(net));
  }

  /** What a name stands for: bound by a script, or else in the prelude. What would be a part of something with a mistake has that mistake too. */
  public Optional<Bound> find(String name) {
    return bound(name).or(() -> Prelude.find(name)).or(() -> faulty(name));
  }

  private Optional<Bound> faulty(String path) {
    return bound(path.substring(0, Math.max(0, path.indexOf('.')))).filter(b -> b.definition instanceof Definition.Faulty);
  }

  /** What a script has bound; names of the prelude are free for other things. */
  public Optional<Bound> bound(String name) {
    return Optional.ofNullable(names.get(name));
  }

  /** How a function is bound that has been found here. */
  public Bound bound(Statement.Function function) {
    return names().stream()
        .map(n -> find(n).orElseThrow())
        .filter(b -> b.definition() instanceof Definition.Function(Statement.Function f) && f == function)
        .findFirst()
        .orElseThrow();
  }

  /** The name for a result that was given none. */
  public String nextResult() {
    int number = 1;
    while (names.containsKey("_" + number)) {
      number++;
    }
    return "_" + number;
  }

  /** What scripts have bound, in words. */
  public Map<String, String> boundNames() {
    Map<String, String> all = new TreeMap<>();
    names.forEach((name, bound) -> all.put(name, bound.definition().what()));
    return all;
  }

  public Set<String> names() {
    Set<String> all = new TreeSet<>(names.keySet());
    all.addAll(Prelude.names());
    return all;
  }

  /** What a script has bound itself, to be imported by another: what it has imported is not among it. */
  public Map<String, Bound> exports() {
    Map<String, Bound> exports = new TreeMap<>();
    names.forEach((name, bound) -> {
      boolean own = bound.home == null;
      boolean reusable =
          switch (bound.definition) {
            case Definition.Net _, Definition.Block _, Definition.Layer _, Definition.Function _, Definition.Faulty _ -> true;
            case Definition.Value(Formula value) -> value instanceof Formula.Known;
            case Definition.Data _, Definition.Run _, Definition.Imported _ -> false;
          };
      if (own && reusable) {
        exports.put(name, new Bound(bound.definition, bound.source, bound.span, this));
      }
    });
    return exports;
  }

  public void bind(String name, Bound bound) {
    names.put(name, bound);
  }
}
