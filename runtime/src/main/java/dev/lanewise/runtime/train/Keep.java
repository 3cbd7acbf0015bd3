package dev.lanewise.runtime.train;

import dev.lanewise.runtime.score.Measure;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What is kept of a training besides the network, and when it ends early.
 *
 * @param early ends it when the measure has not been better for so many epochs; the best epoch's parameters are then taken back
 * @param best where the parameters of the best epoch so far are written
 * @param resume where everything is written after each epoch; if the file is there, training goes on where it ended
 * @param metrics told after each epoch
 */
public record Keep(Optional<Early> early, Optional<Best> best, Optional<Path> resume, List<Measure.Kind> metrics) {
  public static final Keep NOTHING =
      new Keep(Optional.empty(), Optional.empty(), Optional.empty(), List.of(Measure.Kind.ACCURACY));

  /** @param patience epochs without a better one after which training ends */
  public record Early(Measure by, int patience) {}

  /** @param file of safetensors */
  public record Best(Path file, Measure by) {}
}
