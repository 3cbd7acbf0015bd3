package dev.lanewise.dsl.session;

import dev.lanewise.dsl.chart.Figure;
import dev.lanewise.runtime.train.TrainEvent;
import java.io.IOException;
import java.nio.file.Path;

/** A training that waits after a batch, because somebody interrupted it. */
public final class Paused {
  private final TrainEvent.Batch batch;
  private final Workspace.Trained trained;
  private final LossCurve curve;

  Paused(TrainEvent.Batch batch, Workspace.Trained trained, LossCurve curve) {
    this.batch = batch;
    this.trained = trained;
    this.curve = curve;
  }

  /** The last one. */
  public TrainEvent.Batch batch() {
    return batch;
  }

  /** The loss so far. */
  public Figure curve() {
    return curve.figure();
  }

  /**
   * Writes the network as it is now, as {@code save(Net, "net.safetensors")} would.
   *
   * @throws IOException if the file cannot be written
   */
  public void save(Path path) throws IOException {
    trained.save(path);
  }
}
