package dev.lanewise.dsl.view;

import dev.lanewise.dsl.exhibit.Table;
import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.data.Dataset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What {@code show(data)} prints: how many examples of each class every part has, and the share of the class among
 * those to train on.
 */
public final class DataTable {
  private DataTable() {}

  public static Table of(DataSplit data) {
    List<Dataset> parts = parts(data).toList();
    List<int[]> counts = parts.stream().map(DataSplit::counts).toList();
    List<String> header = new ArrayList<>(List.of(data.train().classes() == 0 ? "" : "class", "train"));
    if (data.validation() != null) {
      header.add("validation");
    }
    header.addAll(List.of("test", "share"));
    List<List<String>> rows = new ArrayList<>();
    for (int c = 0; c < data.train().classes(); c++) {
      int label = c;
      rows.add(row(data.className(c), counts.stream().map(of -> of[label]).toList(), data.train().size()));
    }
    rows.add(row("total", parts.stream().map(Dataset::size).toList(), data.train().size()));
    return new Table(data.name() + ": " + data.kind(), header, rows);
  }

  private static Stream<Dataset> parts(DataSplit data) {
    return Stream.of(data.train(), data.validation(), data.test()).filter(part -> part != null);
  }

  private static List<String> row(String name, List<Integer> counts, int of) {
    List<String> row = new ArrayList<>(List.of(name));
    counts.forEach(n -> row.add(String.format(Locale.ROOT, "%,d", n)));
    row.add(String.format(Locale.ROOT, "%.1f %%", 100.0 * counts.getFirst() / of));
    return row;
  }
}
