package dev.lanewise.dsl.run;

import dev.lanewise.dsl.diagnostic.Diagnostic;
import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.dsl.meaning.CheckedData;
import dev.lanewise.dsl.meaning.CheckedSweep;
import dev.lanewise.dsl.meaning.CheckedTrain;
import dev.lanewise.dsl.meaning.Trained;
import dev.lanewise.dsl.spread.Answer;
import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.data.World;
import dev.lanewise.runtime.file.Safetensors;
import dev.lanewise.runtime.file.Tensor;
import dev.lanewise.runtime.train.Engine;
import dev.lanewise.runtime.train.Listener;
import dev.lanewise.runtime.train.LocalTrials;
import dev.lanewise.runtime.train.Model;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What a process does that works for another one: it has checked the same script, reads the same examples, and does the tasks that it is given. Several threads may do so at once.
 */
public final class Share {
  private final CheckedTrain train;
  private final Optional<CheckedSweep> sweep;
  private final Options options;
  private final Workspace workspace;
  /** The examples as the network is shown them. */
  private final DataSplit shown;
  private final Hands<?> hands;

  private Share(CheckedTrain train, Optional<CheckedSweep> sweep, Options options, Workspace workspace) {
    this.train = train;
    this.sweep = sweep;
    this.options = options;
    this.workspace = workspace;
    this.shown = workspace.shown(train.net(), train.data());
    Lesson lesson = Lesson.of(train, train.net(), shown, train.settings().withSeed(options.seed().orElse(train.settings().seed())), List.of());
    this.hands = Hands.of(lesson, train.net().name(), options, train.span());
  }

  /**
   * Reads the examples.
   *
   * @param sweep of which trials are to be trained; empty if it is the training itself
   * @param world what the network takes examples for; empty where it has not met any
   */
  public static Share of(Source script, CheckedTrain train, Optional<CheckedSweep> sweep, Options options, Optional<World> world) {
    Workspace workspace = new Workspace(options);
    workspace.begin(script);
    CheckedData data = train.data();
    DataLoader.fetch(data, _ -> { }, () -> false);
    workspace.define(data, DataLoader.load(data, options.seed().orElse(1), (_, _, _, _) -> { }));
    world.ifPresent(w -> {
      Trained plain = workspace.model(train.net());
      workspace.put(train.net(), new Trained(plain.net(), plain.model(), plain.seed(), script, null, world));
    });
    return new Share(train, sweep, options, workspace);
  }

  /** Does a task. @return what was asked for */
  public byte[] answer(byte[] shared, byte[] task) {
    return sweep.isPresent() ? trial(sweep.get(), shared, task) : hands.answer(shared, task);
  }

  /** What comes of work, as an answer; what is nobody's mistake is thrown on. @param at where to point, if what is thrown does not know */
  public static byte[] told(Source script, Span at, Supplier<byte[]> work) {
    try {
      return new Answer.Done(work.get()).bytes();
    } catch (RuntimeException | Error thrown) {
      Optional<Diagnostic> found = Boundary.mistakeIn(script, at, thrown);
      if (found.isEmpty()) {
        throw thrown;
      }
      Diagnostic d = found.get();
      return new Answer.Mistake(d.code(), d.span().start(), d.span().end(), d.message(), d.remedy().text()).bytes();
    }
  }

  private byte[] trial(CheckedSweep of, byte[] shared, byte[] task) {
    try (Engine engine = new Engine(options.threads(), options.kernels())) {
      Model before = workspace.model(train.net()).model().copy();
      List<Tensor> frozen = Safetensors.read(shared).tensors();
      if (!frozen.isEmpty()) {
        before.adopt(frozen, _ -> true);
      }
      Sweeping sweeping = new Sweeping(of, options.seed(), before, shown, _ -> { });
      return SpreadTrials.answer(task, sweeping, of.span(), new LocalTrials(engine, _ -> shown, Listener.NONE));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
