package dev.lanewise.dsl.run;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.MistakeException;
import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.dsl.spread.Answer;
import dev.lanewise.dsl.spread.Crew;
import dev.lanewise.dsl.spread.Errand;
import dev.lanewise.runtime.file.Safetensors;
import dev.lanewise.runtime.train.Control;
import dev.lanewise.runtime.train.Model;
import dev.lanewise.runtime.train.SweepFile;
import dev.lanewise.runtime.train.Trials;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Trials that other processes train, several at once. A task is a trial's number and what it must come to; an answer is what a sweep's file would hold of it.
 *
 * @param stop whether what has not ended is given up: nobody hears of batches here
 */
record SpreadTrials(Crew crew, Errand errand, Sweeping sweeping, BooleanSupplier stop) implements Trials {
  @Override
  public void run(List<Trial> trials, Consumer<Ended> ended, Control control) {
    List<byte[]> tasks = trials.stream().map(t -> task(t.number())).toList();
    crew.run(errand, Safetensors.bytes(sweeping.frozen(), Map.of()), tasks, (task, answer) -> ended.accept(read(trials.get(task), Answer.of(answer))), stop);
  }

  private byte[] task(int number) {
    return (number + " " + sweeping.fingerprint(number)).getBytes(StandardCharsets.US_ASCII);
  }

  private static Ended read(Trial trial, ByteBuffer answer) {
    try {
      byte[] bytes = new byte[answer.remaining()];
      answer.get(bytes);
      SweepFile.Content content = SweepFile.read(bytes);
      return new Ended(trial.number(), content.best().map(b -> {
        Model model = trial.model();
        model.assign(b.tensors());
        return new Trained(model, b.epochs(), content.results().getFirst().value().getAsDouble());
      }));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Does a task, where it has come to.
   *
   * @param sweeping of this process
   * @param at where the sweep is written
   * @throws MistakeException if this process has another network, other settings or other examples
   */
  static byte[] answer(byte[] task, Sweeping sweeping, Span at, Trials here) {
    String[] words = new String(task, StandardCharsets.US_ASCII).split(" ");
    int number = Integer.parseInt(words[0]);
    if (!sweeping.fingerprint(number).equals(words[1])) {
      throw other(at, "trial " + number);
    }
    byte[][] answer = new byte[1][];
    here.run(List.of(sweeping.trial(number)), e -> answer[0] = bytes(e), _ -> Control.GO_ON);
    return answer[0];
  }

  /** What was read there is not what was read here. */
  static MistakeException other(Span at, String what) {
    return new MistakeException(
        Code.L146, at, what + " has other examples, settings or another network in the process that works for this one",
        "let all processes read the same files, in a folder that all of them see, and begin with networks that no sweep has changed");
  }

  private static byte[] bytes(Ended ended) {
    Optional<Trained> trained = ended.trained();
    SweepFile.Result result = new SweepFile.Result(
        ended.number(), "-", trained.map(t -> OptionalDouble.of(t.epochs().getLast().train().loss())).orElse(OptionalDouble.empty()),
        trained.map(t -> OptionalDouble.of(t.value())).orElse(OptionalDouble.empty()));
    return SweepFile.bytes(new SweepFile.Content(List.of(result), trained.map(t -> new SweepFile.Best(ended.number(), t.model().tensors(), t.epochs()))));
  }
}
