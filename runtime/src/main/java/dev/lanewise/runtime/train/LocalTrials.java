package dev.lanewise.runtime.train;

import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.tensor.MemoryException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/**
 * Trials on this machine, one after the other, each with all threads of the engine.
 *
 * @param data of each trial, by its number; asked for as it begins
 * @param listener of their batches
 */
public record LocalTrials(Engine engine, IntFunction<DataSplit> data, Listener listener) implements Trials {
  @Override
  public void run(List<Trial> trials, Consumer<Ended> ended, Control control) {
    for (Trial trial : trials) {
      try {
        Optional<Trained> trained = train(trial, control);
        if (trained.isEmpty()) {
          return;
        }
        ended.accept(new Ended(trial.number(), trained));
      } catch (DivergedException e) {
        ended.accept(new Ended(trial.number(), Optional.empty()));
      } catch (MemoryException e) {
        throw new MemoryException("trial " + trial.number() + ": " + e.getMessage(), e.remedy());
      }
    }
  }

  /** Empty if it was stopped. */
  private Optional<Trained> train(Trial trial, Control control) {
    Model model = trial.model();
    DataSplit examples = data.apply(trial.number());
    List<TrainEvent.Epoch> epochs = new ArrayList<>();
    boolean finished = isTrained(model, examples, trial, e -> {
      if (e instanceof TrainEvent.Epoch epoch) {
        epochs.add(epoch);
      } else if (e instanceof TrainEvent.Batch || e instanceof TrainEvent.Preparing) {
        listener.on(e);
      }
    }, control);
    // The network may be that of an earlier epoch than the last: it is measured as it is.
    return finished
        ? Optional.of(new Trained(model, epochs, engine.value(model, examples, trial.settings().loss(), trial.pick(), epochs)))
        : Optional.empty();
  }

  /** False if it was stopped, be it before the first batch. */
  private boolean isTrained(Model model, DataSplit examples, Trial trial, Listener told, Control control) {
    try {
      return engine.train(model, examples, trial.settings(), told, control);
    } catch (StoppedException e) {
      return false;
    }
  }
}
