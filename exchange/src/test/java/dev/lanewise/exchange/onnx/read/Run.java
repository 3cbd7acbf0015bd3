package dev.lanewise.exchange.onnx.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.dsl.diagnostic.Diagnostic;
import dev.lanewise.dsl.diagnostic.Report;
import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.exchange.Importer.Imported;
import dev.lanewise.dsl.lower.Lowering;
import dev.lanewise.dsl.meaning.CheckedNet;
import dev.lanewise.dsl.run.Options;
import dev.lanewise.dsl.session.Session;
import dev.lanewise.runtime.graph.Graph;
import dev.lanewise.runtime.graph.Interpreter;
import dev.lanewise.runtime.graph.Parameter;
import dev.lanewise.runtime.plan.KernelSet;
import dev.lanewise.runtime.rewrite.Inference;
import dev.lanewise.runtime.spec.Value;
import dev.lanewise.runtime.train.Model;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** An imported network that is computed, in double. */
public record Run(CheckedNet net, Model model, Graph graph) {
  /** Checks the text, and takes the weights. */
  public static Run of(Imported imported) {
    Source source = new Source("imported.net", imported.text());
    try (Session session = new Session(new Options(1, OptionalLong.empty(), KernelSet.SCALAR), _ -> {})) {
      List<String> wrong = session.check(source).stream().filter(Diagnostic::isError).map(Report::of).toList();
      assertThat(wrong).as(imported.text()).isEmpty();
      CheckedNet net = session.networks(source).getLast();
      Model model = Model.create(net.name(), Lowering.graph(net), 1);
      if (!imported.weights().isEmpty()) {
        model.assign(imported.weights());
      }
      return new Run(net, model, Inference.of(model.graph()));
    }
  }

  /** What comes of one example. @param inputs in their order */
  public List<double[]> outputs(List<double[]> inputs) {
    Interpreter interpreter = new Interpreter(graph);
    for (Parameter p : graph.parameters()) {
      float[] values = model.values(p.name());
      double[] made = new double[values.length];
      for (int i = 0; i < made.length; i++) {
        made[i] = values[i];
      }
      interpreter.set(p.value(), made);
    }
    Map<Value, double[]> given = new LinkedHashMap<>();
    int next = 0;
    for (Value input : graph.inputs()) {
      given.put(input, input.name().equals("1/n") ? new double[] {1} : inputs.get(next++));
    }
    Map<Value, double[]> found = interpreter.run(given, Interpreter::drawsOfFirst);
    List<double[]> made = new ArrayList<>();
    graph.outputs().forEach(o -> made.add(found.get(o)));
    return made;
  }

  /** How far numbers are apart, beside the largest of them. */
  public static double difference(double[] found, double[] wanted) {
    if (found.length != wanted.length) {
      return Double.POSITIVE_INFINITY;
    }
    double largest = 1e-3, most = 0;
    for (int i = 0; i < wanted.length; i++) {
      largest = Double.isFinite(wanted[i]) ? Math.max(largest, Math.abs(wanted[i])) : largest;
      boolean same = found[i] == wanted[i] || Double.isNaN(found[i]) && Double.isNaN(wanted[i]);
      double apart = Math.abs(found[i] - wanted[i]);
      most = same ? most : Math.max(most, Double.isNaN(apart) ? Double.POSITIVE_INFINITY : apart);
    }
    return most / largest;
  }
}
