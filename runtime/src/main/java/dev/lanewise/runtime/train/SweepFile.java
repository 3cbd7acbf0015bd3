package dev.lanewise.runtime.train;

import dev.lanewise.runtime.file.AtomicFile;
import dev.lanewise.runtime.file.Safetensors;
import dev.lanewise.runtime.file.Tensor;
import dev.lanewise.runtime.score.Score;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a sweep has found so far, as one file of safetensors: the results of the trials that have ended in the metadata, and the parameters of the
 * best one. It is written anew after each trial, so that a sweep that was stopped or killed loses the trial at work and no more.
 *
 * <pre>{@code
 * SweepFile.Content content = SweepFile.read(path);   // empty if there is no such file yet
 * SweepFile.write(path, content);
 * }</pre>
 */
public final class SweepFile {
  private static final String FORMAT = "sweep";
  private static final String VERSION = "1";

  private SweepFile() {}

  /** @param best empty if none has ended well */
  public record Content(List<Result> results, Optional<Best> best) {
    public Content {
      results = List.copyOf(results);
    }
  }

  /**
   * How a trial ended.
   *
   * @param identity of its network and settings, one word: a result counts for no other
   * @param loss of its last epoch; empty if it diverged
   * @param value by which the best is chosen; empty if it diverged
   */
  public record Result(int trial, String identity, OptionalDouble loss, OptionalDouble value) {}

  /** @param epochs of its training; without the counts of a confusion */
  public record Best(int trial, List<Tensor> tensors, List<TrainEvent.Epoch> epochs) {
    public Best {
      tensors = List.copyOf(tensors);
      epochs = List.copyOf(epochs);
    }
  }

  /** @throws IOException if it cannot be written */
  public static void write(Path path, Content content) throws IOException {
    Safetensors.write(path, tensors(content), metadata(content));
  }

  /** What such a file would hold, for who sends it. */
  public static byte[] bytes(Content content) {
    return Safetensors.bytes(tensors(content), metadata(content));
  }

  private static List<Tensor> tensors(Content content) {
    return content.best.map(Best::tensors).orElse(List.of());
  }

  private static Map<String, String> metadata(Content content) {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put(FORMAT, VERSION);
    for (Result r : content.results) {
      String end = r.value.isEmpty() ? "diverged" : r.loss.getAsDouble() + " " + r.value.getAsDouble();
      metadata.put("trial." + r.trial, r.identity + " " + end);
    }
    content.best.ifPresent(b -> {
      metadata.put("best", Integer.toString(b.trial));
      b.epochs.forEach(e -> metadata.put("best.epoch." + e.epoch(), text(e)));
    });
    return metadata;
  }

  private static String text(TrainEvent.Epoch e) {
    String train = e.net() + " " + e.epochs() + " " + e.seconds() + " " + text(e.train());
    return (e.validation() == null ? train : train + " " + text(e.validation())) + " " + e.rate() + " " + e.objective()
        + e.withstood().map(w -> " " + w.clean() + " " + w.attacked()).orElse("");
  }

  private static String text(Score s) {
    return s.loss() + " " + s.accuracy() + " " + s.examples();
  }

  /**
   * Also removes what a killed writer left: a sweep's file has one writer.
   *
   * @throws IOException if the file is broken
   * @throws UnfitException if it is no file of a sweep
   */
  public static Content read(Path path) throws IOException {
    AtomicFile.clear(path);
    if (!Files.exists(path)) {
      return new Content(List.of(), Optional.empty());
    }
    return read(path.toString(), Safetensors.read(path));
  }

  /** Reads what {@link #bytes} has made. @throws IOException if it is damaged */
  public static Content read(byte[] bytes) throws IOException {
    return read("what was sent", Safetensors.read(bytes));
  }

  private static Content read(String name, Safetensors.Content file) throws IOException {
    if (!VERSION.equals(file.metadata().get(FORMAT))) {
      throw new UnfitException("the file is no sweep to go on with");
    }
    try {
      return content(file);
    } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
      throw new IOException(name + ": the results of the trials are damaged (" + e.getMessage() + ")", e);
    }
  }

  private static Content content(Safetensors.Content file) {
    List<Result> results = new ArrayList<>();
    List<TrainEvent.Epoch> epochs = new ArrayList<>();
    file.metadata().forEach((key, value) -> {
      String[] words = value.split(" ");
      if (key.startsWith("trial.")) {
        results.add(result(Integer.parseInt(key.substring("trial.".length())), words));
      } else if (key.startsWith("best.epoch.")) {
        epochs.add(epoch(Integer.parseInt(key.substring("best.epoch.".length())), words));
      }
    });
    return new Content(
        results, Optional.ofNullable(file.metadata().get("best")).map(b -> new Best(Integer.parseInt(b), file.tensors(), epochs)));
  }

  private static Result result(int trial, String[] words) {
    return words[1].equals("diverged")
        ? new Result(trial, words[0], OptionalDouble.empty(), OptionalDouble.empty())
        : new Result(trial, words[0], OptionalDouble.of(Double.parseDouble(words[1])), OptionalDouble.of(Double.parseDouble(words[2])));
  }

  private static TrainEvent.Epoch epoch(int number, String[] words) {
    // Files of the first releases end with the scores; those of trainings on attacked examples with what is withstood.
    int behind = List.of(0, 4, 2).get(words.length % 3);
    boolean tellsRate = behind > 0;
    int end = words.length - behind;
    Score validation = end > 6 ? score(words, 6) : null;
    return new TrainEvent.Epoch(
        words[0], number, Integer.parseInt(words[1]), Double.parseDouble(words[2]), score(words, 3), validation,
        tellsRate ? Double.parseDouble(words[end]) : Double.NaN, tellsRate ? Double.parseDouble(words[end + 1]) : Double.NaN,
        behind == 4 ? Optional.of(new Withstood(Double.parseDouble(words[end + 2]), Double.parseDouble(words[end + 3]))) : Optional.empty());
  }

  private static Score score(String[] words, int at) {
    return new Score(
        Double.parseDouble(words[at]), Double.parseDouble(words[at + 1]), Integer.parseInt(words[at + 2]));
  }
}
