package dev.lanewise.dsl.session;

import dev.lanewise.dsl.check.Action;
import dev.lanewise.dsl.check.Arithmetic;
import dev.lanewise.dsl.check.CheckedData;
import dev.lanewise.dsl.check.CheckedNet;
import dev.lanewise.dsl.check.CheckedSweep;
import dev.lanewise.dsl.check.CheckedTrain;
import dev.lanewise.dsl.check.Constant;
import dev.lanewise.dsl.check.Formula;
import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.dsl.lower.Lowering;
import dev.lanewise.dsl.session.Session.Options;
import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.differentiate.GradientCheck;
import dev.lanewise.runtime.file.Safetensors;
import dev.lanewise.runtime.operation.Computation;
import dev.lanewise.runtime.plan.KernelSet;
import dev.lanewise.runtime.plan.Plan;
import dev.lanewise.runtime.symbolic.Term;
import dev.lanewise.runtime.tensor.MemoryException;
import dev.lanewise.runtime.train.DivergedException;
import dev.lanewise.runtime.train.Engine;
import dev.lanewise.runtime.train.Listener;
import dev.lanewise.runtime.train.Model;
import dev.lanewise.runtime.train.TrainEvent;
import dev.lanewise.runtime.train.TrainSettings;
import dev.lanewise.runtime.train.UnfitException;
import dev.lanewise.runtime.train.WarmUp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Runs checked actions, and keeps what they leave behind: models, data and values. */
final class Runner implements AutoCloseable {
  /**
   * A network with its values.
   *
   * @param net as it is now: a sweep may have found a better one than was written
   * @param loss it was trained with, null before that
   */
  private record Trained(CheckedNet net, Model model, long seed, Source source, Computation loss) {}

  private sealed interface Result {
    record Plain(Constant value) implements Result {}

    record Score(TrainEvent.Score score) implements Result {}

    record Nothing() implements Result {}
  }

  private static final String MEMORY = "take a smaller batch or network, or give the JVM more: LANEWISE_JAVA_OPTIONS=-Xmx12g";

  private final Options options;
  private final SessionListener listener;
  private final Engine engine;
  // By identity: a name that is bound again at the prompt begins with fresh values.
  private final Map<CheckedNet, Trained> models = new IdentityHashMap<>();
  private final Map<CheckedNet, Source> sources = new IdentityHashMap<>();
  private final Map<CheckedData, DataSplit> data = new IdentityHashMap<>();
  private final Map<CheckedTrain, List<TrainEvent.Epoch>> history = new IdentityHashMap<>();
  private final Map<String, Result> values = new HashMap<>();
  private volatile boolean interrupted;
  private Source source;
  private WarmUp warm;

  Runner(Options options, SessionListener listener) {
    this.options = options;
    this.listener = listener;
    this.engine = new Engine(options.threads(), options.kernels());
  }

  void interrupt() {
    interrupted = true;
  }

  Outcome run(Source script, List<Action> actions) {
    source = script;
    interrupted = false;
    try (WarmUp _ = warmUp(actions)) {
      for (Action action : actions) {
        Outcome outcome = run(action);
        if (interrupted || outcome != Outcome.OK) {
          return interrupted ? Outcome.INTERRUPTED : outcome;
        }
      }
      return Outcome.OK;
    } catch (MistakeException e) {
      return told(e);
    } catch (OutOfMemoryError e) {
      return told(new MistakeException(Code.L017, new Span(0, 0), "the memory that the JVM may have was not enough for this script", MEMORY));
    }
  }

  private Outcome told(MistakeException e) {
    listener.on(new SessionEvent.Diagnosed(e.in(source)));
    return Outcome.MISTAKE;
  }

  /** While data is read, the kernels of the first training are compiled. */
  private WarmUp warmUp(List<Action> actions) {
    boolean reads = actions.stream().anyMatch(a -> a instanceof Action.DefineData);
    warm =
        actions.stream()
            .filter(a -> reads && options.kernels() == KernelSet.VECTOR && a instanceof Action.Train)
            .map(a -> ((Action.Train) a).train())
            .findFirst()
            .map(t -> WarmUp.start(Lowering.graph(t.net()), t.settings()))
            .orElse(null);
    return warm;
  }

  private Outcome run(Action action) {
    return switch (action) {
      case Action.DefineNet(CheckedNet net) -> define(net);
      case Action.DefineData(CheckedData d) -> define(d);
      case Action.Train(CheckedTrain train) -> train(train);
      case Action.Sweep(CheckedSweep sweep) -> sweep(sweep);
      case Action.Expect e -> expect(e);
      case Action.Bind(String name, Formula formula) -> {
        Result result = evaluate(formula);
        values.put(name, result);
        listener.on(new SessionEvent.Value(name, text(result)));
        yield Outcome.OK;
      }
      case Action.Evaluate(Formula formula) -> {
        Result result = evaluate(formula);
        // A test has told its score as an event already.
        if (result instanceof Result.Plain) {
          listener.on(new SessionEvent.Value("", text(result)));
        }
        yield Outcome.OK;
      }
    };
  }

  private Outcome define(CheckedNet net) {
    sources.put(net, source);
    listener.on(
        new SessionEvent.Defined(
            "net",
            net.name(),
            String.format(Locale.ROOT, "%s -> %s, %,d parameters", net.input(), net.output(), net.parameters())));
    return Outcome.OK;
  }

  private Outcome define(CheckedData d) {
    DataSplit split = DataLoader.load(source, d, options.seed().orElse(1));
    data.put(d, split);
    String validation =
        split.validation() == null ? "" : String.format(Locale.ROOT, ", %,d to validate", split.validation().size());
    listener.on(
        new SessionEvent.Defined(
            "data",
            d.name(),
            String.format(
                Locale.ROOT, "%s, %,d to train%s, %,d to test",
                d.origin().shape(), split.train().size(), validation, split.test().size())));
    return Outcome.OK;
  }

  private Outcome train(CheckedTrain train) {
    TrainSettings s = train.settings();
    long seed = options.seed().orElse(s.seed());
    TrainSettings settings = s.withSeed(seed);
    Trained before = model(train.net(), seed);
    if (warm != null) {
      warm.close();
    }
    List<TrainEvent.Epoch> epochs = new ArrayList<>();
    history.put(train, epochs);
    models.put(train.net(), new Trained(before.net(), before.model(), seed, before.source(), s.loss()));
    try (RunLogs logs = new RunLogs(train.logs())) {
      boolean finished =
          engine.train(
              before.model(),
              reached(train.data().name(), data.get(train.data())),
              settings,
              e -> {
                if (e instanceof TrainEvent.Epoch epoch) {
                  epochs.add(epoch);
                }
                logs.on(e);
                listener.on(new SessionEvent.Training(e));
              },
              () -> interrupted);
      if (finished && options.profile()) {
        shown(profile(train.net(), train.data(), s.loss()));
      }
      return finished ? Outcome.OK : Outcome.INTERRUPTED;
    } catch (MemoryException e) {
      throw new MistakeException(Code.L017, train.span(), e.getMessage(), MEMORY);
    } catch (UncheckedIOException e) {
      throw new MistakeException(
          Code.L030, train.span(), "the run cannot be kept, or gone on with: " + Reasons.of(e.getCause()), "");
    } catch (UnfitException e) {
      throw new MistakeException(
          Code.L031, train.span(), "the training cannot be gone on with: " + e.getMessage(), "remove the file, or name another in `resume`");
    } catch (DivergedException e) {
      throw new MistakeException(Code.L032, train.span(), e.getMessage(), "");
    }
  }

  /** Runs the trials one after the other. The best one's network takes the place of the run's. */
  private Outcome sweep(CheckedSweep sweep) {
    DataSplit split = reached(sweep.run().data().name(), data.get(sweep.run().data()));
    Sweeping sweeping = new Sweeping(engine, split, listener, () -> interrupted);
    Optional<Sweeping.Best> best = sweeping.run(sweep, options.seed());
    best.ifPresent(b -> {
      Trained before = model(sweep.run().net());
      models.put(sweep.run().net(), new Trained(b.train().net(), b.model(), b.seed(), before.source(), b.train().settings().loss()));
      history.put(sweep.run(), b.epochs());
    });
    return interrupted ? Outcome.INTERRUPTED : Outcome.OK;
  }

  private Trained model(CheckedNet net, long seed) {
    return models.computeIfAbsent(
        net,
        n -> new Trained(
            n, Model.create(n.name(), Lowering.graph(n), seed), seed, sources.getOrDefault(n, source), null));
  }

  private Trained model(CheckedNet net) {
    return model(net, options.seed().orElse(1));
  }

  private Outcome expect(Action.Expect e) {
    String left = "";
    String right = "";
    Constant holds;
    if (e.condition() instanceof Formula.Binary b) {
      Constant x = constant(b.left());
      Constant y = constant(b.right());
      left = x.toString();
      right = y.toString();
      holds = Arithmetic.apply(b.operator(), x, y).orElseThrow();
    } else {
      holds = constant(e.condition());
    }
    boolean held = holds.equals(new Constant.Flag(true));
    listener.on(new SessionEvent.Expected(e.text(), held, left, right));
    return held ? Outcome.OK : Outcome.EXPECTATION_FAILED;
  }

  private Constant constant(Formula formula) {
    return switch (evaluate(formula)) {
      case Result.Plain(Constant value) -> value;
      case Result.Score _, Result.Nothing _ -> throw new IllegalStateException("checked as a value: " + formula);
    };
  }

  private Result evaluate(Formula formula) {
    return switch (formula) {
      case Formula.Known(Constant value) -> new Result.Plain(value);
      case Formula.Stored(String name, var _) -> reached(name, values.get(name));
      case Formula.Unary u -> new Result.Plain(Arithmetic.apply(u.operator(), constant(u.operand())).orElseThrow());
      case Formula.Binary b -> new Result.Plain(
          Arithmetic.apply(b.operator(), constant(b.left()), constant(b.right())).orElseThrow());
      case Formula.Test t -> test(t);
      case Formula.Part(Formula of, var kind) -> {
        if (!(evaluate(of) instanceof Result.Score(TrainEvent.Score score))) {
          throw new IllegalStateException("checked as a score: " + of);
        }
        yield new Result.Plain(new Constant.Num(score.of(kind)));
      }
      case Formula.Save s -> save(s);
      case Formula.Load l -> load(l);
      case Formula.Show(CheckedNet net) -> shown(NetTable.of(models.containsKey(net) ? models.get(net).net() : net));
      case Formula.ShowFormula(String name, String text) -> {
        listener.on(new SessionEvent.Value(name, text));
        yield new Result.Nothing();
      }
      case Formula.CheckFunction(String name, Term term) -> shown(GradientTables.of(name, GradientCheck.of(name, term)));
      case Formula.CheckLoss(String name, Computation loss) -> shown(
          GradientTables.of(name, GradientCheck.of(Lowering.probe(Formula.CheckLoss.OUTPUTS), loss, options.seed().orElse(1))));
      case Formula.CheckNet(CheckedNet net, Computation loss) -> shown(
          GradientTables.of(net.name(), GradientCheck.of(Lowering.graph(net), loss(net, loss), options.seed().orElse(1))));
      case Formula.ShowConfusion(CheckedNet net, CheckedData d, Computation loss) -> shown(
          ConfusionTable.of(
              net.name(),
              engine.test(model(net).model(), reached(d.name(), data.get(d)), loss(net, loss), Listener.NONE).confusion()));
      case Formula.Plot(Map<String, Term> functions, double from, double to) -> plotted(Figures.of(functions, from, to));
      case Formula.PlotRun(CheckedTrain run) -> plotted(
          Figures.of(run.net().name(), reached(run.name(), history.get(run))));
      case Formula.ShowPlan(CheckedNet net, Formula.View view, Computation loss) -> shown(
          switch (view) {
            case PLAN -> PlanTables.plan(net.name(), plan(net, loss));
            case PASSES -> PlanTables.passes(net.name(), plan(net, loss));
            case MEMORY -> PlanTables.memory(net.name(), plan(net, loss));
          });
      case Formula.ShowKernel k -> shown(PlanTables.kernels(k.layer(), plan(k.net(), k.loss())));
      case Formula.Profile(CheckedNet net, CheckedData d, Computation loss) -> shown(profile(net, d, loss));
    };
  }

  private Table profile(CheckedNet net, CheckedData d, Computation loss) {
    return PlanTables.profile(
        net.name(), engine.profile(model(net).model(), reached(d.name(), data.get(d)), loss(net, loss)));
  }

  private Result shown(Table table) {
    listener.on(new SessionEvent.Shown(table));
    return new Result.Nothing();
  }

  private Result plotted(Figure figure) {
    listener.on(new SessionEvent.Plotted(figure));
    return new Result.Nothing();
  }

  private Plan plan(CheckedNet net, Computation loss) {
    return Plan.training(model(net).model().graph(), loss(net, loss), options.kernels());
  }

  /** The loss that a network was trained with, or else the one that fits it. */
  private Computation loss(CheckedNet net, Computation fitting) {
    Computation own = model(net).loss();
    return own == null ? fitting : own;
  }

  /** A name is known to the checker even if an earlier run ended before its statement. */
  private <T> T reached(String name, T value) {
    if (value == null) {
      throw new MistakeException(
          Code.L006, new Span(0, 0), "`" + name + "` has no value: the run ended before it was reached", "define it again");
    }
    return value;
  }

  private Result test(Formula.Test t) {
    Trained trained = model(t.net());
    return new Result.Score(
        engine.test(
            trained.model(),
            reached(t.data().name(), data.get(t.data())),
            loss(t.net(), t.loss()),
            e -> listener.on(new SessionEvent.Training(e))));
  }

  private Result save(Formula.Save s) {
    Trained trained = model(s.net());
    try {
      Path path = Path.of(s.path());
      Safetensors.write(
          path,
          trained.model().tensors(),
          Map.of("net", trained.source().text(), "seed", Long.toString(trained.seed())));
      listener.on(new SessionEvent.Wrote(s.net().name(), path));
      return new Result.Nothing();
    } catch (IOException | InvalidPathException e) {
      throw new MistakeException(Code.L030, s.span(), "the file cannot be written: " + Reasons.of(e), "");
    }
  }

  private Result load(Formula.Load l) {
    try {
      Path path = Path.of(l.path());
      Safetensors.Content content = Safetensors.read(path);
      model(l.net()).model().assign(content.tensors());
      listener.on(new SessionEvent.Read(l.net().name(), path));
      return new Result.Nothing();
    } catch (IOException | InvalidPathException e) {
      throw new MistakeException(Code.L030, l.span(), "the file cannot be read: " + Reasons.of(e), "");
    } catch (UnfitException e) {
      throw new MistakeException(Code.L031, l.span(), "the file does not fit: " + e.getMessage(), "");
    }
  }

  private static String text(Result result) {
    return switch (result) {
      case Result.Plain(Constant value) -> value.toString();
      case Result.Score(TrainEvent.Score score) -> String.format(
          Locale.ROOT, "loss %.4f, accuracy %.4f", score.loss(), score.accuracy());
      case Result.Nothing() -> "";
    };
  }

  @Override
  public void close() {
    engine.close();
  }
}
