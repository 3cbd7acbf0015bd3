package dev.lanewise.dsl.session;

import java.util.List;

/** Rows under a header, all of one length. */
public record Table(String title, List<String> header, List<List<String>> rows) {
  public Table {
    header = List.copyOf(header);
    rows = rows.stream().map(List::copyOf).toList();
  }
}
