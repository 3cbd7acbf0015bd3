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
      case Change.Size s -> "batches of " + s.to() + " from epoch " + (s.epoch() + 1) + " on";
      case Change.Stop s -> "stopped after batch " + s.batch() + " of epoch " + s.epoch();
    }).collect(Collectors.joining(", "));
  }

  /** As a table; empty if there are none. */
  public static Optional<Table> of(List<Change> changes) {
    List<List<String>> rows = changes.stream().map(c -> List.of(
        Integer.toString(c.epoch()), Integer.toString(c.batch()),
        switch (c) {
          case Change.Rate _ -> "learning rate";
          case Change.Size _ -> "size of batches";
          case Change.Stop _ -> "stopped";
        },
        switch (c) {
          case Change.Rate r -> Double.toString(r.from());
          case Change.Size s -> Integer.toString(s.from());
          case Change.Stop _ -> "";
        },
        switch (c) {
          case Change.Rate r -> Double.toString(r.to());
          case Change.Size s -> Integer.toString(s.to());
          case Change.Stop _ -> "";
        })).toList();
    return rows.isEmpty() ? Optional.empty() : Optional.of(new Table("", List.of("epoch", "after batch", "what", "from", "to"), rows));
  }
}
