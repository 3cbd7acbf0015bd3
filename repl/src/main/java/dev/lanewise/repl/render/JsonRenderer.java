package dev.lanewise.repl.render;

import dev.lanewise.dsl.doctor.Cause;
import dev.lanewise.dsl.diagnostic.Diagnostic;
import dev.lanewise.dsl.diagnostic.Report;
import dev.lanewise.dsl.exhibit.Boundary;
import dev.lanewise.dsl.exhibit.Exhibit;
import dev.lanewise.dsl.exhibit.Figure;
import dev.lanewise.dsl.exhibit.Gallery;
import dev.lanewise.dsl.exhibit.Picture;
import dev.lanewise.dsl.exhibit.Spectrum;
import dev.lanewise.dsl.exhibit.Table;
import dev.lanewise.dsl.exhibit.Walked;
import dev.lanewise.dsl.run.Outcome;
import dev.lanewise.dsl.run.SessionEvent;
import dev.lanewise.repl.text.Output;
import dev.lanewise.runtime.score.Measure;
import dev.lanewise.runtime.score.Score;
import dev.lanewise.runtime.train.TrainEvent;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * One JSON object per line on standard output, for programs; {@code event} says what it is. Diagnostics are also written as text to
 * standard error, because somebody has to read them.
 */
public final class JsonRenderer implements Renderer {
  private final JsonLine json;
  private final Output err;
  /** Asked for in the training at work. */
  private List<Measure.Kind> metrics = List.of();

  public JsonRenderer(Output out, Output err) {
    this.json = new JsonLine(out);
    this.err = err;
  }

  @Override
  public void on(SessionEvent event) {
    switch (event) {
      case SessionEvent.Diagnosed d -> diagnosed(d.diagnostic());
      case SessionEvent.Training t -> training(t.event());
      case SessionEvent.Shown(Exhibit exhibit) -> shown(exhibit);
      case SessionEvent.Trial t -> json.event("trial").put("number", t.number()).put("of", t.of()).put("header", t.header())
          .rows("rows", List.of(t.cells())).put("best", t.best()).end();
      case SessionEvent.FoldBegan f -> json.event("fold_start").put("net", f.net()).put("number", f.number()).put("of", f.of()).end();
      case SessionEvent.Fold f -> {
        JsonLine line = json.event("fold").put("number", f.number()).put("of", f.of()).put("examples", f.score().examples());
        f.kinds().forEach(k -> line.put(k.toString(), f.score().of(k)));
        line.end();
      }
      case SessionEvent.Folded f -> folded(f);
      case SessionEvent.Expected e -> json.event("expect")
          .put("text", e.text()).put("holds", e.holds()).put("left", e.left()).put("right", e.right()).put("why", e.why()).end();
      case SessionEvent.Defined d -> json.event("define")
          .put("kind", d.kind()).put("name", d.name()).put("summary", d.summary()).end();
      case SessionEvent.Wrote w -> json.event("write").put("what", w.what()).put("path", w.path().toString()).end();
      case SessionEvent.Read r -> json.event("read").put("what", r.what()).put("path", r.path().toString()).end();
      case SessionEvent.Adopted a -> json.event("adopt")
          .put("net", a.net()).put("from", a.from()).put("layers", a.layers()).put("kept", a.kept()).end();
      case SessionEvent.Findings f -> json.event("doctor").put("run", f.run())
          .put("causes", f.causes().stream().map(Cause::title).toList()).end();
      case SessionEvent.Stopped s -> json.event("stopped").put("what", s.what()).end();
      case SessionEvent.Fetching f -> json.event("fetch").put("file", f.file()).put("from", f.from().toString())
          .put("into", f.into().toString()).put("done", (double) f.done()).put("size", (double) f.size()).end();
      case SessionEvent.Failed f -> failed(new Fault(f.place(), f.cause()));
      case SessionEvent.Spoken s -> json.event("text").put("piece", s.piece()).put("ends", s.ends()).end();
      case SessionEvent.Value v -> json.event("value").put("name", v.name()).put("text", v.text()).end();
    }
  }

  @Override
  public void problem(String message) {
    json.event("problem").put("message", message).end();
    err.println("lanewise: " + message);
    err.flush();
  }

  @Override
  public void finish(Outcome outcome) {
    json.event("finish").put("outcome", outcome.name().toLowerCase(java.util.Locale.ROOT)).put("status", outcome.status()).end();
  }

  private void diagnosed(Diagnostic diagnostic) {
    DiagnosticJson.tell(json, diagnostic);
    err.print(Report.of(diagnostic));
    err.flush();
  }

  private void failed(Fault fault) {
    json.event("fault").put("place", fault.place()).put("message", fault.text()).end();
    fault.lines(UnaryOperator.identity()).forEach(err::println);
    err.flush();
  }

  private void training(TrainEvent event) {
    switch (event) {
      case TrainEvent.Preparing p -> json.event("prepare").put("net", p.net()).put("done", p.done()).put("operations", p.operations()).end();
      case TrainEvent.Started s -> {
        metrics = s.metrics();
        JsonLine line = json.event("start")
            .put("net", s.net()).put("epochs", s.epochs()).put("examples", s.examples())
            .put("batches", s.batches()).put("parameters", s.parameters());
        s.clients().ifPresent(c -> line.put("clients", c.all()).put("chosen", c.chosen()));
        s.probe().ifPresent(p -> line.put("probe", p.by().toString()).put("probed", p.examples()));
        line.end();
      }
      case TrainEvent.Batch _ -> {}
      case TrainEvent.RateChanged r -> json.event("rate")
          .put("net", r.net()).put("epoch", r.epoch()).put("batch", r.batch()).put("from", r.from()).put("to", r.to()).end();
      case TrainEvent.SizeChanged s -> json.event("size")
          .put("net", s.net()).put("epoch", s.epoch()).put("batch", s.batch()).put("from", s.from()).put("to", s.to()).end();
      case TrainEvent.Epoch e -> epoch(e);
      case TrainEvent.Watched _ -> { }
      case TrainEvent.Round r -> {
        JsonLine line = json.event("round").put("net", r.net()).put("round", r.round()).put("clients", r.clients()).put("apart", r.apart());
        r.spent().ifPresent(s -> line.put("epsilon", s.epsilon()).put("delta", s.delta()));
        line.end();
      }
      case TrainEvent.Reached r -> json.event("reached").put("net", r.net()).put("round", r.round()).put("accuracy", r.accuracy()).end();
      case TrainEvent.Ended e -> json.event("end")
          .put("net", e.net()).put("epochs", e.epochs()).put("seconds", e.seconds())
          .put("interrupted", e.interrupted()).end();
      case TrainEvent.Resumed r -> json.event("resume").put("net", r.net()).put("epochs", r.epochs()).end();
      case TrainEvent.StoppedEarly e -> json.event("stop")
          .put("net", e.net()).put("epoch", e.epoch()).put("best", e.best()).put("by", e.by().toString()).put("value", e.value()).end();
      case TrainEvent.Attacked e -> json.event("attack")
          .put("net", e.net()).put("by", e.attack().toString()).put("examples", e.examples()).put("clean", e.clean()).put("left", e.left()).end();
      case TrainEvent.Overfitted e -> json.event("overfitted")
          .put("net", e.net()).put("epoch", e.epoch()).put("by", e.by().toString()).put("before", e.before()).put("now", e.now()).end();
      case TrainEvent.OutOfTime e -> json.event("out_of_time")
          .put("net", e.net()).put("epoch", e.epoch()).put("batch", e.batch()).put("batches", e.batches()).put("seconds", e.seconds()).end();
      case TrainEvent.RateLowered e -> json.event("rate").put("net", e.net()).put("epoch", e.epoch()).put("rate", e.rate()).end();
      case TrainEvent.Tested t -> tested(t);
    }
  }

  private void tested(TrainEvent.Tested tested) {
    Score score = tested.score();
    JsonLine line = json.event("test")
        .put("net", tested.net()).put("data", tested.data()).put("loss", score.loss()).put("accuracy", score.accuracy());
    score.headline().stream().filter(m -> m != Measure.Kind.ACCURACY).forEach(m -> line.put(m.toString(), score.of(m)));
    line.put("examples", score.examples()).put("seconds", tested.seconds()).end();
  }

  private void epoch(TrainEvent.Epoch epoch) {
    JsonLine line = json.event("epoch")
        .put("net", epoch.net()).put("epoch", epoch.epoch()).put("epochs", epoch.epochs()).put("seconds", epoch.seconds())
        .put("rate", epoch.rate());
    if (!Double.isNaN(epoch.objective())) {
      line.put("objective", epoch.objective());
    }
    epoch.withstood().ifPresent(w -> w.shares().forEach(line::put));
    score(line, "train", epoch.train());
    if (epoch.validation() != null) {
      score(line, "validation", epoch.validation());
    }
    line.end();
  }

  private void score(JsonLine line, String name, Score score) {
    line.open(name).put("loss", score.loss()).put("accuracy", score.accuracy()).put("examples", score.examples());
    metrics.stream().filter(m -> m != Measure.Kind.ACCURACY).forEach(m -> line.put(m.toString(), score.of(m)));
    score.heads().forEach((head, own) -> line.put("loss." + head, own.loss()));
    line.close();
  }

  private void folded(SessionEvent.Folded f) {
    JsonLine line = json.event("folds").put("net", f.net()).put("of", f.scores().scores().size()).open("mean");
    f.kinds().forEach(k -> line.put(k.toString(), f.scores().mean(k)));
    line.close().open("deviation");
    f.kinds().forEach(k -> line.put(k.toString(), f.scores().deviation(k)));
    line.close().end();
  }

  private void shown(Exhibit exhibit) {
    switch (exhibit) {
      case Table table -> json.event("table").put("title", table.title()).put("header", table.header()).rows("rows", table.rows()).end();
      case Figure figure -> figure.curves().forEach(
          c -> json.event(c.isDotted() ? "points" : "curve").put("figure", figure.title()).put("across", figure.across()).put("name", c.name())
              .rows("points", c.points().stream().map(p -> List.of(Double.toString(p.x()), Double.toString(p.y()))).toList()).end());
      case Gallery gallery -> gallery.pictures().forEach(p -> picture(gallery.title(), p));
      case Boundary b -> json.event("boundary").put("title", b.title())
          .put("left", b.left()).put("right", b.right()).put("bottom", b.bottom()).put("top", b.top()).put("size", b.size())
          .put("classes", Arrays.stream(b.classes()).mapToObj(Integer::toString).toList()).end();
      case Walked walked -> WalkedJson.lines(walked, json);
      case Spectrum s -> json.event("spectrum").put("title", s.title()).put("seconds", s.seconds()).put("width", s.picture().width()).put("height", s.picture().height())
          .put("png", Base64.getEncoder().encodeToString(s.picture().png())).end();
    }
  }

  private void picture(String gallery, Picture p) {
    JsonLine line = json.event("picture").put("gallery", gallery).put("caption", p.caption()).put("width", p.width()).put("height", p.height());
    if (p.axes().areThere()) {
      line.put("down", p.axes().down()).put("across", p.axes().across());
    }
    line.put("png", Base64.getEncoder().encodeToString(p.png())).end();
  }
}
