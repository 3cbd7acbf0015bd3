package dev.lanewise.dsl.view;

import dev.lanewise.dsl.exhibit.Table;
import dev.lanewise.dsl.meaning.CheckedTrain;
import dev.lanewise.dsl.meaning.History;
import dev.lanewise.runtime.score.Score;
import dev.lanewise.runtime.score.Measure;
import dev.lanewise.runtime.train.TrainEvent;
import dev.lanewise.runtime.train.Withstood;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What {@code show(run)} prints: every epoch of a training. */
public final class EpochTable {
  private EpochTable() {}

  public static Table of(CheckedTrain run, History history) {
    List<TrainEvent.Epoch> epochs = history.epochs();
    List<Measure.Kind> metrics = run.settings().keep().metrics();
    boolean validated = epochs.stream().anyMatch(e -> e.validation() != null);
    List<String> header = new ArrayList<>(List.of("epoch"));
    header.addAll(columns("", metrics));
    if (validated) {
      header.addAll(columns("val.", metrics));
    }
    List<String> withstood = epochs.stream().anyMatch(e -> e.withstood().isPresent()) ? Withstood.NAMES : List.of();
    header.addAll(withstood);
    header.add("rate");
    List<List<String>> rows = new ArrayList<>();
    for (TrainEvent.Epoch e : epochs) {
      List<String> row = new ArrayList<>(List.of(Integer.toString(e.epoch())));
      row.addAll(cells(e.train(), metrics));
      if (validated) {
        row.addAll(cells(e.validation(), metrics));
      }
      withstood.forEach(name -> row.add(e.withstood().map(w -> String.format(Locale.ROOT, "%.4f", w.shares().get(name))).orElse("")));
      row.add(String.format(Locale.ROOT, "%.4g", e.rate()));
      rows.add(row);
    }
    String title = run.net().name() + " on " + run.data().name();
    return new Table(history.changes().isEmpty() ? title : title + ", " + ChangeTable.text(history.changes()), header, rows);
  }

  private static List<String> columns(String prefix, List<Measure.Kind> metrics) {
    List<String> names = new ArrayList<>(List.of(prefix + "loss"));
    metrics.forEach(m -> names.add(prefix + m));
    return names;
  }

  private static List<String> cells(Score score, List<Measure.Kind> metrics) {
    List<String> cells = new ArrayList<>(List.of(String.format(Locale.ROOT, "%.4f", score.loss())));
    metrics.forEach(m -> cells.add(String.format(Locale.ROOT, "%.4f", score.of(m))));
    return cells;
  }
}
