package dev.lanewise.runtime.score;

import dev.lanewise.runtime.graph.Graph;
import dev.lanewise.runtime.graph.GraphBuilder;
import dev.lanewise.runtime.graph.Interpreter;
import dev.lanewise.runtime.operation.Computation;
import dev.lanewise.runtime.operation.Objective;
import dev.lanewise.runtime.spec.Value;
import dev.lanewise.runtime.tensor.Shape;
import java.util.Arrays;
import java.util.Map;

/**
 * From which output on a network says yes: above one half where its outputs are probabilities, above 0 where they are
 * scores that the loss makes probabilities of. The loss tells: if it is smaller for the target 1 than for 0 already at an
 * output of one quarter, that means yes.
 */
public final class Threshold {
  private static final double PROBE = 0.25;

  private Threshold() {}

  /** @param loss that compares outputs with as many numbers, or one output with a label */
  public static float of(Computation loss) {
    Computation main = Objective.main(loss);
    if (main.inputs().size() != 2) {
      return 0.5f;
    }
    Shape output = main.inputs().get(0).shape();
    Shape target = main.inputs().get(1).shape();
    if (output.size() != target.size()) {
      return 0.5f;
    }
    GraphBuilder builder = new GraphBuilder(output);
    Value label = builder.input("label", target);
    Graph graph = builder.build(builder.add("loss", main, builder.input(), label));
    return at(graph, label, 1) < at(graph, label, 0) ? 0 : 0.5f;
  }

  private static double at(Graph graph, Value label, double target) {
    double[] outputs = filled(graph.input().shape(), PROBE);
    double[] targets = filled(label.shape(), target);
    return new Interpreter(graph).run(Map.of(graph.input(), outputs, label, targets), _ -> _ -> 0.5).get(graph.output())[0];
  }

  private static double[] filled(Shape shape, double value) {
    double[] values = new double[shape.size()];
    Arrays.fill(values, value);
    return values;
  }
}
