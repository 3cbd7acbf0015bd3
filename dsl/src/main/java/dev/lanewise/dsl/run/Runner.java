package dev.lanewise.dsl.run;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.Diagnostic;
import dev.lanewise.dsl.diagnostic.MistakeException;
import dev.lanewise.dsl.diagnostic.Reasons;
import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.dsl.doctor.Cause;
import dev.lanewise.dsl.doctor.Finding;
import dev.lanewise.dsl.doctor.Patient;
import dev.lanewise.dsl.doctor.visit.Doctor;
import dev.lanewise.dsl.meaning.CheckedData;
import dev.lanewise.dsl.meaning.CheckedNet;
import dev.lanewise.dsl.meaning.CheckedSweep;
import dev.lanewise.dsl.meaning.CheckedTrain;
import dev.lanewise.dsl.meaning.History;
import dev.lanewise.dsl.meaning.Trained;
import dev.lanewise.dsl.scope.Action;
import dev.lanewise.dsl.scope.Formula;
import dev.lanewise.dsl.spread.Crew;
import dev.lanewise.dsl.spread.Errand;
import dev.lanewise.dsl.verb.Pixels;
import dev.lanewise.dsl.verb.Result;
import dev.lanewise.dsl.verb.test.ProfileVerb;
import dev.lanewise.dsl.view.Summaries;
import dev.lanewise.dsl.view.picture.LossCurve;
import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.data.World;
import dev.lanewise.runtime.execute.WholeBatchException;
import dev.lanewise.runtime.plan.KernelSet;
import dev.lanewise.runtime.score.FoldScores;
import dev.lanewise.runtime.train.Control;
import dev.lanewise.runtime.train.DivergedException;
import dev.lanewise.runtime.train.Duel;
import dev.lanewise.runtime.train.Engine;
import dev.lanewise.runtime.train.Listener;
import dev.lanewise.runtime.train.LocalTrials;
import dev.lanewise.runtime.train.Model;
import dev.lanewise.runtime.train.StoppedException;
import dev.lanewise.runtime.train.TrainEvent;
import dev.lanewise.runtime.train.TrainSettings;
import dev.lanewise.runtime.train.Trials;
import dev.lanewise.runtime.train.UnfitException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.Supplier;

/** Runs checked actions, each within its {@link Boundary}, and keeps what they leave behind: models, data and values. */
public final class Runner implements AutoCloseable {
  /** Of so many images the pixels are looked at before they are attacked. */
  private static final int LOOKED_AT = 1000;

  private final Options options;
  private final SessionListener listener;
  private final Engine engine;
  private final Workspace workspace;
  private final Evaluation evaluation;
  private final Boundary boundary;
  private final Function<String, Optional<Outcome>> aside;
  private final Waiting waiting = new Waiting();
  private final Spreading spreading;
  private volatile boolean interrupted;

  /** @param aside runs what is typed while a training waits */
  public Runner(Options options, SessionListener listener, Workspace workspace, Function<String, Optional<Outcome>> aside) {
    this.aside = aside;
    this.options = options;
    this.listener = listener;
    this.boundary = new Boundary(listener);
    this.engine = new Engine(options.threads(), options.kernels(), () -> interrupted);
    this.workspace = workspace;
    this.spreading = new Spreading(options, workspace);
    this.evaluation = new Evaluation(options, listener, engine, workspace, waiting);
  }

  public void interrupt() {
    interrupted = true;
    waiting.giveUp();
  }

  /** Before anything of a script is run, be it all at once or statement by statement. */
  public void begin(List<Action> all, boolean typed) {
    goOn();
    if (options.kernels() == KernelSet.VECTOR) {
      Warming.start(all, typed);
    }
  }

  /** What was interrupted before does not count any more. */
  private void goOn() {
    interrupted = false;
    waiting.begin();
  }

  public Outcome run(Source script, List<Action> actions) {
    workspace.begin(script);
    for (Action action : actions) {
      Outcome outcome = boundary.around(script, place(action), () -> runOrStop(action));
      if (outcome != Outcome.OK || interrupted) {
        return outcome == Outcome.OK ? Outcome.INTERRUPTED : outcome;
      }
    }
    return Outcome.OK;
  }

  /** Whether it leaves everything as it is, and no name behind. */
  public static boolean looks(Action action) {
    return switch (action) {
      case Action.Evaluate(Formula f) -> !(f instanceof Formula.Do done) || done.deed().looks();
      case Action.Expect _ -> true;
      case Action.DefineNet _, Action.DefineData _, Action.Train _, Action.Sweep _, Action.Bind _ -> false;
    };
  }

  /** While a training waits, with its network as it is then; the training does not notice. */
  public Outcome aside(Source script, List<Action> looks) {
    Source trained = workspace.begin(script);
    try {
      return run(script, looks);
    } finally {
      workspace.begin(trained);
      goOn();
    }
  }

  /** Where to point, if nobody knows better; what only evaluates something does not know its place. */
  private static Span place(Action action) {
    return switch (action) {
      case Action.DefineData(CheckedData d) -> d.span();
      case Action.Train(CheckedTrain t) -> t.span();
      case Action.Sweep(CheckedSweep s) -> s.span();
      case Action.Expect e -> e.span();
      case Action.DefineNet _, Action.Bind _, Action.Evaluate _ -> new Span(0, 0);
    };
  }

  private Outcome runOrStop(Action action) {
    try {
      return run(action);
    } catch (StoppedException e) {
      listener.on(new SessionEvent.Stopped(switch (action) {
        case Action.DefineData(CheckedData d) -> d.name() + " has not been read";
        // What was typed without a name has been given one, which nobody has seen yet.
        case Action.Bind(String name, var _) when !name.matches("_\\d+") -> name + " has no value";
        case Action.Expect x -> "it is not known whether " + x.text() + " holds";
        case Action.Bind _, Action.Evaluate _, Action.DefineNet _, Action.Train _, Action.Sweep _ -> "there is no result";
      }));
      return Outcome.ABANDONED;
    }
  }

  private Outcome run(Action action) {
    return switch (action) {
      case Action.DefineNet(CheckedNet net) -> define(net);
      case Action.DefineData(CheckedData d) -> define(d);
      case Action.Train(CheckedTrain train) -> train(train);
      case Action.Sweep(CheckedSweep sweep) -> sweep(sweep);
      case Action.Expect e -> expect(e);
      case Action.Bind(String name, Formula formula) -> {
        workspace.define(name, evaluation.tell(name, formula));
        yield Outcome.OK;
      }
      case Action.Evaluate(Formula formula) -> {
        evaluation.tell("", formula);
        yield Outcome.OK;
      }
    };
  }

  private Outcome define(CheckedNet net) {
    workspace.define(net);
    listener.on(new SessionEvent.Defined("net", net.name(), Summaries.of(net)));
    return Outcome.OK;
  }

  private Outcome define(CheckedData d) {
    if (!DataLoader.fetch(d, listener, () -> interrupted)) {
      throw new StoppedException();
    }
    DataSplit split = waiting.on(() -> DataLoader.load(d, options.seed().orElse(1), this::warn));
    workspace.define(d, split);
    listener.on(new SessionEvent.Defined("data", d.name(), Summaries.of(d, split)));
    return Outcome.OK;
  }

  /** The examples as a network is shown them. */
  private DataSplit shown(CheckedTrain train, CheckedNet net) {
    try {
      return workspace.shown(net, train.data());
    } catch (World.StrangeException e) {
      throw Evaluation.strange(train.span(), e);
    }
  }

  private void warn(Code code, Span at, String message, String remedy) {
    listener.on(new SessionEvent.Diagnosed(new Diagnostic(workspace.source(), code, at, message, remedy)));
  }

  private Outcome train(CheckedTrain train) {
    if (train.rival().isPresent()) {
      return duel(train, train.rival().get());
    }
    KeptFiles.check(train);
    DataSplit data = shown(train, train.net());
    LoneExamples.check(train, data.train().size());
    Scales.check(train, data);
    Changed.check(train, data.train().size());
    if (train.settings().adversarial().isPresent()) {
      Pixels.require(train.span(), train.data().name(), data.train(), LOOKED_AT);
    }
    TrainSettings s = train.settings();
    long seed = options.seed().orElse(s.seed());
    s.federation().ifPresent(f -> listener.on(new SessionEvent.Shown(Clients.table(train, f, data, seed))));
    Trained before = workspace.model(train.net(), seed);
    List<Trained> teachers = train.teachers().stream().map(workspace::model).toList();
    Lesson lesson = Lesson.of(train, before.net(), data, s.withSeed(seed), teachers);
    Scales.warn(train, data, lesson.settings().loss(), this::warn);
    History history = new History();
    workspace.began(train, history);
    Model model = before.model().on(lesson.graph());
    Optional<Errand> errand = train.on().map(_ -> spreading.errand(train.span(), train));
    if (train.folds() > 0 && !folded(train, lesson, model, history, before.world().isEmpty())) {
      return Outcome.INTERRUPTED;
    }
    workspace.put(train.net(), new Trained(before.net(), model, seed, before.source(), s.loss(), Optional.of(lesson.data().world())));
    Outcome outcome;
    try {
      boolean finished = told(train, data, history, (all, control) -> errand.isPresent() ? spread(train, model, lesson, errand.get(), all, control) : engine.train(model, lesson.data(), lesson.settings(), all, control));
      outcome = finished && profiled(train) ? Outcome.OK : Outcome.INTERRUPTED;
    } finally {
      if (!teachers.isEmpty()) {
        // From now on by itself.
        workspace.take(train.net(), Optional.of(lesson.data().world()), Optional.empty());
      }
    }
    if (outcome == Outcome.OK) {
      glance(train);
    }
    return outcome;
  }

  /** Trains with others; false if it was stopped. */
  private boolean spread(CheckedTrain train, Model model, Lesson lesson, Errand errand, Listener all, Control control) {
    Crew crew = spreading.crew(train.on().orElseThrow());
    if (lesson.settings().federation().isPresent()) {
      SpreadClients clients = new SpreadClients(crew, errand, lesson.fingerprint(), () -> interrupted);
      return engine.train(model, lesson.data(), lesson.settings(), all, control, clients);
    }
    try {
      return engine.train(model, lesson.data(), lesson.settings(), new SpreadShards(crew, errand, lesson.fingerprint(), () -> interrupted), all, control);
    } catch (WholeBatchException e) {
      throw new MistakeException(Code.L015, train.on().orElseThrow().span(), e.getMessage(), "leave out `on`");
    }
  }

  /** Tells in a line what the doctor sees, if that is something. */
  private void glance(CheckedTrain train) {
    try {
      List<Cause> found = Doctor.glance(new Patient(train, evaluation, true)).stream().map(Finding::cause).toList();
      if (!found.isEmpty()) {
        listener.on(new SessionEvent.Findings(train.name(), found));
      }
    } catch (StoppedException stopped) {
      // The training has ended already; what follows it does not begin.
    }
  }

  /** Two networks against each other. */
  private Outcome duel(CheckedTrain train, CheckedTrain.Rival rival) {
    KeptFiles.check(train);
    DataSplit data = shown(train, rival.net());
    History history = new History();
    Duel duel = Duelling.begin(train, rival, data, workspace, options.seed().orElse(train.settings().seed()));
    workspace.began(train, history);
    return told(train, data, history, (all, control) -> engine.train(duel, data, all, control)) ? Outcome.OK : Outcome.INTERRUPTED;
  }

  /** Tells what a training tells, and asks how it goes on. False if it was stopped. */
  private boolean told(CheckedTrain train, DataSplit data, History history, BiPredicate<Listener, Control> training) {
    LossCurve curve = new LossCurve();
    RunLogs logs = new RunLogs(train.logs());
    try {
      return training.test(
          e -> {
            history.on(e);
            curve.on(e);
            logs.on(e);
            listener.on(new SessionEvent.Training(e));
          },
          batch -> {
            Control.Next next = next(() -> Paused.of(batch, curve, workspace.model(train.net()), size -> unfit(train, data, size)));
            if (next instanceof Control.Next.Stop) {
              history.stopped(batch);
            }
            return next;
          });
    } catch (UncheckedIOException e) {
      throw new MistakeException(
          Code.L030, train.span(), "the run cannot be kept, or gone on with: " + Reasons.of(e.getCause()), Reasons.remedy(e.getCause()));
    } catch (UnfitException e) {
      throw new MistakeException(
          Code.L031, train.span(), "the training cannot be gone on with: " + e.getMessage(), "remove the file, or name another in `resume`");
    } catch (DivergedException e) {
      throw new MistakeException(Code.L032, train.span(), e.getMessage(), "");
    }
  }

  /** Why the batches of a training cannot have so many examples from now on; empty if they can. */
  private static Optional<String> unfit(CheckedTrain train, DataSplit data, int batch) {
    return batch < 1 ? Optional.of("a batch has at least 1 example") : train.keptSize().map(CheckedTrain.KeptSize::why).or(() -> LoneExamples.unfit(train.net(), data.train().size(), batch));
  }

  /** False if it was stopped: then the network is as it was before. @param first whether the network meets its world here */
  private boolean folded(CheckedTrain train, Lesson lesson, Model model, History history, boolean first) {
    Folding folding = new Folding(train, lesson.settings(), lesson.data(), first, engine, listener);
    Optional<FoldScores> scores = folding.run(model, paused -> next(() -> paused));
    scores.ifPresent(history::folded);
    return scores.isPresent();
  }

  /** False if the profile that is asked for was stopped; the training is kept. */
  private boolean profiled(CheckedTrain train) {
    try {
      if (options.profile()) {
        evaluation.tell("", ProfileVerb.of(train).run(evaluation));
      }
      return true;
    } catch (StoppedException e) {
      listener.on(new SessionEvent.Stopped("there is no profile"));
      return false;
    }
  }

  /** Whoever interrupts a training is asked how it goes on. */
  private Control.Next next(Supplier<Paused> paused) {
    if (!interrupted) {
      return Control.GO_ON;
    }
    goOn();
    Control.Next next = listener.paused(paused.get().asking(aside));
    // Whoever interrupts while somebody is asked has something more to say, and is asked after the next batch.
    if (next instanceof Control.Next.Stop) {
      interrupted = true;
    }
    return next;
  }

  /** Runs the trials. The best one's network takes the place of the run's. */
  private Outcome sweep(CheckedSweep sweep) {
    DataSplit split = shown(sweep.run(), sweep.run().net());
    sweep.trials().forEach(t -> LoneExamples.check(t.train(), split.train().size()));
    Trained before = workspace.model(sweep.run().net());
    Source written = before.source();
    Sweeping sweeping = new Sweeping(sweep, options.seed(), before.model(), split, listener);
    Trials trials = sweep.on().<Trials>map(on -> new SpreadTrials(spreading.crew(on), spreading.errand(sweep.span(), sweep.run()), sweeping, () -> interrupted))
        .orElseGet(() -> new LocalTrials(engine, _ -> split, sweeping::trains));
    Optional<Sweeping.Best> best = sweeping.run(trials, batch -> next(() -> sweeping.paused(batch, written)));
    best.ifPresent(b -> {
      workspace.put(sweep.run().net(), b.trained(written));
      workspace.began(sweep.run(), new History(b.epochs()));
    });
    return interrupted ? Outcome.INTERRUPTED : Outcome.OK;
  }

  private Outcome expect(Action.Expect e) {
    SessionEvent.Expected expected = Expectation.of(e, evaluation::constant);
    listener.on(expected);
    return expected.holds() ? Outcome.OK : Outcome.EXPECTATION_FAILED;
  }

  @Override
  public void close() {
    spreading.close();
    engine.close();
  }
}
