package dev.lanewise.dsl.view.report;

import dev.lanewise.dsl.chart.FigureChart;
import dev.lanewise.dsl.exhibit.Figure;
import dev.lanewise.dsl.exhibit.Table;
import dev.lanewise.dsl.meaning.CheckedTrain;
import dev.lanewise.dsl.meaning.History;
import dev.lanewise.dsl.view.picture.Figures;
import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.optimize.Schedule;
import dev.lanewise.runtime.score.Measure;
import dev.lanewise.runtime.train.Change;
import dev.lanewise.runtime.train.TrainEvent;
import dev.lanewise.runtime.train.Withstood;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How a training went: curves, and a table of its epochs. */
record Course(CheckedTrain run, History history, DataSplit data) {
  private List<TrainEvent.Epoch> epochs() {
    return history.epochs();
  }

  /** Curves, then epoch by epoch. */
  String html(Page page) {
    StringBuilder svg = new StringBuilder();
    List<Measure.Kind> kinds = new ArrayList<>(List.of(Measure.Kind.LOSS));
    kinds.addAll(run.settings().keep().metrics());
    List<Figure.Mark> marks = Figures.marks(history.changes(), run.settings(), data.train().size());
    kinds.forEach(k -> svg.append(page.chart(new FigureChart(Figures.of(run.net().name(), epochs(), k).with(marks)))));
    if (isHardened()) {
      svg.append(page.chart(new FigureChart(Figures.withstood(run.net().name(), epochs()).with(marks))));
    }
    if (isScheduled()) {
      svg.append(page.chart(new FigureChart(Figures.rates(run.net().name(), epochs()).with(marks))));
    }
    return svg + page.table(epochTable());
  }

  private boolean isScheduled() {
    return run.settings().schedule() != Schedule.CONSTANT || history.changes().stream().anyMatch(Change.Rate.class::isInstance);
  }

  /** Attacked examples were learned. */
  private boolean isHardened() {
    return epochs().stream().anyMatch(e -> e.withstood().isPresent());
  }

  private Table epochTable() {
    boolean validated = epochs().stream().anyMatch(e -> e.validation() != null);
    List<Measure.Kind> kinds = new ArrayList<>(List.of(Measure.Kind.LOSS));
    boolean classifies = data.train().classes() > 0 && epochs().stream().anyMatch(e -> !Double.isNaN(e.train().accuracy()));
    kinds.addAll(classifies ? List.of(Measure.Kind.ACCURACY) : run.settings().keep().metrics());
    List<String> header = new ArrayList<>(List.of("epoch"));
    kinds.forEach(k -> header.add(k.toString()));
    kinds.stream().filter(_ -> validated).forEach(k -> header.add("val " + k));
    List<String> withstood = isHardened() ? Withstood.NAMES : List.of();
    header.addAll(withstood);
    boolean heads = epochs().stream().anyMatch(e -> !Double.isNaN(e.objective()));
    if (heads) {
      header.add("objective");
    }
    if (isScheduled()) {
      header.add("rate");
    }
    header.add("seconds");
    List<List<String>> rows = new ArrayList<>();
    for (TrainEvent.Epoch e : epochs()) {
      List<String> row = new ArrayList<>(List.of(Integer.toString(e.epoch())));
      kinds.forEach(k -> row.add(number(e.train().of(k))));
      kinds.stream().filter(_ -> validated).forEach(k -> row.add(e.validation() == null ? "" : number(e.validation().of(k))));
      withstood.forEach(name -> row.add(e.withstood().map(w -> number(w.shares().get(name))).orElse("")));
      if (heads) {
        row.add(number(e.objective()));
      }
      if (isScheduled()) {
        row.add(String.format(Locale.ROOT, "%.3g", e.rate()));
      }
      row.add(String.format(Locale.ROOT, "%.2f", e.seconds()));
      rows.add(row);
    }
    return new Table("", header, rows);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }
}
