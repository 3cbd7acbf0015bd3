package dev.lanewise.runtime.train;

import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.data.World;
import dev.lanewise.runtime.data.WorldText;
import dev.lanewise.runtime.file.AtomicFile;
import dev.lanewise.runtime.file.Safetensors;
import dev.lanewise.runtime.score.Measure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The files that a training keeps. The one to go on from is its journal: parameters, the optimiser's state, the best epoch and what has
 * happened are committed there together after every epoch, and the file for the best epoch is made from it. So wherever a process is killed,
 * the next finds one account, and mends what had not been written yet.
 */
final class RunFiles {
  private final Model model;
  private final TrainSettings settings;
  private final int examples;
  /** What the network's numbers mean, for whoever reads a file. */
  private final World world;
  private final Descent descent;
  private final Progress progress;
  /** The parameters before the first step, until a first epoch is kept. */
  private float[] first;

  /** How many copies of the parameters there will be at a time: those of the best epochs, and all that is written. */
  static int copies(TrainSettings settings) {
    int best = (settings.keep().early().isPresent() ? 1 : 0) + (settings.keep().best().isPresent() ? 1 : 0);
    int written = settings.keep().resume().isPresent() ? 1 + best + Descent.kept(settings) : settings.keep().best().isPresent() ? 1 : 0;
    return best + written;
  }

  RunFiles(Model model, TrainSettings settings, DataSplit data, Descent descent, Progress progress) {
    this.model = model;
    this.settings = settings;
    this.examples = data.train().size();
    this.world = data.world();
    this.descent = descent;
    this.progress = progress;
  }

  /**
   * Takes over what there is to go on from.
   *
   * @return changes that were made by hand after the last epoch that was kept
   */
  List<Change> begin() throws IOException {
    Optional<Path> file = settings.keep().resume();
    if (file.isEmpty()) {
      return List.of();
    }
    AtomicFile.clear(file.get());
    if (settings.keep().best().isPresent()) {
      AtomicFile.clear(settings.keep().best().get().file());
    }
    if (!Files.exists(file.get())) {
      first = model.parameters().clone();
      return List.of();
    }
    List<Change> repeated = checkpoint(model, descent).read(file.get(), progress);
    if (progress.epoch == 0) {
      first = model.parameters().clone();
    }
    mendBest();
    return repeated;
  }

  private Checkpoint checkpoint(Model of, Descent state) {
    return new Checkpoint(of, settings, examples, world, state.names(), state.state());
  }

  /** A process may have been killed after it kept an epoch, and before it wrote the best one's own file. */
  private void mendBest() throws IOException {
    Optional<Keep.Best> best = settings.keep().best();
    if (best.isPresent() && progress.saved != null && !isWritten(best.get())) {
      writeBest(best.get());
    }
  }

  private boolean isWritten(Keep.Best best) {
    try {
      return Safetensors.read(best.file()).metadata().equals(metadata(best));
    } catch (IOException e) {
      // Missing or broken: written anew, which says if that cannot be.
      return false;
    }
  }

  /** Keeps an epoch. */
  void commit(TrainEvent.Epoch epoch) throws IOException {
    Keep keep = settings.keep();
    progress.epoch = epoch.epoch();
    progress.epochs.add(epoch.condensed(keep.metrics()));
    if (keep.early().isPresent()) {
      Measure by = keep.early().get().by();
      double value = epoch.of(by);
      if (progress.bestEpoch == 0 || by.better(value, progress.bestValue)) {
        progress.bestEpoch = epoch.epoch();
        progress.bestValue = value;
        progress.best = descent.result().parameters().clone();
      }
    }
    boolean better = keep.best().isPresent() && isBest(keep.best().get().by(), epoch);
    if (keep.resume().isPresent()) {
      checkpoint(model, descent).write(keep.resume().get(), progress);
      first = null;
    }
    if (better) {
      writeBest(keep.best().get());
    }
  }

  private boolean isBest(Measure by, TrainEvent.Epoch epoch) {
    double value = epoch.of(by);
    if (progress.savedEpoch > 0 && !by.better(value, progress.savedValue)) {
      return false;
    }
    progress.savedEpoch = epoch.epoch();
    progress.savedValue = value;
    progress.saved = descent.result().parameters().clone();
    return true;
  }

  private void writeBest(Keep.Best best) throws IOException {
    Safetensors.write(best.file(), model.with(progress.saved).tensors(), metadata(best));
  }

  private Map<String, String> metadata(Keep.Best best) {
    return Map.of(WorldText.KEY, WorldText.of(world), "epoch", "" + progress.savedEpoch, best.by().toString(), Double.toString(progress.savedValue));
  }

  /** Writes down what was done by hand, at once: the epoch that it was done in may never be kept. */
  void note(List<Change> changes) throws IOException {
    Optional<Path> file = settings.keep().resume();
    if (file.isPresent() && !Files.exists(file.get()) && first != null) {
      Model begun = model.with(first);
      checkpoint(begun, descent.of(begun)).write(file.get(), new Progress(progress.birth));
    }
    if (file.isPresent() && Files.exists(file.get())) {
      Checkpoint.note(file.get(), changes);
    }
  }
}
