package dev.lanewise.dsl.doctor.visit;

import dev.lanewise.dsl.doctor.Finding;
import dev.lanewise.dsl.exhibit.Table;
import java.util.ArrayList;
import java.util.List;

/** Findings, one below the other. */
public final class FindingTable {
  private FindingTable() {}

  /** @param of whose training it was */
  public static Table of(String of, List<Finding> findings) {
    List<List<String>> rows = new ArrayList<>();
    for (Finding f : findings) {
      rows.add(List.of(Integer.toString(rows.size() / 4 + 1) + ".", f.cause().title()));
      rows.add(List.of("shown by", f.shows()));
      rows.add(List.of("where", f.where().toString()));
      rows.add(List.of("try", f.change()));
    }
    return new Table(title(of, findings.size()), List.of(), rows);
  }

  private static String title(String of, int count) {
    return switch (count) {
      case 0 -> "the doctor finds nothing wrong with the training of " + of;
      case 1 -> "the doctor finds one thing in the training of " + of;
      default -> "the doctor finds " + count + " things in the training of " + of;
    };
  }
}
