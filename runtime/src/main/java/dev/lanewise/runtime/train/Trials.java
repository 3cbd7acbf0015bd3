package dev.lanewise.runtime.train;

import dev.lanewise.runtime.file.Tensor;
import dev.lanewise.runtime.graph.Graph;
import dev.lanewise.runtime.score.Measure;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Runs trials of a sweep, or folds. Each is a training of its own, from its own first values (but for what is frozen), and ends the same wherever and beside whichever others it
 * runs; so an implementation may run several at a time, in any order. {@link LocalTrials} runs them here, one after the other.
 */
public interface Trials {
  /**
   * @param number from 1 on
   * @param net the network's name
   * @param kept values of parameters that are not its own first ones, by name: of what is frozen
   * @param settings seed included; what they keep in files is not asked for
   * @param pick by what the best trial is chosen
   */
  record Trial(int number, String net, Graph graph, List<Tensor> kept, TrainSettings settings, Measure pick) {
    /** The network as its training begins. */
    public Model model() {
      Model model = Model.create(net, graph, settings.seed());
      if (!kept.isEmpty()) {
        model.adopt(kept, _ -> true);
      }
      return model;
    }
  }

  /** @param trained empty if the loss was no longer a number */
  record Ended(int number, Optional<Trained> trained) {}

  /** @param value of the measure by which the best is chosen */
  record Trained(Model model, List<TrainEvent.Epoch> epochs, double value) {
    public Trained {
      epochs = List.copyOf(epochs);
    }
  }

  /**
   * Runs all trials, or those that end before it is stopped. Returns when none is at work any more.
   *
   * @param ended told of each as it ends, on the caller's thread
   * @param control asked after every batch; once it stops, trials that have not ended are given up
   * @throws dev.lanewise.runtime.tensor.MemoryException if a trial does not fit, naming it
   */
  void run(List<Trial> trials, Consumer<Ended> ended, Control control);
}
