package dev.lanewise.dsl.view.report;

import dev.lanewise.dsl.draw.NetChart;
import dev.lanewise.dsl.exhibit.Exhibit;
import dev.lanewise.dsl.exhibit.Gallery;
import dev.lanewise.dsl.exhibit.Picture;
import dev.lanewise.dsl.exhibit.Table;
import dev.lanewise.dsl.language.Phrases;
import dev.lanewise.dsl.meaning.CheckedTrain;
import dev.lanewise.dsl.meaning.History;
import dev.lanewise.dsl.meaning.Trained;
import dev.lanewise.dsl.view.ChangeTable;
import dev.lanewise.dsl.view.ConfusionTable;
import dev.lanewise.dsl.view.Mistakes;
import dev.lanewise.dsl.view.NetTable;
import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.file.FileForm;
import dev.lanewise.runtime.score.Confusion;
import dev.lanewise.runtime.score.Measure;
import dev.lanewise.runtime.score.Score;
import dev.lanewise.runtime.train.Change;
import dev.lanewise.runtime.train.TrainEvent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A training as one page of HTML that needs no other file and no network: what was reached, curves, epochs, what the doctor finds, the network, its script, which
 * class is taken for which, the worst mistakes, and what the network looks at and makes of an example.
 *
 * @param history what was reached, and what was changed on the way
 * @param score on the test split
 * @param findings of the doctor
 * @param seen some examples beside what the network says of them, where that can be drawn
 * @param looked what it looks at in some examples, where a map can lie over them
 * @param walks an example on its way through the network, and the gradients on the way back
 * @param asked what else is to be shown, in its order
 * @param phrases in which the page is written
 */
public record Report(
    CheckedTrain run, Trained trained, History history, DataSplit data, Score score, Mistakes mistakes, Optional<Table> findings, Optional<Gallery> seen,
    List<LookedAt> looked, List<Called> walks, List<Exhibit> asked, Phrases phrases) {
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
      h1 { font-size: 1.6rem } h2 { font-size: 1.15rem; margin-top: 2.2rem; border-bottom: 1px solid #ddd } h3 { font-size: 1rem; margin: 1.6rem 0 .5rem }
      table { border-collapse: collapse; font-variant-numeric: tabular-nums }
      th, td { padding: .15rem .6rem; text-align: right } th { color: #666; font-weight: normal; border-bottom: 1px solid #ccc }
      td:first-child, th:first-child, .words td { text-align: left } .words td:first-child { color: #666; white-space: nowrap }
      .wide { overflow-x: auto } svg { max-width: 100%; height: auto }
      .figures { display: flex; flex-wrap: wrap; gap: .8rem 2.2rem; padding: 0; list-style: none }
      .figures b { display: block; font-size: 1.5rem }
      .good { color: #1a7f4b } .slight { color: #9a6a00 } .bad { color: #b3261e }
      figure { display: inline-block; margin: 0 .7rem .8rem 0; text-align: center; font-size: .8rem; vertical-align: top }
      figure img { display: block; border: 1px solid #ddd; box-sizing: border-box } .grain { image-rendering: pixelated }
      .scale img { height: 12px; image-rendering: auto }
      .looks { display: flex; flex-wrap: wrap; gap: .2rem .6rem } .looks figure { max-width: 14.5rem } .pair { display: flex; gap: 2px; margin-bottom: 3px }
      dt { margin-top: .4rem } dd { margin: 0 0 0 1.2rem; color: #555 } .walk td { vertical-align: middle } .walk td:nth-child(3), .walk th:nth-child(3) { text-align: left }
      .walk img { vertical-align: middle } .walk td { white-space: pre }
      pre { background: #f6f6f4; padding: .8rem; overflow-x: auto }
      """;

  /** That of this page, in any language. */
  public static final FileForm FORM = new FileForm(
      "a report", head -> new String(head, StandardCharsets.UTF_8).matches("(?s)" + HEAD.formatted("[a-z]+", "[^<]*") + "body \\{ font: 15px/1\\.5 system-ui.*"));

  public String html() {
    String net = run.net().name();
    Page page = new Page(phrases);
    String title = Page.escaped(net + " " + phrases.say("on") + " " + data.name());
    StringBuilder html = new StringBuilder(HEAD.formatted(phrases.language().code(), title)).append(STYLE).append("</style>\n</head>\n<body>\n")
        .append("<h1>").append(title).append("</h1>\n").append(figures(page));
    if (!epochs().isEmpty()) {
      html.append(page.section("Training", new Course(run, history, data).html(page)));
    }
    ChangeTable.of(history.changes()).ifPresent(t -> html.append(page.section("Changes on the way", page.table(t))));
    findings.ifPresent(t -> html.append(page.section("Doctor", page.exhibit(t))));
    html.append(page.section("Network", page.wide(new NetChart(trained.net(), 0, phrases)) + page.table(NetTable.of(trained.net()))));
    if (hasClasses()) {
      html.append(page.section("Which class is taken for which", page.table(ConfusionTable.of(net, data, score.confusion()), shades(score.confusion()))));
      html.append(page.section("Mistakes", mistaken(page)));
    }
    seen.ifPresent(g -> html.append(page.section("Examples", page.exhibit(g))));
    if (!looked.isEmpty()) {
      html.append(page.section("What it looks at", LookedAt.html(page, looked)));
    }
    if (!walks.isEmpty()) {
      html.append(page.section("Followed through", walks.stream().map(w -> w.html(page)).collect(Collectors.joining())));
    }
    if (!asked.isEmpty()) {
      html.append(page.section("Shown", asked.stream().map(page::exhibit).collect(Collectors.joining())));
    }
    html.append(page.section("Script", "<pre>" + Page.escaped(trained.source().text()) + "</pre>"));
    return html.append("</body>\n</html>\n").toString();
  }

  private List<TrainEvent.Epoch> epochs() {
    return history.epochs();
  }

  /** Otherwise a number is predicted, about which nobody is right or wrong, or examples are compared with each other. */
  private boolean hasClasses() {
    return data.train().classes() > 0 && !Double.isNaN(score.accuracy());
  }

  private String figures(Page page) {
    List<String> all = new ArrayList<>();
    if (hasClasses()) {
      all.add(figure(page, "test accuracy", String.format(Locale.ROOT, "%.2f %%", 100 * score.accuracy())));
    }
    all.add(figure(page, "test loss", String.format(Locale.ROOT, "%.4f", score.loss())));
    score.headline().stream().filter(k -> k.isShare() && k != Measure.Kind.ACCURACY).forEach(k -> all.add(figure(page, "test " + k, String.format(Locale.ROOT, "%.2f %%", 100 * score.of(k)))));
    score.headline().stream().filter(k -> !k.isShare()).forEach(k -> all.add(figure(page, "test " + k, number(score.of(k)))));
    all.add(figure(page, "parameters", String.format(Locale.ROOT, "%,d", trained.net().parameters())));
    all.add(figure(page, "epochs", epochs().size() + " / " + run.settings().epochs()));
    all.add(figure(page, "seconds", String.format(Locale.ROOT, "%.1f", epochs().stream().mapToDouble(TrainEvent.Epoch::seconds).sum())));
    all.add(figure(page, "optimiser", run.settings().optimizer().name() + ", " + rates()));
    all.add(figure(page, "batch", sizes()));
    all.add(figure(page, "seed", Long.toString(trained.seed())));
    return "<ul class=\"figures\">" + String.join("", all) + "</ul>\n";
  }

  /** {@code 0.01 → 0.1}. */
  private String rates() {
    StringBuilder rates = new StringBuilder(Double.toString(run.settings().optimizer().lr()));
    history.changes().forEach(c -> rates.append(c instanceof Change.Rate r ? " → " + r.to() : ""));
    return rates.toString();
  }

  /** {@code 64 → 128}. */
  private String sizes() {
    StringBuilder sizes = new StringBuilder(Integer.toString(run.settings().batch()));
    history.changes().forEach(c -> sizes.append(c instanceof Change.Size s ? " → " + s.to() : ""));
    return sizes.toString();
  }

  private static String figure(Page page, String what, String value) {
    return "<li><b>" + Page.escaped(value) + "</b>" + page.say(what) + "</li>";
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

  private String mistaken(Page page) {
    if (mistakes.isEmpty()) {
      return page.paragraph(mistakes.title());
    }
    return mistakes.isPictures() ? page.exhibit(mistakes.gallery(SHOWN_MISTAKES)) : page.table(mistakes.table(SHOWN_MISTAKES));
  }
}
