package dev.lanewise.dsl.law;

import dev.lanewise.dsl.check.Checker;
import dev.lanewise.dsl.diagnostic.Diagnostic;
import dev.lanewise.dsl.diagnostic.Report;
import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.meaning.CheckedTrain;
import dev.lanewise.dsl.parse.ScriptParser;
import dev.lanewise.dsl.run.Options;
import dev.lanewise.dsl.run.Outcome;
import dev.lanewise.dsl.run.SessionEvent;
import dev.lanewise.dsl.scope.Action;
import dev.lanewise.dsl.scope.Scope;
import dev.lanewise.dsl.session.Session;
import dev.lanewise.runtime.file.Safetensors;
import dev.lanewise.runtime.file.Tensor;
import dev.lanewise.runtime.plan.KernelSet;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** Runs scripts whose examples have parts as a session runs any script. */
final class Parted {
  private Parted() {}

  /** All numbers of the network N after training. */
  static Map<String, float[]> trained(PartedScript script, Path folder, int threads, KernelSet kernels) throws IOException {
    script.save(folder);
    return trained(script.text(), "N", folder, threads, kernels);
  }

  /** All numbers of a network after a script. */
  static Map<String, float[]> trained(String script, String net, Path folder, int threads, KernelSet kernels) throws IOException {
    List<Diagnostic> wrong = new ArrayList<>();
    try (Session session = new Session(new Options(threads, OptionalLong.empty(), kernels), e -> {
      if (e instanceof SessionEvent.Diagnosed(Diagnostic d) && d.isError()) {
        wrong.add(d);
      }
    })) {
      Outcome outcome = session.run(new Source(folder.resolve("n.net").toString(), script + "save(" + net + ", \"n.safetensors\")\n"));
      if (outcome != Outcome.OK) {
        throw new AssertionError(outcome + ": " + wrong.stream().map(Report::of).collect(Collectors.joining()));
      }
    }
    Map<String, float[]> values = new LinkedHashMap<>();
    for (Tensor t : Safetensors.read(folder.resolve("n.safetensors")).tensors()) {
      values.put(t.name(), t.values());
    }
    return values;
  }

  /** The training of N. */
  static CheckedTrain checked(PartedScript script, Path folder) throws IOException {
    script.save(folder);
    Source source = new Source(folder.resolve("n.net").toString(), script.text());
    List<CheckedTrain> trains = Checker.check(source, ScriptParser.parse(source).script(), new Scope()).actions().stream()
        .filter(Action.Train.class::isInstance).map(a -> ((Action.Train) a).train()).toList();
    return trains.getLast();
  }
}
