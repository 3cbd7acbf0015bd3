package dev.lanewise.runtime.data;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Examples some of which belong together, as those of one speaker do: who is to be tested on what was never heard must not have learnt from others of
 * the group.
 *
 * @param groups of each example, a number
 */
public record Grouped(Dataset of, int[] groups, Grouping by) implements View {
  /** @param values of each example what it is grouped by: groups are numbered in the order in which they come */
  public static Grouped of(Dataset data, List<String> columns, List<String> values) {
    Map<String, Integer> numbers = new LinkedHashMap<>();
    int[] groups = values.stream().mapToInt(v -> numbers.computeIfAbsent(v, _ -> numbers.size())).toArray();
    return new Grouped(data, groups, new Grouping(columns, new ArrayList<>(numbers.keySet())));
  }

  @Override
  public int group(int index) {
    return groups[index];
  }

  @Override
  public Optional<Grouping> grouping() {
    return Optional.of(by);
  }

  @Override
  public Normalization measured() {
    return of.measured();
  }

  @Override
  public Dataset as(Encoding encoding) {
    return new Grouped(of.as(encoding), groups, by);
  }

  @Override
  public Dataset normalized(Normalization normalization) {
    return new Grouped(of.normalized(normalization), groups, by);
  }

  @Override
  public Dataset normalized(int field, Normalization normalization) {
    return new Grouped(of.normalized(field, normalization), groups, by);
  }
}
