package dev.lanewise.dsl.view;

import dev.lanewise.dsl.exhibit.Table;
import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.score.Confusion;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** What {@code confusion(Net, data)} prints: a row for each class, how often it was taken for which, and how well it is found. */
public final class ConfusionTable {
  /** More columns fit no terminal. */
  private static final int MOST_CLASSES = 20;

  /** From this share of a class on, a mistake stands out. */
  private static final double OFTEN = 0.02;

  private ConfusionTable() {}

  public static Table of(String net, DataSplit data, Confusion confusion) {
    return of(net, data::className, confusion);
  }

  /** @param of a network, or one of its heads @param names of the classes */
  public static Table of(String of, IntFunction<String> names, Confusion confusion) {
    int shown = Math.min(MOST_CLASSES, confusion.classes());
    List<String> header = new ArrayList<>(List.of("class"));
    IntStream.range(0, shown).forEach(c -> header.add(names.apply(c)));
    header.addAll(measures(confusion));
    List<List<String>> rows = new ArrayList<>();
    List<List<Table.Tone>> tones = new ArrayList<>();
    for (int c = 0; c < confusion.classes(); c++) {
      List<String> row = new ArrayList<>(List.of(names.apply(c)));
      List<Table.Tone> toneRow = new ArrayList<>(List.of(Table.Tone.PLAIN));
      for (int as = 0; as < shown; as++) {
        long count = confusion.counts()[c][as];
        row.add(count == 0 ? "" : String.format(Locale.ROOT, "%,d", count));
        toneRow.add(tone(c == as, (double) count / Math.max(1, confusion.of(c))));
      }
      row.addAll(numbers(confusion, c));
      rows.add(row);
      tones.add(toneRow);
    }
    List<String> mean = new ArrayList<>(List.of("mean"));
    IntStream.range(0, shown).forEach(c -> mean.add(""));
    mean.addAll(confusion.ofPlaces()
        ? List.of(number(confusion.precision()), number(confusion.recall()), number(confusion.iou()))
        : List.of(number(confusion.precision()), number(confusion.recall()), number(confusion.f1())));
    rows.add(mean);
    return new Table("confusion of " + of + (confusion.ofPlaces() ? " at each place" : "") + ": right class in rows, what it says in columns", header, rows, tones);
  }

  private static List<String> measures(Confusion confusion) {
    return List.of("precision", "recall", confusion.ofPlaces() ? "iou" : "f1");
  }

  private static List<String> numbers(Confusion confusion, int c) {
    double last = confusion.ofPlaces() ? confusion.iou(c) : confusion.f1(c);
    return confusion.left()[c] ? List.of("", "", "") : List.of(number(confusion.precision(c)), number(confusion.recall(c)), number(last));
  }

  private static Table.Tone tone(boolean right, double share) {
    return right ? Table.Tone.GOOD : share >= OFTEN ? Table.Tone.BAD : Table.Tone.SLIGHT;
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }
}
