package dev.lanewise.dsl.session;

import dev.lanewise.dsl.chart.BoundaryChart;
import dev.lanewise.dsl.chart.Chart;
import dev.lanewise.dsl.chart.ChartFile;
import dev.lanewise.dsl.chart.FigureChart;
import dev.lanewise.dsl.chart.GalleryChart;
import dev.lanewise.dsl.check.Formula;
import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.MistakeException;
import dev.lanewise.dsl.diagnostic.Reasons;
import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.dsl.draw.Svg;
import dev.lanewise.dsl.exhibit.Boundary;
import dev.lanewise.dsl.exhibit.Figure;
import dev.lanewise.dsl.exhibit.Gallery;
import dev.lanewise.dsl.language.Phrases;
import dev.lanewise.dsl.meaning.CheckedData;
import dev.lanewise.dsl.meaning.CheckedNet;
import dev.lanewise.dsl.meaning.CheckedTrain;
import dev.lanewise.dsl.meaning.Trained;
import dev.lanewise.dsl.view.Answered;
import dev.lanewise.dsl.view.Boundaries;
import dev.lanewise.dsl.view.ExampleTable;
import dev.lanewise.dsl.view.Exhibits;
import dev.lanewise.dsl.view.Figures;
import dev.lanewise.dsl.view.Mistakes;
import dev.lanewise.dsl.view.Report;
import dev.lanewise.dsl.view.Seen;
import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.data.Dataset;
import dev.lanewise.runtime.file.AtomicFile;
import dev.lanewise.runtime.file.Tensor;
import dev.lanewise.runtime.operation.Computation;
import dev.lanewise.runtime.score.Predictions;
import dev.lanewise.runtime.score.Score;
import dev.lanewise.runtime.train.Engine;
import dev.lanewise.runtime.train.Listener;
import dev.lanewise.runtime.train.TrainEvent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Does what verbs say that draw: tells what is to be seen, or writes it into a file. */
final class Viewing {
  private final SessionListener listener;
  private final Engine engine;
  private final Workspace workspace;
  private final Phrases phrases;

  /** @param phrases in which files are written */
  Viewing(SessionListener listener, Engine engine, Workspace workspace, Phrases phrases) {
    this.phrases = phrases;
    this.listener = listener;
    this.engine = engine;
    this.workspace = workspace;
  }

  Result look(Formula.Drawn drawn) {
    switch (drawn) {
      case Formula.Draw(CheckedNet net, Formula.Target target) ->
          written(net.name(), target.span(), target.file().orElseThrow(), path -> write(path, Svg.of(workspace.current(net), phrases)));
      case Formula.Plot p -> plotted(Figures.of(p.functions(), p.from(), p.to()), p.target());
      case Formula.PlotRuns(List<CheckedTrain> runs, Formula.Target target) -> plotted(figure(runs), target);
      case Formula.PlotBoundary p -> bounded(p);
      case Formula.ShowExamples e -> examples(e);
      case Formula.ShowPredictions p -> predictions(p);
      case Formula.ShowFilters f -> pictured(
          "the weights of " + f.net().name() + "." + f.layer(), Exhibits.filters(workspace.current(f.net()), f.layer(), weight(f.net(), f.layer())), f.target());
      case Formula.ShowMistakes m -> mistakes(m);
      case Formula.Report r -> report(r);
    }
    return new Result.Nothing();
  }

  private void plotted(Figure figure, Formula.Target target) {
    looked(figure.title(), target, () -> new FigureChart(figure), new SessionEvent.Plotted(figure));
  }

  /** @param what it is, in a few words */
  private void pictured(String what, Gallery gallery, Formula.Target target) {
    looked(what, target, () -> new GalleryChart(gallery), new SessionEvent.Pictured(gallery));
  }

  private void bounded(Formula.PlotBoundary p) {
    Boundary boundary = Boundaries.of(
        p.net().name(), workspace.split(p.data()),
        places -> engine.predict(workspace.model(p.net()).model(), places, workspace.loss(p.net(), p.loss())));
    looked(boundary.title(), p.target(), () -> new BoundaryChart(boundary), new SessionEvent.Bounded(boundary));
  }

  /** Told to whoever looks, or drawn into the file that is named. */
  private void looked(String title, Formula.Target target, Supplier<Chart> chart, SessionEvent event) {
    if (target.file().isPresent()) {
      written(title, target.span(), target.file().get(), path -> ChartFile.write(chart.get(), path, phrases));
    } else {
      listener.on(event);
    }
  }

  private interface FileWriter {
    void write(Path path) throws IOException;
  }

  private static void write(Path path, String text) throws IOException {
    AtomicFile.write(path, channel -> AtomicFile.writeFully(channel, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8))));
  }

  private void written(String what, Span span, Path path, FileWriter writer) {
    try {
      writer.write(path);
    } catch (IOException e) {
      throw new MistakeException(Code.L030, span, "the file cannot be written: " + Reasons.of(e), "");
    }
    listener.on(new SessionEvent.Wrote(what, path));
  }

  private Figure figure(List<CheckedTrain> runs) {
    if (runs.size() == 1) {
      return Figures.of(runs.getFirst().net().name(), workspace.epochs(runs.getFirst()));
    }
    Map<String, List<TrainEvent.Epoch>> named = new LinkedHashMap<>();
    runs.forEach(r -> named.put(r.name(), workspace.epochs(r)));
    return Figures.of(named);
  }

  /** Some examples that a call names, with the title that they have. */
  private record Chosen(DataSplit split, Dataset part, List<Integer> which, String title) {}

  private Chosen chosen(Formula.ShowExamples e) {
    DataSplit split = workspace.split(e.data());
    Dataset part = switch (e.part()) {
      case TRAIN -> split.train();
      case VAL -> split.validation();
      case TEST -> split.test();
    };
    if (part == null) {
      throw new MistakeException(Code.L015, e.target().span(), e.data().name() + " has no examples to validate on", "set some apart: split.val = 1000");
    }
    if (e.first() >= part.size()) {
      throw new MistakeException(
          Code.L015, e.target().span(), String.format(Locale.ROOT, "%s.%s has %,d examples, counted from 0", e.data().name(), e.part(), part.size()), "");
    }
    List<Integer> which = IntStream.range((int) e.first(), (int) Math.min(part.size(), e.first() + e.count())).boxed().toList();
    String title = e.data().name() + "." + e.part() + ", " + (which.size() == 1 ? "item " + e.first() : "items " + e.first() + " to " + which.getLast());
    return new Chosen(split, part, which, title);
  }

  private void examples(Formula.ShowExamples e) {
    Chosen c = chosen(e);
    if (Exhibits.isPicture(c.part.shape()) && Exhibits.isMask(c.part) && !e.data().rebuilds()) {
      pictured(c.title, Exhibits.masked(c.title, c.part, c.which), e.target());
    } else if (Exhibits.isPicture(c.part.shape())) {
      pictured(c.title, Exhibits.examples(c.title, c.part, c.which, i -> ExampleTable.caption(c.split, c.part, i)), e.target());
    } else {
      listener.on(new SessionEvent.Shown(ExampleTable.of(c.title, c.split, c.part, c.which)));
    }
  }

  private void predictions(Formula.ShowPredictions p) {
    Chosen c = chosen(p.of());
    boolean trains = p.of().part() == Formula.ShowExamples.Part.TRAIN;
    Seen seen = Seen.of(c.split, c.part, c.which, trains);
    Predictions made = engine.predict(workspace.model(p.net()).model(), seen.examples(), workspace.loss(p.net(), p.of().data(), p.loss()));
    Answered answered = new Answered(p.net().name() + " on " + c.title, c.split, seen, c.which, made);
    if (answered.isPictures()) {
      pictured(answered.title(), answered.gallery(), p.of().target());
    } else {
      listener.on(new SessionEvent.Shown(answered.table()));
    }
  }

  private Mistakes mistakes(CheckedNet net, CheckedData d, Computation loss) {
    DataSplit data = workspace.split(d);
    return Mistakes.of(net.name(), data, engine.predict(workspace.model(net).model(), data.test(), workspace.loss(net, loss)));
  }

  private void mistakes(Formula.ShowMistakes m) {
    Mistakes mistakes = mistakes(m.net(), m.data(), m.loss());
    if (mistakes.isEmpty()) {
      listener.on(new SessionEvent.Value("", mistakes.title()));
    } else if (mistakes.isPictures()) {
      pictured("the mistakes of " + m.net().name(), mistakes.gallery(m.count()), m.target());
    } else {
      listener.on(new SessionEvent.Shown(mistakes.table(m.count())));
    }
  }

  private Tensor weight(CheckedNet net, String layer) {
    CheckedNet current = workspace.current(net);
    String owner = current.layers().stream().filter(l -> l.name().equals(layer)).findFirst().orElseThrow().shared();
    return workspace.model(net).model().tensors().stream().filter(t -> t.name().equals(owner + ".weight")).findFirst().orElseThrow();
  }

  private void report(Formula.Report r) {
    CheckedTrain run = r.run();
    Trained trained = workspace.model(run.net());
    Score score = engine.test(trained.model(), workspace.split(run.data()), run.settings().loss(), Listener.NONE);
    Report report = new Report(
        run, trained, workspace.epochs(run), workspace.split(run.data()), score, mistakes(run.net(), run.data(), run.settings().loss()), phrases);
    written("a report", r.span(), r.path(), path -> write(path, report.html()));
  }
}
