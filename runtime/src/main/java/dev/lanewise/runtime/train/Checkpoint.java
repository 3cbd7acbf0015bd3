package dev.lanewise.runtime.train;

import dev.lanewise.runtime.data.World;
import dev.lanewise.runtime.data.WorldText;
import dev.lanewise.runtime.file.Safetensors;
import dev.lanewise.runtime.file.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A training between two epochs as a file: parameters under their own names, the optimiser's state as {@code optimizer.v.conv1.weight}, the
 * best parameters so far as {@code best.conv1.weight} (by which training ends) and {@code saved.conv1.weight} (of the file for the best
 * epoch), and in the metadata how far it has come and its journal. The file is replaced as a whole: what it says was true together. Random numbers need no state: they are
 * hashes of the seed, the epoch and the batch. So a training that goes on from here ends with the same bits.
 *
 * @param stateNames what the optimiser keeps for each parameter
 */
record Checkpoint(Model model, TrainSettings settings, int examples, World world, List<String> stateNames, float[][] state) {
  private static final String ATTACK = "adversarial";
  private static final String NONE = "none";

  void write(Path file, Progress progress) throws IOException {
    List<Tensor> tensors = new ArrayList<>(model.tensors());
    for (int i = 0; i < state.length; i++) {
      tensors.addAll(model.tensors(prefix(i), state[i]));
    }
    if (progress.best != null) {
      tensors.addAll(model.tensors("best.", progress.best));
    }
    if (progress.saved != null) {
      tensors.addAll(model.tensors("saved.", progress.saved));
    }
    Map<String, String> metadata = new LinkedHashMap<>(fixed());
    metadata.put("epoch", Integer.toString(progress.epoch));
    metadata.put("steps", Integer.toString(progress.steps));
    metadata.put("rate.factor", Double.toString(progress.rateFactor));
    metadata.put("best.epoch", Integer.toString(progress.bestEpoch));
    metadata.put("best.value", Double.toString(progress.bestValue));
    metadata.put("saved.epoch", Integer.toString(progress.savedEpoch));
    metadata.put("saved.value", Double.toString(progress.savedValue));
    metadata.put("seconds", Double.toString(progress.seconds));
    metadata.put("rate", Double.toString(progress.rate));
    metadata.put("plateau.best", Double.toString(progress.plateau.best));
    metadata.put("plateau.bad", Integer.toString(progress.plateau.bad));
    metadata.put("plateau.cooldown", Integer.toString(progress.plateau.cooldown));
    metadata.put(WorldText.KEY, WorldText.of(world));
    metadata.putAll(JournalText.of(progress.journal()));
    Safetensors.write(file, tensors, metadata);
  }

  /** Writes a file anew with other changes in its journal; all else stays as it is, also where training has come further. */
  static void note(Path file, List<Change> changes) throws IOException {
    Safetensors.Content content = Safetensors.read(file);
    Map<String, String> metadata = new LinkedHashMap<>(content.metadata());
    metadata.putAll(JournalText.of(changes));
    Safetensors.write(file, content.tensors(), metadata);
  }

  /** What must be the same when a training goes on. */
  private Map<String, String> fixed() {
    Map<String, String> fixed = new LinkedHashMap<>();
    fixed.put("net", model.name());
    fixed.put("optimizer", settings.optimizer().name());
    fixed.put("batch", Integer.toString(settings.batch()));
    fixed.put("accumulate", Integer.toString(settings.accumulate()));
    fixed.put("average", Double.toString(settings.average()));
    fixed.put("seed", Long.toString(settings.seed()));
    fixed.put("shuffle", Boolean.toString(settings.shuffle()));
    fixed.put("examples", Integer.toString(examples));
    fixed.put(ATTACK, settings.adversarial().map(Object::toString).orElse(NONE));
    return fixed;
  }

  private String prefix(int index) {
    return "optimizer." + stateNames.get(index) + ".";
  }

  /**
   * Takes everything over; nothing changes if the file does not fit.
   *
   * @return changes that were made after the epochs that it holds
   * @throws IOException if the file is broken
   * @throws UnfitException saying what does not fit
   */
  List<Change> read(Path file, Progress progress) throws IOException {
    Safetensors.Content content = Safetensors.read(file);
    Map<String, String> metadata = content.metadata();
    // Older files do not say that nothing is attacked.
    require(fixed(), Map.of(ATTACK, NONE), metadata);
    require(world, metadata);
    List<Tensor> tensors = content.tensors();
    int bestEpoch = number(metadata, "best.epoch");
    float[][] read = new float[state.length][];
    for (int i = 0; i < state.length; i++) {
      read[i] = model.values(prefix(i), tensors);
    }
    float[] best = bestEpoch > 0 ? model.values("best.", tensors) : null;
    int savedEpoch = number(metadata, "saved.epoch");
    // Older files leave the best epoch to its own file.
    boolean hasSaved = tensors.stream().anyMatch(t -> t.name().startsWith("saved."));
    float[] saved = savedEpoch > 0 && hasSaved ? model.values("saved.", tensors) : null;
    float[] parameters = model.values("", tensors);
    int epoch = number(metadata, "epoch");
    int steps = number(metadata, "steps");
    double rateFactor = metadata.containsKey("rate.factor") ? real(metadata, "rate.factor") : 1;
    double bestValue = real(metadata, "best.value");
    double savedValue = real(metadata, "saved.value");
    double seconds = real(metadata, "seconds");
    double rate = real(metadata, "rate");
    double plateauBest = real(metadata, "plateau.best");
    int bad = number(metadata, "plateau.bad");
    int cooldown = number(metadata, "plateau.cooldown");
    Journal journal = JournalText.read(metadata, model.name(), settings.epochs(), epoch);
    progress.birth = journal.birth();
    progress.before = journal.before();
    progress.epochs.addAll(journal.epochs());
    journal.changes().stream().filter(c -> c.isBehind(epoch)).forEach(progress.changes::add);
    progress.savedEpoch = savedEpoch;
    progress.saved = saved;
    progress.seconds = seconds;
    progress.rate = rate;
    progress.plateau.best = plateauBest;
    progress.plateau.bad = bad;
    progress.plateau.cooldown = cooldown;
    progress.savedValue = savedValue;
    progress.bestEpoch = bestEpoch;
    progress.bestValue = bestValue;
    progress.best = best;
    progress.epoch = epoch;
    progress.steps = steps;
    progress.rateFactor = rateFactor;
    System.arraycopy(parameters, 0, model.parameters(), 0, parameters.length);
    for (int i = 0; i < state.length; i++) {
      System.arraycopy(read[i], 0, state[i], 0, read[i].length);
    }
    return journal.changes().stream().filter(c -> !c.isBehind(epoch)).toList();
  }

  /**
   * @param fixed what must be the same
   * @param usual what is meant where a file says nothing
   * @throws UnfitException naming what differs
   */
  static void require(Map<String, String> fixed, Map<String, String> usual, Map<String, String> metadata) {
    fixed.forEach((key, value) -> {
      if (!value.equals(metadata.getOrDefault(key, usual.get(key)))) {
        String found = metadata.containsKey(key) ? "has " + key + " " + metadata.get(key) : "is no training to go on with: it has no " + key;
        throw new UnfitException("the file " + found + ", this training " + value);
      }
    });
  }

  /** @throws UnfitException if the file's training has seen other examples */
  static void require(World world, Map<String, String> metadata) {
    // Older files do not say.
    if (!metadata.getOrDefault(WorldText.KEY, WorldText.of(world)).equals(WorldText.of(world))) {
      throw new UnfitException("the examples have other classes, or are normalised otherwise, than those that the file's training has seen");
    }
  }

  static int number(Map<String, String> metadata, String key) {
    String value = metadata.getOrDefault(key, "");
    if (!value.matches("\\d{1,9}")) {
      throw new UnfitException("the file has no number as " + key + ", but \"" + value + "\"");
    }
    return Integer.parseInt(value);
  }

  static double real(Map<String, String> metadata, String key) {
    try {
      return Double.parseDouble(metadata.getOrDefault(key, ""));
    } catch (NumberFormatException e) {
      throw new UnfitException("the file has no number as " + key);
    }
  }
}
