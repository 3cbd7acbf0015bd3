package dev.lanewise.dsl.run;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.MistakeException;
import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.dsl.meaning.CheckedData.Normalize;
import dev.lanewise.dsl.meaning.CheckedTrain;
import dev.lanewise.dsl.view.picture.LossCurve;
import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.data.Folds;
import dev.lanewise.runtime.score.FoldScores;
import dev.lanewise.runtime.score.Measure;
import dev.lanewise.runtime.score.Score;
import dev.lanewise.runtime.tensor.MemoryException;
import dev.lanewise.runtime.train.Control;
import dev.lanewise.runtime.train.Engine;
import dev.lanewise.runtime.train.Keep;
import dev.lanewise.runtime.train.Listener;
import dev.lanewise.runtime.train.LocalTrials;
import dev.lanewise.runtime.train.Model;
import dev.lanewise.runtime.train.StoppedException;
import dev.lanewise.runtime.train.TrainEvent;
import dev.lanewise.runtime.train.TrainSettings;
import dev.lanewise.runtime.train.Trials;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Cross-validation before a training with {@code folds}: as many trainings as there are folds, each of the network as it is before, on all
 * examples but those of one part, which it is then tested on. They leave their scores behind, and nothing else.
 */
final class Folding {
  private final CheckedTrain train;
  private final TrainSettings settings;
  private final DataSplit data;
  private final Folds folds;
  private final Engine engine;
  private final SessionListener listener;
  private final List<Measure.Kind> kinds;
  private final List<Score> scores = new ArrayList<>();
  private LossCurve curve = new LossCurve();
  private int begun;

  /**
   * @param settings with the seed that is to be used
   * @param data as the network is shown it
   * @param first whether the network is trained for the first time: then each fold is normalised by its own examples
   * @throws MistakeException if the data cannot be cut so, or a fold not be trained on
   */
  Folding(CheckedTrain train, TrainSettings settings, DataSplit data, boolean first, Engine engine, SessionListener listener) {
    this.train = train;
    this.settings = settings.with(new Keep(settings.keep().early(), Optional.empty(), Optional.empty(), settings.keep().metrics()));
    this.data = data;
    this.engine = engine;
    this.listener = listener;
    this.kinds = kinds(train);
    try {
      this.folds = new Folds(data, train.folds(), settings.seed(), first && train.data().normalize() instanceof Normalize.Auto);
    } catch (IllegalArgumentException e) {
      throw new MistakeException(Code.L015, span(train), e.getMessage(), "");
    }
    IntStream.rangeClosed(1, folds.count()).map(f -> folds.get(f).train().size()).distinct().forEach(size -> {
      LoneExamples.check(train, size);
      Changed.check(train, size);
    });
  }

  private static Span span(CheckedTrain train) {
    return train.statement().settings().stream().filter(s -> s.key().text().equals("folds")).findFirst().orElseThrow().value().span();
  }

  /** What is told of each fold besides the loss: the metrics, or what is told of a test. */
  private static List<Measure.Kind> kinds(CheckedTrain train) {
    List<Measure.Kind> kinds = new ArrayList<>(List.of(Measure.Kind.LOSS));
    List<Measure.Kind> metrics = train.settings().keep().metrics();
    boolean table = !train.data().target().isClass() && train.data().target().shape().isFlat();
    kinds.addAll(metrics.isEmpty() && table ? List.of(Measure.Kind.MAE, Measure.Kind.RMSE, Measure.Kind.R2) : metrics);
    return kinds;
  }

  /** Empty if it was stopped. @param network as it is, which stays so; @param control asked after every batch of every fold */
  Optional<FoldScores> run(Model network, Function<Paused, Control.Next> control) {
    List<Trials.Trial> trials = IntStream.rangeClosed(1, folds.count())
        .mapToObj(f -> new Trials.Trial(f, network.name(), network.graph(), network.tensors(), settings, new Measure(false, Measure.Kind.LOSS)))
        .toList();
    try {
      new LocalTrials(engine, folds::get, this::trains).run(
          trials, this::ended, batch -> control.apply(Paused.of(batch, curve, Optional.empty(), Paused.Series.folds(scores.size(), folds.count()))));
    } catch (StoppedException e) {
      // While a fold was tested.
    } catch (MemoryException e) {
      throw new MistakeException(Code.L017, train.span(), e.getMessage(), e.remedy());
    }
    if (scores.size() < folds.count()) {
      listener.on(new SessionEvent.Stopped(scores.size() + " of " + folds.count() + " folds have ended, " + network.name() + " is as it was before"));
      return Optional.empty();
    }
    FoldScores all = new FoldScores(scores);
    listener.on(new SessionEvent.Folded(network.name(), kinds, all, data.train().size()));
    return Optional.of(all);
  }

  private void trains(TrainEvent event) {
    if (begun == scores.size()) {
      begun++;
      curve = new LossCurve();
      listener.on(new SessionEvent.FoldBegan(train.net().name(), begun, folds.count(), data.train().size()));
    }
    if (event instanceof TrainEvent.Batch batch) {
      curve.add(batch);
    }
    listener.on(new SessionEvent.Training(event));
  }

  private void ended(Trials.Ended ended) {
    Score score = ended.trained().map(t -> engine.test(t.model(), folds.get(ended.number()), settings.loss(), Listener.NONE)).orElse(FoldScores.DIVERGED);
    scores.add(score);
    listener.on(new SessionEvent.Fold(ended.number(), folds.count(), kinds, score));
  }
}
