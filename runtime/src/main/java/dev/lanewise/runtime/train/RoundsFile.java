package dev.lanewise.runtime.train;

import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.data.WorldText;
import dev.lanewise.runtime.federate.Federation;
import dev.lanewise.runtime.file.AtomicFile;
import dev.lanewise.runtime.file.Safetensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The journal of a training by clients: after each round everything that the server keeps is replaced there together, with the numbers of all rounds. Whoever takes part, and how a client shuffles, are hashes of the seed and the round; so a
 * training that goes on from here ends with the same bits, and who stops it loses the round at work and no more.
 *
 * @param file empty if nothing is kept
 */
record RoundsFile(Optional<Path> file, Model model, DataSplit data, TrainSettings settings) {
  private static final String FORMAT = "rounds", VERSION = "1", ROUND = "round", SECONDS = "seconds";

  /**
   * Takes over what there is to go on from.
   *
   * @throws IOException if the file is broken
   * @throws UnfitException if it is of another training
   */
  void begin(Server server, Progress progress) throws IOException {
    if (file.isEmpty()) {
      return;
    }
    AtomicFile.clear(file.get());
    if (!Files.exists(file.get())) {
      return;
    }
    Safetensors.Content content = Safetensors.read(file.get());
    Map<String, String> metadata = content.metadata();
    if (!VERSION.equals(metadata.get(FORMAT))) {
      throw new UnfitException("the file is no training by clients to go on with");
    }
    // Files of the first releases do not say how many steps: there were whole epochs.
    Checkpoint.require(fixed(), Map.of("steps", "0"), metadata);
    Checkpoint.require(data.world(), metadata);
    int round = Checkpoint.number(metadata, ROUND);
    double seconds = Checkpoint.real(metadata, SECONDS);
    Journal journal = JournalText.read(metadata, model.name(), settings.epochs(), round);
    server.take(content.tensors());
    progress.epoch = round;
    progress.seconds = seconds;
    progress.birth = journal.birth();
    progress.before = journal.before();
    progress.epochs.addAll(journal.epochs());
  }

  /** Keeps a round. */
  void commit(Server server, TrainEvent.Epoch round, Progress progress) throws IOException {
    progress.epoch = round.epoch();
    progress.epochs.add(round.condensed(settings.keep().metrics()));
    if (file.isEmpty()) {
      return;
    }
    Map<String, String> metadata = new LinkedHashMap<>(Map.of(FORMAT, VERSION, ROUND, Integer.toString(progress.epoch), SECONDS, Double.toString(progress.seconds)));
    metadata.putAll(fixed());
    metadata.put(WorldText.KEY, WorldText.of(data.world()));
    metadata.putAll(JournalText.of(progress.journal()));
    Safetensors.write(file.get(), server.tensors(), metadata);
  }

  /** What must be the same when a training goes on: there may be more rounds, and another accuracy to end with. */
  private Map<String, String> fixed() {
    Federation federation = settings.federation().orElseThrow();
    Map<String, String> fixed = new LinkedHashMap<>();
    fixed.put("net", model.name());
    fixed.put("clients", Integer.toString(federation.clients()));
    fixed.put("fraction", Double.toString(federation.fraction()));
    fixed.put("epochs", Integer.toString(federation.epochs()));
    fixed.put("steps", Integer.toString(federation.steps()));
    fixed.put("batch", Integer.toString(federation.batch()));
    fixed.put("split", federation.partition().toString());
    fixed.put("method", federation.method().toString());
    fixed.put("privacy", federation.privacy().map(Object::toString).orElse("none"));
    fixed.put("optimizer", settings.optimizer().name());
    fixed.put("rate", Double.toString(settings.optimizer().lr()));
    fixed.put("clip", settings.clip().toString());
    fixed.put("seed", Long.toString(settings.seed()));
    fixed.put("shuffle", Boolean.toString(settings.shuffle()));
    fixed.put("examples", Integer.toString(data.train().size()));
    return fixed;
  }
}
