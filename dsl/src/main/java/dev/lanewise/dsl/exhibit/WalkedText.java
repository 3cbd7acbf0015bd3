package dev.lanewise.dsl.exhibit;

import dev.lanewise.dsl.exhibit.Walked.Row;
import dev.lanewise.dsl.language.Phrases;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A walk as a table and lines of formulas. */
public final class WalkedText {
  private static final String BARS = "▁▂▃▄▅▆▇█";

  private final Walked walked;
  private final WorkedText formulas;

  /** @param width of the lines of formulas */
  public WalkedText(Walked walked, Phrases phrases, int width) {
    this.walked = walked;
    this.formulas = new WorkedText(phrases, width);
  }

  /** The rows; empty if there are none. */
  public List<Table> table() {
    if (walked.rows().isEmpty()) {
      return List.of();
    }
    List<String> header = new ArrayList<>(List.of("layer", "shape"));
    walked.columns().forEach(c -> header.add(c.name()));
    header.add("values");
    List<List<String>> cells = walked.rows().stream().map(this::cells).toList();
    List<List<Table.Tone>> tones = walked.rows().stream().map(r -> r.standsOut() ? List.of(Table.Tone.BAD) : List.<Table.Tone>of()).toList();
    return List.of(new Table(walked.title(), header, cells, tones));
  }

  private List<String> cells(Row row) {
    List<String> cells = new ArrayList<>(List.of(row.name(), row.shape()));
    for (int i = 0; i < walked.columns().size(); i++) {
      cells.add(row.figures().isEmpty() ? "" : figure(row.figures().get(i), walked.columns().get(i).isShare()));
    }
    cells.add(row.figures().isEmpty() ? "as it comes" : values(row));
    return cells;
  }

  private static String figure(double value, boolean isShare) {
    if (!isShare) {
      return Piece.text(value);
    }
    double percent = 100 * value;
    return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, percent != 0 && percent < 1 ? "%.2f %%" : "%.0f %%", percent);
  }

  /** Numbers, or a bar for each group of them, from the least to the largest. */
  private static String values(Row row) {
    if (!row.values().isEmpty()) {
      return row.values().stream().map(Piece::text).collect(Collectors.joining(", "));
    }
    double least = row.profile().stream().mapToDouble(v -> v).min().orElse(0), most = row.profile().stream().mapToDouble(v -> v).max().orElse(0);
    return row.profile().stream().map(v -> bar(most > least ? (v - least) / (most - least) : 0)).collect(Collectors.joining());
  }

  private static String bar(double share) {
    return Double.isNaN(share) ? "?" : String.valueOf(BARS.charAt((int) Math.round(share * (BARS.length() - 1))));
  }

  /** The formulas of the rows, one after the other, then numbers that are told by themselves. */
  public List<String> formulas() {
    List<String> lines = new ArrayList<>();
    walked.rows().forEach(r -> r.worked().forEach(w -> add(w, 0, lines)));
    walked.worked().forEach(w -> {
      lines.addAll(formulas.column(w));
      w.engine().ifPresent(e -> lines.add("  = " + Float.toString((float) e) + "   " + formulas.say("as the kernels compute it, in float")));
      w.where().forEach(inner -> add(inner, 1, lines));
    });
    return lines;
  }

  private void add(Worked worked, int depth, List<String> lines) {
    formulas.line(worked).forEach(l -> lines.add("  ".repeat(Math.min(1, depth)) + l));
    worked.where().forEach(w -> add(w, depth + 1, lines));
  }
}
