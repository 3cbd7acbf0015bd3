package dev.lanewise.runtime.train;

import dev.lanewise.runtime.kernel.lane.Lanes;
import dev.lanewise.runtime.score.Measure;

/**
 * When the lanes of a training's blocks are places of one example, not examples, where a network is fit for that (see {@code rewrite.Across}): where a batch would leave many
 * lanes idle, or is no more than one block, which is the work of one thread. By the batch alone, never by threads: the bits depend on it.
 */
final class PlacesAsLanes {
  private static final int LANES = Lanes.BLOCK;

  private PlacesAsLanes() {}

  static boolean mayBeLanes(TrainSettings settings, int batch) {
    int idle = (LANES - batch % LANES) % LANES;
    boolean few = batch <= LANES || 8 * idle > batch + idle;
    return few && !settings.asks(Measure.Kind.AUC) && !settings.asks(Measure.Kind.MAP50);
  }
}
