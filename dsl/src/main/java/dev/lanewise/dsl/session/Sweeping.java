package dev.lanewise.dsl.session;

import dev.lanewise.dsl.check.CheckedSweep;
import dev.lanewise.dsl.check.CheckedTrain;
import dev.lanewise.dsl.check.Constant;
import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.lower.Lowering;
import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.tensor.MemoryException;
import dev.lanewise.runtime.train.DivergedException;
import dev.lanewise.runtime.train.Engine;
import dev.lanewise.runtime.train.Measure;
import dev.lanewise.runtime.train.Model;
import dev.lanewise.runtime.train.TrainEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;

/** Trains the trials of a sweep one after the other and keeps the best. */
final class Sweeping {
  /** @param seed that it began with */
  record Best(Model model, CheckedTrain train, long seed, List<TrainEvent.Epoch> epochs, double value) {}

  private final Engine engine;
  private final DataSplit data;
  private final SessionListener listener;
  private final BooleanSupplier stop;

  Sweeping(Engine engine, DataSplit data, SessionListener listener, BooleanSupplier stop) {
    this.engine = engine;
    this.data = data;
    this.listener = listener;
    this.stop = stop;
  }

  /** The best of all that ended; empty if none did. */
  Optional<Best> run(CheckedSweep sweep, OptionalLong seed) {
    Best best = null;
    int bestTrial = 0;
    List<String> header = header(sweep);
    for (int t = 0; t < sweep.trials().size() && !stop.getAsBoolean(); t++) {
      CheckedSweep.Trial trial = sweep.trials().get(t);
      Optional<Best> ended = train(sweep, trial, seed.orElse(trial.train().settings().seed()));
      if (stop.getAsBoolean()) {
        break;
      }
      boolean better = ended.isPresent() && (best == null || sweep.pick().better(ended.get().value, best.value));
      List<String> cells = new ArrayList<>(List.of((t + 1) + "/" + sweep.trials().size()));
      trial.values().stream().map(Constant::toString).forEach(cells::add);
      cells.addAll(ended.map(e -> numbers(e, sweep.pick())).orElseGet(() -> List.of("diverged", "")));
      listener.on(new SessionEvent.Trial(t + 1, sweep.trials().size(), header, cells, better));
      if (better) {
        best = ended.get();
        bestTrial = t + 1;
      }
    }
    if (best != null) {
      listener.on(new SessionEvent.Value(sweep.run().net().name(), "as after trial " + bestTrial + ", "
          + String.format(Locale.ROOT, "%s %.4f", sweep.pick(), best.value)));
    }
    return Optional.ofNullable(best);
  }

  private static List<String> header(CheckedSweep sweep) {
    List<String> header = new ArrayList<>(List.of("trial"));
    header.addAll(sweep.axes());
    header.addAll(List.of("train loss", sweep.pick().toString()));
    return header;
  }

  private static List<String> numbers(Best ended, Measure pick) {
    return List.of(
        String.format(Locale.ROOT, "%.4f", ended.epochs.getLast().train().loss()), String.format(Locale.ROOT, "%.4f", ended.value));
  }

  /** Empty if it diverged or was stopped. */
  private Optional<Best> train(CheckedSweep sweep, CheckedSweep.Trial trial, long seed) {
    CheckedTrain train = trial.train();
    Model model = Model.create(train.net().name(), Lowering.graph(train.net()), seed);
    List<TrainEvent.Epoch> epochs = new ArrayList<>();
    try {
      boolean ended = engine.train(model, data, train.settings().withSeed(seed), e -> {
        switch (e) {
          case TrainEvent.Epoch epoch -> epochs.add(epoch);
          case TrainEvent.Batch _ -> listener.on(new SessionEvent.Training(e));
          default -> { }
        }
      }, stop);
      if (!ended) {
        return Optional.empty();
      }
      // The network may be that of an earlier epoch than the last.
      double value = engine.value(model, data, train.settings().loss(), sweep.pick(), epochs);
      return Optional.of(new Best(model, train, seed, epochs, value));
    } catch (DivergedException e) {
      return Optional.empty();
    } catch (MemoryException e) {
      throw new MistakeException(Code.L017, train.span(), e.getMessage() + " (trial " + trial.values() + ")", "take smaller ones");
    }
  }
}
