package dev.lanewise.dsl.view;

import dev.lanewise.dsl.chart.ChartFile;
import dev.lanewise.dsl.chart.FigureChart;
import dev.lanewise.dsl.draw.NetChart;
import dev.lanewise.dsl.exhibit.Figure;
import dev.lanewise.dsl.exhibit.Gallery;
import dev.lanewise.dsl.exhibit.Picture;
import dev.lanewise.dsl.exhibit.Table;
import dev.lanewise.dsl.language.Phrases;
import dev.lanewise.dsl.language.Printable;
import dev.lanewise.dsl.meaning.CheckedTrain;
import dev.lanewise.dsl.meaning.History;
import dev.lanewise.dsl.meaning.Trained;
import dev.lanewise.dsl.view.picture.Figures;
import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.file.FileForm;
import dev.lanewise.runtime.optimize.Schedule;
import dev.lanewise.runtime.score.Confusion;
import dev.lanewise.runtime.score.Measure;
import dev.lanewise.runtime.score.Score;
import dev.lanewise.runtime.train.Change;
import dev.lanewise.runtime.train.TrainEvent;
import dev.lanewise.runtime.train.Withstood;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A training as one page of HTML that needs no other file and no network: what was reached, curves, epochs, what the doctor finds, the network, its script, which
 * class is taken for which, and the worst mistakes.
 *
 * @param history what was reached, and what was changed on the way
 * @param score on the test split
 * @param findings of the doctor
 * @param seen some examples beside what the network says of them, where that can be drawn
 * @param phrases in which the page is written
 */
public record Report(
    CheckedTrain run, Trained trained, History history, DataSplit data, Score score, Mistakes mistakes, Optional<Table> findings, Optional<Gallery> seen,
    Phrases phrases) {
  private static final int SHOWN_MISTAKES = 24;

  /** Of the page: its language, its title. */
  private static final String HEAD =
      """
      <!DOCTYPE html>
      <html lang="%s">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width">
      <title>%s</title>
      <style>
      """;

  private static final String STYLE =
      """
      body { font: 15px/1.5 system-ui, sans-serif; color: #222; max-width: 60rem; margin: 2rem auto; padding: 0 1rem }
      h1 { font-size: 1.6rem } h2 { font-size: 1.15rem; margin-top: 2.2rem; border-bottom: 1px solid #ddd }
      table { border-collapse: collapse; font-variant-numeric: tabular-nums }
      th, td { padding: .15rem .6rem; text-align: right } th { color: #666; font-weight: normal; border-bottom: 1px solid #ccc }
      td:first-child, th:first-child, .words td { text-align: left } .words td:first-child { color: #666; white-space: nowrap }
      .wide { overflow-x: auto } svg { max-width: 100%; height: auto }
      .figures { display: flex; flex-wrap: wrap; gap: .8rem 2.2rem; padding: 0; list-style: none }
      .figures b { display: block; font-size: 1.5rem }
      figure { display: inline-block; margin: 0 .7rem .8rem 0; text-align: center; font-size: .8rem }
      figure img { display: block; width: 84px; image-rendering: pixelated; border: 1px solid #ddd }
      pre { background: #f6f6f4; padding: .8rem; overflow-x: auto }
      """;

  /** That of this page, in any language. */
  public static final FileForm FORM = new FileForm(
      "a report", head -> new String(head, StandardCharsets.UTF_8).matches("(?s)" + HEAD.formatted("[a-z]+", "[^<]*") + "body \\{ font: 15px/1\\.5 system-ui.*"));

  public String html() {
    String net = run.net().name();
    String title = escaped(net + " " + phrases.say("on") + " " + data.name());
    StringBuilder page = new StringBuilder(HEAD.formatted(phrases.language().code(), title)).append(STYLE).append("</style>\n</head>\n<body>\n")
        .append("<h1>").append(title).append("</h1>\n").append(figures());
    if (!epochs().isEmpty()) {
      page.append(section("Training", curves() + table(epochTable(), List.of())));
    }
    ChangeTable.of(history.changes()).ifPresent(t -> page.append(section("Changes on the way", table(t, List.of()))));
    findings.ifPresent(t -> page.append(section("Doctor", "<p>" + escaped(phrases.say(t.title())) + "</p>\n" + (t.rows().isEmpty() ? "" : table(t, List.of())))));
    page.append(section("Network", "<div class=\"wide\">" + ChartFile.svg(new NetChart(trained.net(), 0, phrases), phrases) + "</div>" + table(NetTable.of(trained.net()), List.of())));
    if (hasClasses()) {
      Table confusion = ConfusionTable.of(net, data, score.confusion());
      page.append(section("Which class is taken for which", table(confusion, shades(score.confusion()))));
    }
    if (hasClasses()) {
      page.append(section("Mistakes", mistaken()));
    }
    seen.ifPresent(g -> page.append(section("Examples", pictures(g))));
    page.append(section("Script", "<pre>" + escaped(trained.source().text()) + "</pre>"));
    return page.append("</body>\n</html>\n").toString();
  }

  private List<TrainEvent.Epoch> epochs() {
    return history.epochs();
  }

  /** Otherwise a number is predicted, about which nobody is right or wrong. */
  private boolean hasClasses() {
    return data.train().classes() > 0;
  }

  private String figures() {
    List<String> all = new ArrayList<>();
    if (hasClasses()) {
      all.add(figure("test accuracy", String.format(Locale.ROOT, "%.2f %%", 100 * score.accuracy())));
    }
    all.add(figure("test loss", String.format(Locale.ROOT, "%.4f", score.loss())));
    score.headline().stream().filter(k -> k.isShare() && k != Measure.Kind.ACCURACY).forEach(k -> all.add(figure("test " + k, String.format(Locale.ROOT, "%.2f %%", 100 * score.of(k)))));
    score.headline().stream().filter(k -> !k.isShare()).forEach(k -> all.add(figure("test " + k, number(score.of(k)))));
    all.add(figure("parameters", String.format(Locale.ROOT, "%,d", trained.net().parameters())));
    all.add(figure("epochs", epochs().size() + " / " + run.settings().epochs()));
    all.add(figure("seconds", String.format(Locale.ROOT, "%.1f", epochs().stream().mapToDouble(TrainEvent.Epoch::seconds).sum())));
    all.add(figure("optimiser", run.settings().optimizer().name() + ", " + rates()));
    all.add(figure("batch", Integer.toString(run.settings().batch())));
    all.add(figure("seed", Long.toString(trained.seed())));
    return "<ul class=\"figures\">" + String.join("", all) + "</ul>\n";
  }

  /** {@code 0.01 → 0.1}. */
  private String rates() {
    StringBuilder rates = new StringBuilder(Double.toString(run.settings().optimizer().lr()));
    history.changes().forEach(c -> rates.append(c instanceof Change.Rate r ? " → " + r.to() : ""));
    return rates.toString();
  }

  private String figure(String what, String value) {
    return "<li><b>" + escaped(value) + "</b>" + escaped(phrases.say(what)) + "</li>";
  }

  private String curves() {
    StringBuilder svg = new StringBuilder();
    List<Measure.Kind> kinds = new ArrayList<>(List.of(Measure.Kind.LOSS));
    kinds.addAll(run.settings().keep().metrics());
    List<Figure.Mark> marks = Figures.marks(history.changes(), run.settings().batches(data.train().size()));
    kinds.forEach(k -> svg.append(ChartFile.svg(new FigureChart(Figures.of(run.net().name(), epochs(), k).with(marks)), phrases)));
    if (isHardened()) {
      svg.append(ChartFile.svg(new FigureChart(Figures.withstood(run.net().name(), epochs()).with(marks)), phrases));
    }
    if (isScheduled()) {
      svg.append(ChartFile.svg(new FigureChart(Figures.rates(run.net().name(), epochs()).with(marks)), phrases));
    }
    return svg.toString();
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
    kinds.addAll(hasClasses() ? List.of(Measure.Kind.ACCURACY) : run.settings().keep().metrics());
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

  /** Green on the diagonal, red beside it, the stronger the larger the share of the class. */
  private static List<List<String>> shades(Confusion confusion) {
    List<List<String>> shades = new ArrayList<>();
    for (int c = 0; c < confusion.classes(); c++) {
      List<String> row = new ArrayList<>(List.of(""));
      for (int as = 0; as < confusion.classes(); as++) {
        double share = confusion.of(c) == 0 ? 0 : (double) confusion.counts()[c][as] / confusion.of(c);
        int colour = Picture.between(0xffffff, c == as ? 0x7bc79a : 0xf0806a, c == as ? share : Math.min(1, 8 * share));
        row.add(String.format(Locale.ROOT, "#%06x", colour));
      }
      shades.add(row);
    }
    return shades;
  }

  private String mistaken() {
    if (mistakes.isEmpty()) {
      return "<p>" + escaped(phrases.say(mistakes.title())) + "</p>";
    }
    if (!mistakes.isPictures()) {
      return table(mistakes.table(SHOWN_MISTAKES), List.of());
    }
    return pictures(mistakes.gallery(SHOWN_MISTAKES));
  }

  private String pictures(Gallery gallery) {
    StringBuilder html = new StringBuilder("<p>" + escaped(phrases.say(gallery.title())) + "</p>\n");
    for (Picture p : gallery.pictures()) {
      html.append("<figure><img alt=\"\" src=\"data:image/png;base64,").append(Base64.getEncoder().encodeToString(p.png()))
          .append("\">").append(escaped(phrases.say(p.caption()))).append("</figure>\n");
    }
    return html.toString();
  }

  private String section(String title, String content) {
    return "<h2>" + escaped(phrases.say(title)) + "</h2>\n" + content + "\n";
  }

  /** @param shades of cells, as colours; what is missing has none */
  private String table(Table table, List<List<String>> shades) {
    StringBuilder html = new StringBuilder(table.header().isEmpty() ? "<div class=\"wide\"><table class=\"words\">\n" : "<div class=\"wide\"><table>\n<tr>");
    table.header().forEach(h -> html.append("<th>").append(escaped(phrases.say(h))).append("</th>"));
    html.append(table.header().isEmpty() ? "" : "</tr>\n");
    for (int r = 0; r < table.rows().size(); r++) {
      html.append("<tr>");
      for (int c = 0; c < table.rows().get(r).size(); c++) {
        String shade = r < shades.size() && c < shades.get(r).size() ? shades.get(r).get(c) : "";
        html.append(shade.isEmpty() ? "<td>" : "<td style=\"background:" + shade + "\">");
        html.append(escaped(phrases.say(table.rows().get(r).get(c)))).append("</td>");
      }
      html.append("</tr>\n");
    }
    return html.append("</table></div>\n").toString();
  }

  private static String escaped(String text) {
    return Printable.text(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
  }
}
