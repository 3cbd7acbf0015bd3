package dev.lanewise.dsl.view;

import dev.lanewise.dsl.exhibit.Table;
import dev.lanewise.runtime.train.Change;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What was changed in a training on its way. */
public final class ChangeTable {
  private ChangeTable() {}

  /** {@code learning rate 0.1 after batch 37 of epoch 1}. */
  public static String text(List<Change> changes) {
    return changes.stream().map(c -> switch (c) {
      case Change.Rate r -> "learning rate " + r.to() + " after batch " + r.batch() + " of epoch " + r.epoch();
      case Change.Stop s -> "stopped after batch " + s.batch() + " of epoch " + s.epoch();
    }).collect(Collectors.joining(", "));
  }

  /** As a table; empty if there are none. */
  public static Optional<Table> of(List<Change> changes) {
    List<List<String>> rows = changes.stream().map(c -> List.of(
        Integer.toString(c.epoch()), Integer.toString(c.batch()),
        switch (c) {
          case Change.Rate _ -> "learning rate";
          case Change.Stop _ -> "stopped";
        },
        c instanceof Change.Rate r ? Double.toString(r.from()) : "", c instanceof Change.Rate r ? Double.toString(r.to()) : "")).toList();
    return rows.isEmpty() ? Optional.empty() : Optional.of(new Table("", List.of("epoch", "after batch", "what", "from", "to"), rows));
  }
}
