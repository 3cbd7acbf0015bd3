package dev.lanewise.dsl.law;

import dev.lanewise.dsl.check.Checker;
import dev.lanewise.dsl.diagnostic.Diagnostic;
import dev.lanewise.dsl.diagnostic.Severity;
import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.lower.Lowering;
import dev.lanewise.dsl.meaning.CheckedNet;
import dev.lanewise.dsl.meaning.CheckedTrain;
import dev.lanewise.dsl.parse.Parsed;
import dev.lanewise.dsl.parse.ScriptParser;
import dev.lanewise.dsl.scope.Action;
import dev.lanewise.dsl.scope.Checked;
import dev.lanewise.dsl.scope.Scope;
import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.graph.Graph;
import dev.lanewise.runtime.graph.Parameter;
import dev.lanewise.runtime.operation.Computation;
import dev.lanewise.runtime.operation.PooledConvGradient;
import dev.lanewise.runtime.plan.KernelSet;
import dev.lanewise.runtime.plan.PassedGraphs;
import dev.lanewise.runtime.train.Engine;
import dev.lanewise.runtime.train.Listener;
import dev.lanewise.runtime.train.Model;
import dev.lanewise.runtime.train.TrainSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** A random script that has been read and checked as any script is: its graph, its settings, its data. */
record Trial(RandomScript script, CheckedTrain train, Graph graph) {
  static final Path FOLDER = Path.of(System.getProperty("basedir", "."), "target", "laws").toAbsolutePath();

  /** Reads a script. Its data must have been {@linkplain #save saved}. */
  static Trial of(RandomScript script) {
    return of(script, script.text());
  }

  /** Reads another text of a script. */
  static Trial of(RandomScript script, String text) {
    Source source = new Source(FOLDER.resolve("seed" + script.seed() + ".net").toString(), text);
    Parsed parsed = ScriptParser.parse(source);
    Checked checked = Checker.check(source, parsed.script(), new Scope());
    List<Diagnostic> wrong = new ArrayList<>(parsed.diagnostics());
    wrong.addAll(checked.diagnostics());
    wrong.stream().filter(d -> d.severity() == Severity.ERROR).findFirst().ifPresent(d -> {
      throw new AssertionError("the checker refuses this: " + dev.lanewise.dsl.diagnostic.Report.of(d));
    });
    CheckedTrain train = checked.actions().stream()
        .filter(Action.Train.class::isInstance).map(a -> ((Action.Train) a).train()).findFirst().orElseThrow();
    return new Trial(script, train, Lowering.graph(train));
  }

  /** Writes a script's data, and the script, where a person may run it. */
  static void save(RandomScript script) {
    try {
      Files.createDirectories(FOLDER);
      script.examples().save(FOLDER.resolve("x" + script.seed() + ".npy"), FOLDER.resolve("y" + script.seed() + ".npy"));
      Files.writeString(FOLDER.resolve("seed" + script.seed() + ".net"), script.text());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Removes them: what held needs no look. */
  static void remove(RandomScript script) {
    try {
      for (String file : List.of("x" + script.seed() + ".npy", "y" + script.seed() + ".npy", "seed" + script.seed() + ".net")) {
        Files.deleteIfExists(FOLDER.resolve(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  CheckedNet net() {
    return train.net();
  }

  TrainSettings settings() {
    return train.settings();
  }

  Computation loss() {
    return settings().loss();
  }

  Model model() {
    return Model.create("N", graph, script.seed());
  }

  DataSplit data() {
    return new DataSplit("d", script.examples(), null, script.examples());
  }

  /** Some layers or blocks with parameters, but not all. */
  List<String> someParts() {
    Pick pick = new Pick(script.seed() ^ 77);
    List<String> parts = new ArrayList<>();
    for (String p : net().parameterShapes().keySet()) {
      String layer = p.substring(0, p.lastIndexOf('.'));
      parts.add(layer);
      for (int dot = layer.indexOf('.'); dot > 0; dot = layer.indexOf('.', dot + 1)) {
        parts.add(layer.substring(0, dot));
      }
    }
    List<String> all = List.copyOf(new TreeSet<>(parts));
    List<String> some = all.stream().filter(_ -> pick.chance(0.4)).toList();
    boolean left = graph.trainable().stream().anyMatch(p -> some.stream().noneMatch(f -> CheckedNet.isIn(f, p.name())));
    return left ? some : List.of();
  }

  /** Whether a convolution in one of these parts takes its gradients from the winners of a pooling. */
  boolean hasWinners(List<String> parts) {
    return PassedGraphs.of(graph, loss()).after().get("pooled gradients").nodes().stream()
        .filter(n -> n.operation() instanceof PooledConvGradient)
        .anyMatch(n -> parts.stream().anyMatch(f -> CheckedNet.isIn(f, n.name().substring(1))));
  }

  /** All numbers of the network after training, by name. */
  Map<String, float[]> trained(int threads) {
    Model model = model();
    try (Engine engine = new Engine(threads, KernelSet.VECTOR)) {
      engine.train(model, data(), settings(), Listener.NONE, () -> false);
    }
    return Gradients.values(model);
  }

  /** How far training moves what is trained, by name. */
  Map<String, double[]> step() {
    Map<String, float[]> after = trained(1);
    Map<String, double[]> step = Same.doubles(Gradients.values(model()));
    step.keySet().retainAll(graph.trainable().stream().map(Parameter::name).toList());
    step.forEach((name, v) -> Arrays.setAll(v, i -> after.get(name)[i] - v[i]));
    return step;
  }
}
