package dev.lanewise.repl.render;

import dev.lanewise.dsl.chart.BoundaryChart;
import dev.lanewise.dsl.chart.Chart;
import dev.lanewise.dsl.chart.ChartFile;
import dev.lanewise.dsl.chart.GalleryChart;
import dev.lanewise.dsl.chart.SpectrumChart;
import dev.lanewise.dsl.diagnostic.Report;
import dev.lanewise.dsl.exhibit.Boundary;
import dev.lanewise.dsl.exhibit.Exhibit;
import dev.lanewise.dsl.exhibit.Figure;
import dev.lanewise.dsl.exhibit.Gallery;
import dev.lanewise.dsl.exhibit.Spectrum;
import dev.lanewise.dsl.exhibit.Table;
import dev.lanewise.dsl.exhibit.Walked;
import dev.lanewise.dsl.language.TextWidth;
import dev.lanewise.dsl.run.Outcome;
import dev.lanewise.dsl.run.SessionEvent;
import dev.lanewise.repl.text.Colours;
import dev.lanewise.repl.text.Columns;
import dev.lanewise.repl.text.Numbers;
import dev.lanewise.repl.text.Output;
import dev.lanewise.repl.text.Style;
import dev.lanewise.repl.text.Voice;
import dev.lanewise.repl.text.Window;
import dev.lanewise.runtime.score.Measure;
import dev.lanewise.runtime.score.Score;
import dev.lanewise.runtime.train.TrainEvent;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Whole lines, never redrawn: for files and pipes, and what a terminal shows between two progress bars. */
public final class LineRenderer implements Renderer {
  private static final int MOST_LINES = 25;

  private final Voice voice;
  private final Output out;
  private final Output err;
  private final Window window;
  private final Style style;
  private final Colours pictures;
  private final Summary summary = new Summary();
  private boolean headed;
  /** The last one of clients, where there are any. */
  private Optional<TrainEvent.Round> round = Optional.empty();
  private TrainEvent.Started started = new TrainEvent.Started("", 0, 0, 0, 0);
  private TrainEvent.Batch last;
  private String fetched = "";
  private TrainEvent.Preparing prepared;

  /**
   * @param voice in which it is told
   * @param err for diagnostics
   */
  public LineRenderer(Voice voice, Output err, Colours pictures) {
    this.voice = voice;
    this.pictures = pictures;
    this.window = voice.window();
    this.out = voice.out();
    this.err = err;
    this.style = voice.style();
  }

  @Override
  public void on(SessionEvent event) {
    switch (event) {
      case SessionEvent.Diagnosed d -> diagnosed(Report.of(d.diagnostic(), voice.phrases()));
      case SessionEvent.Training t -> training(t.event());
      case SessionEvent.Shown(Exhibit exhibit) -> shown(exhibit);
      case SessionEvent.Trial t -> trial(t);
      case SessionEvent.FoldBegan f -> foldBegan(f);
      case SessionEvent.Fold f -> fold(f);
      case SessionEvent.Folded f -> folded(f);
      case SessionEvent.Expected e -> expected(e);
      case SessionEvent.Defined d -> out.println(voice.say(d.kind()) + " " + style.strong(d.name()) + voice.colon() + voice.say(d.summary()));
      case SessionEvent.Wrote w -> say("wrote " + w.what() + " to " + w.path());
      case SessionEvent.Read r -> say("read " + r.what() + " from " + r.path());
      case SessionEvent.Adopted a -> say(a.text());
      case SessionEvent.Findings f -> findings(f);
      case SessionEvent.Stopped s -> out.println(style.warning(voice.say("stopped")) + voice.colon() + voice.say(s.what()));
      case SessionEvent.Fetching f -> fetching(f);
      case SessionEvent.Failed f -> failed(new Fault(f.place(), f.cause()));
      case SessionEvent.Spoken s -> spoken(s);
      case SessionEvent.Value v -> out.println((v.name().isEmpty() ? "" : v.name() + " = ") + voice.say(v.text()));
    }
  }

  @Override
  public void problem(String message) {
    out.flush();
    err.println("lanewise: " + voice.say(message));
  }

  @Override
  public void finish(Outcome outcome) {
    summary.table().ifPresent(table -> {
      out.println();
      Columns.lines(voice.say(table), window, style).forEach(out::println);
    });
    if (outcome.isStopped()) {
      out.println(style.warning(voice.say("interrupted")));
    }
    out.flush();
  }

  /** As it comes. */
  private void spoken(SessionEvent.Spoken s) {
    out.print(s.piece() + (s.ends() ? System.lineSeparator() : ""));
    out.flush();
  }

  private void say(String english) {
    out.println(voice.say(english));
  }

  /** With a word that must not be overlooked. */
  private void say(String warning, String english) {
    out.println(style.warning(voice.say(warning)) + " " + voice.say(english));
  }

  private void shown(Exhibit exhibit) {
    switch (exhibit) {
      case Table table -> voice.show(Columns.lines(voice.say(table), window, style));
      case Figure figure -> Braille.lines(voice.say(figure), window.columns(), style).forEach(out::println);
      case Gallery gallery -> drawn(new GalleryChart(gallery), () -> Mosaic.lines(gallery, pictures, voice));
      case Boundary boundary -> drawn(new BoundaryChart(boundary), () -> Plane.lines(boundary, pictures, voice));
      case Walked walked -> voice.show(Walking.lines(walked, voice));
      case Spectrum spectrum -> drawn(new SpectrumChart(spectrum), () -> Pitches.lines(spectrum, pictures, voice));
    }
  }

  /** As a true image where the terminal shows them; put together from letters everywhere else. */
  private void drawn(Chart chart, Supplier<List<String>> letters) {
    Optional<String> image = window.image(() -> {
      try {
        return ChartFile.image(chart, 1, voice.phrases());
      } catch (IOException noFonts) {
        return null;
      }
    });
    image.ifPresentOrElse(i -> {
      out.order(i);
      out.println();
    }, () -> letters.get().forEach(out::println));
  }

  private void diagnosed(String report) {
    out.flush();
    err.print(report);
    err.flush();
  }

  private void failed(Fault fault) {
    out.flush();
    fault.lines(voice::say).forEach(err::println);
    err.flush();
  }

  /** Each file once, as it begins to come. */
  private void fetching(SessionEvent.Fetching f) {
    if (!f.file().equals(fetched)) {
      fetched = f.file();
      String there = f.done() > 0 ? ", of which " + Numbers.bytes(f.done()) + " are there" : "";
      say("fetching " + f.file() + " from " + f.from() + " into " + f.into() + ": " + Numbers.bytes(f.size()) + there);
    }
  }

  /** A table that grows. */
  private void trial(SessionEvent.Trial t) {
    List<String> header = t.header().stream().map(voice::say).toList();
    if (t.number() == 1) {
      out.println(style.faint(row(header, header)));
    }
    out.println(row(t.cells().stream().map(voice::say).toList(), header) + (t.best() ? "  " + style.good(voice.say("best")) : ""));
  }

  /** In a line. */
  private void findings(SessionEvent.Findings f) {
    String causes = f.causes().stream().map(c -> voice.say(c.title())).collect(Collectors.joining(voice.comma()));
    out.println(style.warning(voice.say("doctor")) + voice.colon() + causes + " (" + voice.say(f.more()) + ")");
  }

  private void foldBegan(SessionEvent.FoldBegan f) {
    if (f.number() == 1) {
      say("cross-validation of " + style.strong(f.net()) + ": " + f.of() + " folds of " + Numbers.count(f.examples()) + " examples");
    }
  }

  private void fold(SessionEvent.Fold f) {
    if (f.number() == 1) {
      out.println(style.faint(FoldLine.heading(f.kinds(), voice)));
    }
    out.println(FoldLine.of(f, voice));
  }

  private void folded(SessionEvent.Folded f) {
    FoldLine.of(f, voice).forEach(out::println);
    say("now " + style.strong(f.net()) + " is trained on all " + Numbers.count(f.examples()) + " examples");
  }

  private static String row(List<String> cells, List<String> header) {
    StringBuilder row = new StringBuilder();
    for (int i = 0; i < cells.size(); i++) {
      int width = Math.max(8, TextWidth.of(header.get(i)));
      row.append("  ").append(" ".repeat(Math.max(0, width - TextWidth.of(cells.get(i))))).append(cells.get(i));
    }
    return row.toString();
  }

  private void expected(SessionEvent.Expected expected) {
    String values = expected.left().isEmpty() ? "" : " (" + expected.left() + " " + voice.say("and") + " " + expected.right() + ")";
    out.println((expected.holds() ? style.good(voice.say("holds")) : style.bad(voice.say("fails"))) + "  " + expected.text() + values
        + (expected.why().isEmpty() ? "" : voice.colon() + voice.say(expected.why())));
  }

  private void training(TrainEvent event) {
    summary.on(event);
    switch (event) {
      case TrainEvent.Preparing p -> preparing(p);
      case TrainEvent.Started s -> started(s);
      case TrainEvent.Batch b -> last = b;
      case TrainEvent.RateChanged r -> say("the learning rate is " + Numbers.rate(r.to()) + " after batch " + Numbers.count(r.batch())
          + " of epoch " + r.epoch() + "; it was " + Numbers.rate(r.from()));
      case TrainEvent.SizeChanged s -> say("batches have " + Numbers.count(s.to()) + " examples from epoch " + (s.epoch() + 1) + " on; they had " + Numbers.count(s.from()));
      case TrainEvent.Epoch e -> epoch(e);
      case TrainEvent.Watched _ -> { }
      case TrainEvent.Round r -> round = Optional.of(r);
      case TrainEvent.Reached r -> say("reached", Numbers.percent(r.accuracy()) + " after round " + r.round());
      case TrainEvent.Ended e -> ended(e);
      case TrainEvent.Resumed r -> say("goes on after " + (started.clients().isPresent() ? "round " : "epoch ") + r.epochs());
      case TrainEvent.StoppedEarly s -> say("stopped early", "after epoch " + s.epoch() + ": " + s.net()
          + " is as it was after epoch " + s.best() + ", the best by " + s.by() + " (" + Numbers.loss(s.value()) + ")");
      case TrainEvent.Attacked a -> say("attacked", a.net() + " is right about " + Numbers.percent(a.clean()) + " of " + Numbers.count(a.examples())
          + " images, and about " + Numbers.percent(a.left()) + " of them under `" + a.attack() + "`");
      case TrainEvent.Overfitted o -> say("overfitted", "to its attack in epoch " + o.epoch() + ": under `" + o.by() + "` " + o.net() + " would be right about "
          + Numbers.percent(o.now()) + ", no more about " + Numbers.percent(o.before()) + "; it is as it was after epoch " + (o.epoch() - 1));
      case TrainEvent.OutOfTime o -> say("out of time", "in epoch " + o.epoch() + ", batch " + Numbers.count(o.batch())
          + " of " + Numbers.count(o.batches()) + ", after " + Numbers.seconds(o.seconds()) + " s: " + o.net() + " keeps what it has learned");
      case TrainEvent.RateLowered r -> say(
          "learning rate " + Numbers.rate(r.rate()) + " from epoch " + (r.epoch() + 1) + " on: nothing got better");
      case TrainEvent.Tested t -> tested(t);
    }
  }

  /** As it begins, and after each quarter. */
  private void preparing(TrainEvent.Preparing now) {
    boolean another = prepared == null || !prepared.net().equals(now.net()) || now.done() < prepared.done();
    if (another || quarters(now) > quarters(prepared)) {
      prepared = now;
      say(preparation(now));
    }
  }

  private static int quarters(TrainEvent.Preparing at) {
    return (int) (4L * at.done() / at.operations());
  }

  static String preparation(TrainEvent.Preparing at) {
    return at.net() + " is being made ready: kernels for " + Numbers.count(at.done()) + " of " + Numbers.count(at.operations()) + " operations";
  }

  private void started(TrainEvent.Started now) {
    headed = false;
    started = now;
    last = null;
    say("train " + style.strong(now.net()) + ": " + Numbers.count(now.parameters()) + " parameters, "
        + Numbers.count(now.examples()) + " examples " + now.clients().map(c -> "at " + Numbers.count(c.all(), "client", "clients") + ", " + Numbers.count(c.chosen()) + (c.privacy().isPresent() ? " in each round, on average" : " in each round"))
            .orElseGet(() -> "in " + Numbers.count(now.batches(), "batch", "batches")));
    now.probe().ifPresent(p -> say("of " + Numbers.count(p.examples()) + " images: `clean` is the share that is right as they are, `attacked` under `" + p.by() + "`"));
  }

  private void epoch(TrainEvent.Epoch epoch) {
    if (!headed) {
      out.println(style.faint(EpochLine.heading(started, epoch, room(), voice)));
      headed = true;
    }
    if (isShown(epoch)) {
      out.println(EpochLine.of(started, epoch, round, room()));
    }
  }

  /** Of hundreds of short epochs, some twenty lines tell the story: the first, the last, and those between at equal steps. */
  private static boolean isShown(TrainEvent.Epoch epoch) {
    int step = epoch.epochs() <= MOST_LINES ? 1 : (epoch.epochs() + MOST_LINES - 1) / MOST_LINES;
    return epoch.epoch() == 1 || epoch.epoch() == epoch.epochs() || epoch.epoch() % step == 0;
  }

  /** A file has room for all. */
  private int room() {
    return window.isTerminal() ? window.columns() - 1 : Integer.MAX_VALUE;
  }

  private void ended(TrainEvent.Ended ended) {
    if (ended.interrupted() && started.clients().isPresent()) {
      say("stopped", "in round " + (ended.epochs() + 1) + " of " + started.epochs() + ", after " + Numbers.seconds(ended.seconds()) + " s: " + ended.net() + " is as it was before that round");
    } else if (ended.interrupted()) {
      String where = last == null ? "" : "in epoch " + last.epoch() + " of " + last.epochs() + ", batch " + last.batch()
          + " of " + Numbers.count(last.batches()) + ", at loss " + Numbers.loss(last.loss()) + ", ";
      say("stopped", where + "after " + Numbers.seconds(ended.seconds()) + " s: " + ended.net()
          + " keeps what it has learned");
    }
  }

  private void tested(TrainEvent.Tested tested) {
    Score score = tested.score();
    List<String> numbers = new ArrayList<>();
    score.headline().stream().filter(Measure.Kind::isShare).forEach(k -> numbers.add(k + " " + Numbers.measured(k, score.of(k))));
    numbers.add("loss " + Numbers.loss(score.loss()));
    score.headline().stream().filter(k -> !k.isShare()).forEach(k -> numbers.add(k + " " + Numbers.measured(k, score.of(k))));
    say("test " + style.strong(tested.net()) + " on " + tested.data() + ": " + String.join(", ", numbers) + " ("
        + Numbers.count(tested.score().examples()) + " examples in " + Numbers.seconds(tested.seconds()) + " s)");
  }
}
