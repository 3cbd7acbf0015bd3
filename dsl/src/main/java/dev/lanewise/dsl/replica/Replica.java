package dev.lanewise.dsl.replica;

import dev.lanewise.dsl.check.Checker;
import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.Diagnostic;
import dev.lanewise.dsl.diagnostic.MistakeException;
import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.dsl.parse.ScriptParser;
import dev.lanewise.dsl.run.Options;
import dev.lanewise.dsl.run.Share;
import dev.lanewise.dsl.scope.Action;
import dev.lanewise.dsl.scope.Checked;
import dev.lanewise.dsl.scope.Scope;
import dev.lanewise.dsl.spread.Errand;
import dev.lanewise.runtime.data.World;
import dev.lanewise.runtime.data.WorldText;
import dev.lanewise.runtime.plan.KernelSet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Works for another process: checks its script once more, and does the tasks of one of its statements.
 *
 * <pre>{@code byte[] answer = new Replica(errand, 1).answer(shared, task) }</pre>
 */
public final class Replica {
  private final Source script;
  private final Span at;
  private final Supplier<Share> made;
  private Share share;

  /** @param threads of each task */
  public Replica(Errand errand, int threads) {
    OptionalLong seed = errand.seed().isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(errand.seed()));
    Options options = new Options(threads, seed, KernelSet.valueOf(errand.kernels()));
    this.script = errand.scripts().getLast().source();
    this.at = new Span(errand.at(), errand.at());
    this.made = () -> share(errand, script, options);
  }

  /** Does a task; the first one reads the examples. @return what came of it, be it a mistake: see {@link dev.lanewise.dsl.spread.Answer} */
  public byte[] answer(byte[] shared, byte[] task) {
    return Share.told(script, at, () -> share().answer(shared, task));
  }

  private synchronized Share share() {
    if (share == null) {
      share = made.get();
    }
    return share;
  }

  private static Share share(Errand errand, Source script, Options options) {
    Map<Path, Source> imported = new HashMap<>();
    errand.imported().forEach((path, text) -> imported.put(Path.of(path), text.source()));
    Scope scope = new Scope();
    List<Diagnostic> told = List.of();
    for (Errand.Text text : errand.scripts()) {
      Source source = text == errand.scripts().getLast() ? script : text.source();
      Checked checked = Checker.check(source, ScriptParser.parse(source).script(), scope, imported);
      scope = checked.scope();
      told = checked.diagnostics();
      Optional<Share> found = source == script ? checked.actions().stream().flatMap(a -> share(a, errand, script, options)).findFirst() : Optional.empty();
      if (found.isPresent()) {
        return found.get();
      }
    }
    Diagnostic why = told.stream().filter(Diagnostic::isError).findFirst().orElseThrow(() -> new IllegalStateException("no statement at " + errand.at()));
    throw new MistakeException(
        Code.L146, why.span(), "the process that works for this one finds a mistake in the script that is none here: " + why.message(),
        "let all processes read the same files, in a folder that all of them see");
  }

  private static Stream<Share> share(Action action, Errand errand, Source script, Options options) {
    return switch (action) {
      case Action.Sweep(var sweep) when sweep.span().start() == errand.at() -> Stream.of(Share.of(script, sweep.run(), Optional.of(sweep), options, world(errand)));
      case Action.Train(var train) when train.span().start() == errand.at() -> Stream.of(Share.of(script, train, Optional.empty(), options, world(errand)));
      case Action _ -> Stream.empty();
    };
  }

  private static Optional<World> world(Errand errand) {
    try {
      return errand.world().isEmpty() ? Optional.empty() : Optional.of(WorldText.read(errand.world()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
