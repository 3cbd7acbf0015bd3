package dev.lanewise.repl.bench;

import dev.lanewise.dsl.exhibit.Table;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;

/**
 * A topic: a row for each question, a column for each who answers, and how many times as fast the kernels are.
 *
 * @param parameters names of those that the questions have
 * @param who answers any of them
 */
public record Comparison(String topic, String unit, List<String> parameters, List<Who> who, List<Row> rows) {
  /** A question and its answers. */
  public record Row(String what, Map<String, String> parameters, Map<Who, Measured> answers) {
    /** How many times as long the other takes as the kernels do; empty unless both have been measured. */
    public OptionalDouble times(Who other) {
      Measured mine = answers.get(Who.SIMD);
      Measured theirs = answers.get(other);
      return mine == null || theirs == null || other == Who.SIMD ? OptionalDouble.empty() : OptionalDouble.of(theirs.score() / mine.score());
    }
  }

  private record Key(String what, Map<String, String> parameters) {}

  /** One for each topic, in the order they were measured in. */
  public static List<Comparison> of(List<Measured> all) {
    Map<String, List<Measured>> topics = new LinkedHashMap<>();
    all.forEach(m -> topics.computeIfAbsent(m.topic(), _ -> new ArrayList<>()).add(m));
    return topics.entrySet().stream().map(e -> of(e.getKey(), e.getValue())).toList();
  }

  private static Comparison of(String topic, List<Measured> all) {
    Map<Key, Map<Who, Measured>> rows = new LinkedHashMap<>();
    Set<String> parameters = new LinkedHashSet<>();
    Set<Who> who = new TreeSet<>();
    for (Measured m : all) {
      rows.computeIfAbsent(new Key(m.what(), m.parameters()), _ -> new EnumMap<>(Who.class)).put(m.who(), m);
      parameters.addAll(m.parameters().keySet());
      who.add(m.who());
    }
    List<Row> inOrder = rows.entrySet().stream().map(e -> new Row(e.getKey().what, e.getKey().parameters, e.getValue())).toList();
    return new Comparison(topic, all.getFirst().unit(), List.copyOf(parameters), List.copyOf(who), inOrder);
  }

  private List<Who> others() {
    return who.contains(Who.SIMD) ? who.stream().filter(w -> w != Who.SIMD).toList() : List.of();
  }

  private boolean isNamed() {
    return rows.stream().anyMatch(r -> !r.what.isEmpty());
  }

  /** To be looked at. */
  public Table table() {
    List<String> header = new ArrayList<>();
    if (isNamed()) {
      header.add("operation");
    }
    header.addAll(parameters);
    who.forEach(w -> header.add(w.label()));
    others().forEach(w -> header.add("vs " + w.label()));
    return new Table(topic + ", " + unit.replace("us/op", "µs"), header, rows.stream().map(this::cells).toList());
  }

  private List<String> cells(Row row) {
    List<String> cells = new ArrayList<>();
    if (isNamed()) {
      cells.add(row.what);
    }
    parameters.forEach(p -> cells.add(row.parameters.getOrDefault(p, "")));
    who.forEach(w -> cells.add(row.answers.containsKey(w) ? score(row.answers.get(w).score()) : "-"));
    others().forEach(w -> cells.add(row.times(w).isPresent() ? times(row.times(w).getAsDouble()) : "-"));
    return cells;
  }

  static String score(double score) {
    return String.format(Locale.ROOT, score < 10 ? "%.3f" : score < 1000 ? "%.1f" : "%,.0f", score);
  }

  static String times(double ratio) {
    return String.format(Locale.ROOT, ratio < 0.1 ? "%.3fx" : ratio < 100 ? "%.2fx" : "%,.0fx", ratio);
  }
}
