package dev.lanewise.benchmarks.accuracy;

import dev.lanewise.dsl.check.Checker;
import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.meaning.CheckedNet;
import dev.lanewise.dsl.meaning.CheckedTrain;
import dev.lanewise.dsl.parse.ScriptParser;
import dev.lanewise.dsl.scope.Action;
import dev.lanewise.dsl.scope.Checked;
import dev.lanewise.dsl.scope.Prelude;
import dev.lanewise.dsl.scope.Scope;
import dev.lanewise.dsl.syntax.Statement;
import dev.lanewise.runtime.operation.Computation;
import dev.lanewise.runtime.tensor.Shape;
import java.util.List;

/** What the language makes of a few lines of script. */
public final class Language {
  private Language() {}

  /** The functions that the prelude defines. */
  static List<Statement.Function> prelude() {
    return Prelude.functions();
  }

  /** Whether one is a loss: of an output and a label. */
  static boolean isLoss(Statement.Function function) {
    return function.parameters().stream().filter(p -> p.fallback().isEmpty()).count() == 2;
  }

  /** A layer, as a network calls it. @param definitions lines before the network */
  static Computation layer(String definitions, String call, Shape in) {
    String script = definitions + "\nnet N { input " + in + " -> " + call + " }";
    return actions("layer.net", script).stream()
        .filter(Action.DefineNet.class::isInstance)
        .map(a -> ((Action.DefineNet) a).net().layers().getLast().computation())
        .findFirst()
        .orElseThrow();
  }

  /** A loss, as a training calls it, of so many outputs and a class. */
  static Computation loss(String call, int outputs) {
    return train("loss.net", """
        net N { input 2 -> dense(%d) }
        data d = gaussians(classes = %1$d)
        train N on d {
          epochs = 1
          loss = %s
        }
        """.formatted(outputs, call)).settings().loss();
  }

  /** The first training of a script. */
  public static CheckedTrain train(String name, String script) {
    return actions(name, script).stream()
        .filter(Action.Train.class::isInstance)
        .map(a -> ((Action.Train) a).train())
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(name + " trains nothing"));
  }

  /** The last network of a script. */
  public static CheckedNet net(String name, String script) {
    return actions(name, script).stream()
        .filter(Action.DefineNet.class::isInstance)
        .map(a -> ((Action.DefineNet) a).net())
        .reduce((_, last) -> last)
        .orElseThrow(() -> new IllegalArgumentException(name + " has no network"));
  }

  private static List<Action> actions(String name, String script) {
    Source source = new Source(name, script);
    var parsed = ScriptParser.parse(source);
    Checked checked = Checker.check(source, parsed.script(), new Scope());
    if (!parsed.diagnostics().isEmpty() || checked.actions().isEmpty()) {
      throw new IllegalArgumentException(script + "\n" + parsed.diagnostics() + checked.diagnostics());
    }
    return checked.actions();
  }
}
