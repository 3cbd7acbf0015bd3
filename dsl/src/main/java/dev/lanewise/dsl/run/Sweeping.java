package dev.lanewise.dsl.run;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.MistakeException;
import dev.lanewise.dsl.diagnostic.Reasons;
import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.lower.Lowering;
import dev.lanewise.dsl.meaning.CheckedData;
import dev.lanewise.dsl.meaning.CheckedSweep;
import dev.lanewise.dsl.meaning.CheckedTrain;
import dev.lanewise.dsl.meaning.Constant;
import dev.lanewise.dsl.meaning.Trained;
import dev.lanewise.dsl.view.picture.LossCurve;
import dev.lanewise.runtime.file.Claim;
import dev.lanewise.runtime.file.Tensor;
import dev.lanewise.runtime.graph.Graph;
import dev.lanewise.runtime.tensor.MemoryException;
import dev.lanewise.runtime.train.Control;
import dev.lanewise.runtime.train.Model;
import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.data.World;
import dev.lanewise.runtime.train.SweepFile;
import dev.lanewise.runtime.train.TrainEvent;
import dev.lanewise.runtime.train.TrainSettings;
import dev.lanewise.runtime.train.Trials;
import dev.lanewise.runtime.train.UnfitException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One sweep: hands those of its trials that have not ended yet to whoever runs them, tells of each as it ends, and keeps the best. */
final class Sweeping {
  /** @param seed that it began with */
  record Best(Model model, CheckedTrain train, long seed, World world, List<TrainEvent.Epoch> epochs) {
    Trained trained(Source source) {
      return new Trained(train.net(), model, seed, source, train.settings().loss(), Optional.of(world));
    }
  }

  private final CheckedSweep sweep;
  private final OptionalLong seed;
  private final DataSplit data;
  private final SessionListener listener;
  private final List<String> header;
  /** What every trial finds as it is: a part that is not trained would be random numbers otherwise. */
  private final List<Tensor> frozen;
  private final List<SweepFile.Result> results = new ArrayList<>();
  private LossCurve curve = new LossCurve();
  private Best best;
  private SweepFile.Result bestResult;

  /** @param seed in place of the script's; @param before the network as it is; @param data as it is shown the examples */
  Sweeping(CheckedSweep sweep, OptionalLong seed, Model before, DataSplit data, SessionListener listener) {
    this.data = data;
    this.sweep = sweep;
    this.seed = seed;
    this.listener = listener;
    this.frozen = before.tensors().stream().filter(t -> sweep.run().isFrozen(t.name())).toList();
    this.header = new ArrayList<>(List.of("trial"));
    header.addAll(sweep.axes());
    header.addAll(List.of("train loss", sweep.pick().toString()));
  }

  /** The best of all that ended, in this run or in one before that was stopped; empty if none did. */
  Optional<Best> run(Trials trials, Control control) {
    try (Claim _ = Claim.of(sweep.resume())) {
      goOn();
      List<Trials.Trial> rest = new ArrayList<>();
      for (int t = 1; t <= sweep.trials().size(); t++) {
        int number = t;
        if (results.stream().noneMatch(r -> r.trial() == number)) {
          rest.add(trial(number));
        }
      }
      trials.run(rest, this::ended, control);
    } catch (MemoryException e) {
      throw new MistakeException(Code.L017, sweep.run().span(), e.getMessage(), e.remedy());
    } catch (IOException | UncheckedIOException e) {
      IOException cause = e instanceof UncheckedIOException u ? u.getCause() : (IOException) e;
      throw new MistakeException(Code.L030, sweep.span(), "the sweep cannot be kept, or gone on with: " + Reasons.of(cause), Reasons.remedy(cause));
    } catch (UnfitException e) {
      throw unfit(e.getMessage());
    }
    if (results.size() < sweep.trials().size()) {
      listener.on(new SessionEvent.Stopped(
          results.size() + " of " + sweep.trials().size() + " trials have ended" + (best == null ? ", " + net() + " is as it was before" : "")));
    }
    if (best != null) {
      listener.on(new SessionEvent.Value(net(), "as after trial " + bestResult.trial() + ", " + settings(bestResult.trial())
          + String.format(Locale.ROOT, ": %s %.4f", sweep.pick(), bestResult.value().getAsDouble())));
    }
    return Optional.ofNullable(best);
  }

  private String net() {
    return sweep.run().net().name();
  }

  /** Tells of a trial's batch. */
  void trains(TrainEvent event) {
    if (event instanceof TrainEvent.Batch batch) {
      curve = batch.epoch() == 1 && batch.batch() == 1 ? new LossCurve() : curve;
      curve.add(batch);
    }
    listener.on(new SessionEvent.Training(event));
  }

  /** As it is after a batch. @param source where the network is written */
  Paused paused(TrainEvent.Batch batch, Source source) {
    return Paused.of(batch, curve, Optional.ofNullable(best).map(b -> b.trained(source)), Paused.Series.trials(results.size(), sweep.trials().size()));
  }

  private MistakeException unfit(String reason) {
    return new MistakeException(
        Code.L031, sweep.span(), "the sweep cannot be gone on with: " + reason, "remove the file, or name another in `resume`");
  }

  /** Takes over what a run before has found. */
  private void goOn() throws IOException {
    if (sweep.resume().isEmpty()) {
      return;
    }
    SweepFile.Content found = SweepFile.read(sweep.resume().get());
    for (SweepFile.Result r : found.results()) {
      if (r.trial() < 1 || r.trial() > sweep.trials().size()) {
        throw unfit("the file has a trial " + r.trial() + ", this sweep has " + sweep.trials().size());
      }
      if (!r.identity().equals(identity(r.trial()))) {
        throw unfit("trial " + r.trial() + " of the file had other settings, data or another network than " + settings(r.trial()));
      }
    }
    if (!found.results().isEmpty()) {
      listener.on(new SessionEvent.Read(found.results().size() + " of " + sweep.trials().size() + " trials", sweep.resume().get()));
    }
    found.results().forEach(r -> tell(r, add(r)));
    if (found.best().isPresent() != (bestResult != null) || bestResult != null && found.best().get().trial() != bestResult.trial()) {
      throw unfit("its best trial is not the best of its results");
    }
    found.best().ifPresent(b -> {
      Trials.Trial trial = trial(b.trial());
      Model model = trial.model();
      model.assign(b.tensors());
      best = new Best(model, train(b.trial()), trial.settings().seed(), world(b.trial()), b.epochs());
    });
  }

  private void ended(Trials.Ended ended) {
    OptionalDouble loss = ended.trained().map(t -> OptionalDouble.of(t.epochs().getLast().train().loss())).orElse(OptionalDouble.empty());
    OptionalDouble value = ended.trained().map(t -> OptionalDouble.of(t.value())).orElse(OptionalDouble.empty());
    SweepFile.Result result = new SweepFile.Result(ended.number(), identity(ended.number()), loss, value);
    boolean better = add(result);
    if (better) {
      Trials.Trained t = ended.trained().orElseThrow();
      best = new Best(t.model(), train(ended.number()), settingsOf(ended.number()).seed(), world(ended.number()), t.epochs());
    }
    // Kept before it is told: what a user has seen is not lost.
    keep();
    tell(result, better);
  }

  private void keep() {
    try {
      if (sweep.resume().isPresent()) {
        Optional<SweepFile.Best> kept = best == null ? Optional.empty()
            : Optional.of(new SweepFile.Best(bestResult.trial(), best.model().tensors(), best.epochs()));
        SweepFile.write(sweep.resume().get(), new SweepFile.Content(results, kept));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether it is the best so far. */
  private boolean add(SweepFile.Result result) {
    boolean better = isBetter(result);
    results.add(result);
    bestResult = better ? result : bestResult;
    return better;
  }

  /** Among equals the first trial is the best, whichever ended first. */
  private boolean isBetter(SweepFile.Result result) {
    if (result.value().isEmpty() || bestResult == null) {
      return result.value().isPresent();
    }
    double value = result.value().getAsDouble();
    double other = bestResult.value().getAsDouble();
    return sweep.pick().better(value, other) || value == other && result.trial() < bestResult.trial();
  }

  private void tell(SweepFile.Result result, boolean better) {
    List<String> cells = new ArrayList<>(List.of(result.trial() + "/" + sweep.trials().size()));
    sweep.trials().get(result.trial() - 1).values().stream().map(Constant::toString).forEach(cells::add);
    cells.add(result.loss().isPresent() ? String.format(Locale.ROOT, "%.4f", result.loss().getAsDouble()) : "diverged");
    cells.add(result.value().isPresent() ? String.format(Locale.ROOT, "%.4f", result.value().getAsDouble()) : "");
    listener.on(new SessionEvent.Trial(result.trial(), sweep.trials().size(), header, cells, better));
  }

  private CheckedTrain train(int trial) {
    return sweep.trials().get(trial - 1).train();
  }

  private TrainSettings settingsOf(int trial) {
    TrainSettings settings = train(trial).settings();
    return settings.withSeed(seed.orElse(settings.seed()));
  }

  private World world(int trial) {
    return Lesson.of(train(trial), train(trial).net(), data, settingsOf(trial), List.of()).data().world();
  }

  Trials.Trial trial(int number) {
    CheckedTrain train = train(number);
    Lesson lesson = Lesson.of(train, train.net(), data, settingsOf(number), List.of());
    return new Trials.Trial(number, train.net().name(), lesson.graph(), frozen, lesson.settings(), sweep.pick());
  }

  /** {@code N.width = 16, optimizer.lr = 0.01}. */
  private String settings(int trial) {
    List<String> words = new ArrayList<>();
    for (int a = 0; a < sweep.axes().size(); a++) {
      words.add(sweep.axes().get(a) + " = " + sweep.trials().get(trial - 1).values().get(a));
    }
    return String.join(", ", words);
  }

  /** Empty where nothing is frozen. */
  private static String values(List<Tensor> tensors) {
    return tensors.stream().map(t -> t.name() + Arrays.hashCode(t.values())).collect(Collectors.joining());
  }

  /** What every trial finds as it is, for who trains one elsewhere. */
  List<Tensor> frozen() {
    return frozen;
  }

  /** All that a trial's result depends on, in a word that another process comes to which reads the same examples from another folder. */
  String fingerprint(int number) {
    return Digest.of(String.join("\n", told(number)), values(frozen), Fingerprint.of(data));
  }

  /** All that a trial's result depends on, in a word; but not where the data is written in the script. */
  private String identity(int number) {
    return Digest.of(String.join("\n", told(number)), told(train(number).data()), values(frozen));
  }

  /** What is read of files is told by the examples: the files themselves may lie elsewhere now. */
  private String told(CheckedData read) {
    String all = read.toString().replace(read.span().toString(), "");
    return read.origin() instanceof CheckedData.Origin.Files files ? all.replace(files.toString(), Fingerprint.of(data)) : all;
  }

  /** But for the examples, and for what is frozen. */
  private List<String> told(int number) {
    Trials.Trial trial = trial(number);
    TrainSettings s = trial.settings();
    Graph graph = trial.graph();
    return Stream.of(
        settings(number), graph.parameters(), graph.nodes().stream().map(n -> n + " " + n.operation()).toList(), s.seed(), s.epochs(), s.batch(),
        s.shuffle(), s.loss(), s.optimizer().name(), s.optimizer().lr(), s.optimizer().update(), s.clip(), s.keep(), sweep.pick(),
        sweep.written()).map(String::valueOf).toList();
  }
}
