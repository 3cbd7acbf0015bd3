package dev.lanewise.dsl.run;

import dev.lanewise.dsl.chart.Chart;
import dev.lanewise.dsl.chart.ChartFile;
import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.Diagnostic;
import dev.lanewise.dsl.diagnostic.MistakeException;
import dev.lanewise.dsl.diagnostic.Reasons;
import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.dsl.exhibit.Exhibit;
import dev.lanewise.dsl.exhibit.Table;
import dev.lanewise.dsl.language.Phrases;
import dev.lanewise.dsl.meaning.Arithmetic;
import dev.lanewise.dsl.meaning.CheckedData;
import dev.lanewise.dsl.meaning.CheckedNet;
import dev.lanewise.dsl.meaning.CheckedTrain;
import dev.lanewise.dsl.meaning.Constant;
import dev.lanewise.dsl.meaning.History;
import dev.lanewise.dsl.meaning.Trained;
import dev.lanewise.dsl.scope.Formula;
import dev.lanewise.dsl.verb.Bench;
import dev.lanewise.dsl.verb.Result;
import dev.lanewise.dsl.view.NumberTables;
import dev.lanewise.dsl.view.Outputs;
import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.data.Field;
import dev.lanewise.runtime.data.World;
import dev.lanewise.runtime.data.source.TableFile;
import dev.lanewise.runtime.operation.Computation;
import dev.lanewise.runtime.plan.KernelSet;
import dev.lanewise.runtime.score.FoldScores;
import dev.lanewise.runtime.score.Measure;
import dev.lanewise.runtime.score.Score;
import dev.lanewise.runtime.tensor.Shape;
import dev.lanewise.runtime.train.Engine;
import dev.lanewise.runtime.train.Listener;
import dev.lanewise.runtime.train.TrainEvent;
import dev.lanewise.runtime.train.UnclearException;
import dev.lanewise.runtime.train.Withstood;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** Gives expressions their values, and lets deeds be done: what they need of the session they have from here. */
final class Evaluation implements Bench {
  private final Options options;
  private final SessionListener listener;
  private final Engine engine;
  private final Workspace workspace;
  private final Waiting waiting;

  Evaluation(Options options, SessionListener listener, Engine engine, Workspace workspace, Waiting waiting) {
    this.waiting = waiting;
    this.options = options;
    this.listener = listener;
    this.engine = engine;
    this.workspace = workspace;
  }

  Result evaluate(Formula formula) {
    return switch (formula) {
      case Formula.Known(Constant value) -> new Result.Plain(value);
      case Formula.Stored s -> workspace.value(s.name());
      case Formula.Unary u -> new Result.Plain(Arithmetic.apply(u.operator(), constant(u.operand())).orElseThrow());
      case Formula.Binary b -> new Result.Plain(Arithmetic.apply(b.operator(), constant(b.left()), constant(b.right())).orElseThrow());
      case Formula.Part(Span span, Formula of, var kind) -> new Result.Plain(new Constant.Num(part(span, score(of), kind)));
      case Formula.OfHead(Span span, Formula of, Field part) -> new Result.Scored(head(span, score(of), part.name()));
      case Formula.OfRun(Span span, CheckedTrain run, Measure measure) -> new Result.Plain(new Constant.Num(last(span, run).of(measure)));
      case Formula.OfAttack(Span span, CheckedTrain run, String share) -> new Result.Plain(new Constant.Num(withstood(span, run).shares().get(share)));
      case Formula.OfFolds(Span span, CheckedTrain run, Measure.Kind kind) -> new Result.Plain(new Constant.Num(folded(span, run).mean(kind)));
      case Formula.Epochs(CheckedTrain run) -> new Result.Plain(new Constant.Num(history(run).epochs().size()));
      case Formula.Weights(CheckedNet net, String parameter, Shape of) -> new Result.Plain(
          Constant.Items.of(of.dims(), shortest(trained(net).tensor(parameter).values())));
      case Formula.Applied(CheckedNet net, Formula input, Span span) -> applied(trained(net), constant(input), span);
      case Formula.Computed c -> new Result.Plain(c.value(constant(c.of())));
      case Formula.Extreme(Formula list, boolean least) -> {
        DoubleStream numbers = Arrays.stream(((Constant.Items) constant(list)).numbers());
        yield new Result.Plain(new Constant.Num((least ? numbers.min() : numbers.max()).orElseThrow()));
      }
      case Formula.Do d -> looked(d, done(d));
    };
  }

  private Result done(Formula.Do d) {
    try {
      return d.deed().run(this);
    } catch (World.StrangeException e) {
      throw strange(d.span(), e);
    } catch (UnclearException e) {
      throw new MistakeException(Code.L089, d.span(), e.getMessage(), e.remedy());
    }
  }

  /** A network was asked about examples of another world. */
  static MistakeException strange(Span at, World.StrangeException e) {
    return new MistakeException(
        Code.L088, at, e.getMessage(), "define another network for them: load(Other, from = Net) gives it what this one has learnt, as far as names meet");
  }

  private Result applied(Trained trained, Constant input, Span span) {
    double[] numbers = input.inside();
    trained.net().strange(numbers).ifPresent(why -> {
      throw new MistakeException(Code.L085, span, why, "");
    });
    double[] result = waiting(() -> Outputs.of(trained, trained.seen(numbers)).result());
    float[] floats = new float[result.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) result[i];
    }
    return new Result.Plain(Constant.Items.of(trained.net().output().dims(), shortest(floats)));
  }

  /** The shortest decimal numbers that stand for floats: 0.3, not 0.30000001192092896. */
  private static double[] shortest(float[] values) {
    return IntStream.range(0, values.length).mapToDouble(i -> Double.parseDouble(Float.toString(values[i]))).toArray();
  }

  private Score score(Formula formula) {
    if (!(evaluate(formula) instanceof Result.Scored(Score score))) {
      throw new IllegalStateException("checked as a score: " + formula);
    }
    return score;
  }

  /** Of what a network finds there is a number only if its losses compare classes and boxes. */
  private static double part(Span span, Score of, Measure.Kind kind) {
    if (kind == Measure.Kind.MAP50 && of.detections() == null) {
      throw new MistakeException(
          Code.L095, span, "no loss of this network compares `class` and `box` with outputs of these names: `map50` cannot be told",
          "train it with loss { class = cross_entropy; box = … }");
    }
    return of.of(kind);
  }

  private static Score head(Span span, Score of, String part) {
    if (!of.heads().containsKey(part)) {
      throw new MistakeException(
          Code.L093, span, "no loss of this network compares an output with `" + part + "`: there is no score of it",
          of.heads().isEmpty() ? "train it with loss { " + part + " = … }" : "there is " + String.join(", ", of.heads().keySet()));
    }
    return of.heads().get(part);
  }

  private TrainEvent.Epoch last(Span span, CheckedTrain run) {
    List<TrainEvent.Epoch> epochs = history(run).epochs();
    if (epochs.isEmpty()) {
      throw new MistakeException(Code.L006, span, "the training has no epoch yet", "let it go on to the end of one");
    }
    return epochs.getLast();
  }

  private Withstood withstood(Span span, CheckedTrain run) {
    return last(span, run).withstood().orElseThrow(
        () -> new MistakeException(Code.L006, span, "the file that the training goes on from does not tell what the network withstands", "let it go on for an epoch"));
  }

  private FoldScores folded(Span span, CheckedTrain run) {
    return history(run).folds().orElseThrow(
        () -> new MistakeException(Code.L006, span, "the folds of the training have not all ended", "let them go on to their end"));
  }

  Constant constant(Formula formula) {
    return switch (evaluate(formula)) {
      case Result.Plain(Constant value) -> value;
      case Result.Counted(Constant.Items numbers, var _) -> numbers;
      case Result other -> throw new IllegalStateException("checked as a value: " + other);
    };
  }

  /** Left to be told, or drawn into the file that is named. */
  private Result looked(Formula.Do d, Result result) {
    if (d.file().isEmpty()) {
      return result;
    }
    if (result instanceof Result.Shown(Table table, var _) && d.file().get().toString().endsWith(".csv")) {
      return written(table.title(), d.span(), d.file().get(), path -> TableFile.write(path, table.header(), table.rows()));
    }
    Optional<Chart> chart = result instanceof Result.Shown(Exhibit exhibit, var _) ? Chart.of(exhibit) : Optional.empty();
    if (chart.isEmpty()) {
      throw new MistakeException(Code.L073, d.span(), "this is told in words and numbers: it is no picture that a file could hold", "leave out `to`");
    }
    return written(((Result.Shown) result).exhibit().title(), d.span(), d.file().get(), path -> ChartFile.write(chart.get(), path, phrases()));
  }

  /** Gives an expression its value, and tells it. @param name what it is bound to; empty for a line of its own */
  Result tell(String name, Formula formula) {
    Result result = evaluate(formula);
    if (result instanceof Result.Plain(Constant.Items items) && items.isNumbers() && !items.isShort()) {
      String what = formula instanceof Formula.Weights w ? w.net().name() + "." + w.parameter() : name;
      listener.on(new SessionEvent.Shown(NumberTables.of(what, items)));
    } else {
      tell(name, result);
    }
    return result;
  }

  /** Tells what came of something. */
  void tell(String name, Result result) {
    switch (result) {
      case Result.Plain p -> listener.on(new SessionEvent.Value(name, p.text()));
      // A test has told its score as an event already.
      case Result.Scored s when name.isEmpty() -> { }
      case Result.Scored s -> listener.on(new SessionEvent.Value(name, s.text()));
      case Result.Spoken _ -> { }
      case Result.Counted(var _, Exhibit exhibit) -> listener.on(new SessionEvent.Shown(exhibit));
      case Result.Told(String what, String text) -> listener.on(new SessionEvent.Value(what, text));
      case Result.Shown(Exhibit exhibit, List<Exhibit> before) -> {
        before.forEach(e -> listener.on(new SessionEvent.Shown(e)));
        listener.on(new SessionEvent.Shown(exhibit));
      }
      case Result.Wrote(String what, Path path) -> listener.on(new SessionEvent.Wrote(what, path));
      case Result.Read(String what, Path path) -> listener.on(new SessionEvent.Read(what, path));
      case Result.Adopted a -> listener.on(new SessionEvent.Adopted(a.net(), a.from(), a.layers(), a.kept()));
    }
  }

  @Override
  public CheckedNet now(CheckedNet net) {
    return workspace.current(net);
  }

  @Override
  public Trained trained(CheckedNet net) {
    return workspace.model(net);
  }

  @Override
  public DataSplit split(CheckedData data) {
    return workspace.split(data);
  }

  @Override
  public DataSplit shown(CheckedNet net, CheckedData data) {
    return workspace.shown(net, data);
  }

  @Override
  public void took(CheckedNet net, Optional<World> world, Optional<Computation> by) {
    workspace.take(net, world, by);
  }

  @Override
  public Computation loss(CheckedNet net, Computation fitting) {
    return workspace.loss(net, fitting);
  }

  @Override
  public Computation loss(CheckedNet net, CheckedData of, Computation fitting) {
    return workspace.loss(net, of, fitting);
  }

  @Override
  public History history(CheckedTrain run) {
    return workspace.history(run);
  }

  @Override
  public Source source(CheckedTrain run) {
    return workspace.written(run);
  }

  @Override
  public Source source(CheckedData data) {
    return workspace.written(data);
  }

  @Override
  public Engine engine() {
    return engine;
  }

  @Override
  public KernelSet kernels() {
    return options.kernels();
  }

  @Override
  public long seed() {
    return options.seed().orElse(1);
  }

  @Override
  public Phrases phrases() {
    return Phrases.of(options.language());
  }

  @Override
  public Listener progress() {
    return e -> listener.on(new SessionEvent.Training(e));
  }

  @Override
  public <T> T waiting(Supplier<T> work) {
    return waiting.on(work);
  }

  @Override
  public void warn(Code code, Span span, String message, String remedy) {
    listener.on(new SessionEvent.Diagnosed(new Diagnostic(workspace.source(), code, span, message, remedy)));
  }

  @Override
  public void spoken(String piece, boolean ends) {
    listener.on(new SessionEvent.Spoken(piece, ends));
  }

  @Override
  public Result written(String what, Span span, Path path, FileWriter writer) {
    try {
      writer.write(path);
      return new Result.Wrote(what, path);
    } catch (IOException e) {
      throw new MistakeException(Code.L030, span, "the file cannot be written: " + Reasons.of(e), Reasons.remedy(e));
    }
  }
}
