package dev.lanewise.runtime.train;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.data.source.Synthetic;
import dev.lanewise.runtime.graph.GraphBuilder;
import dev.lanewise.runtime.layer.Layers;
import dev.lanewise.runtime.operation.CrossEntropy;
import dev.lanewise.runtime.operation.Layer;
import dev.lanewise.runtime.optimize.Optimizers;
import dev.lanewise.runtime.plan.KernelSet;
import dev.lanewise.runtime.signature.Arguments;
import dev.lanewise.runtime.tensor.MemoryException;
import dev.lanewise.runtime.tensor.Shape;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LargeBatchTest {
  /** Every block of the batch would need memory of its own. */
  @Test
  void aBatchThatCannotFitIsRefused() {
    GraphBuilder b = new GraphBuilder(Shape.of(2));
    Layer norm = Layers.named("batchnorm").orElseThrow();
    Model model = Model.create(
        "N", b.build(b.add("norm", norm.bind(Arguments.of(norm.signature(), Map.of()), Shape.of(2)), b.input())), 1);
    DataSplit data = Synthetic.moons(1_000_000, 0.1, 1);
    TrainSettings settings = new TrainSettings(1, 1_000_000, true, 1, new CrossEntropy(2), Optimizers.sgd(0.1, 0));
    try (Engine engine = new Engine(1, KernelSet.VECTOR)) {
      assertThatThrownBy(() -> engine.train(model, data, settings, Listener.NONE, () -> false))
          .isInstanceOf(MemoryException.class)
          .hasMessageContaining("to train `N` needs")
          .hasMessageContaining(" MB: 1,000,000 examples at a time ")
          .extracting(e -> ((MemoryException) e).remedy()).asString()
          .startsWith("take a smaller batch, since it is looked at as a whole (batch normalisation, or a loss that compares its examples), or give the JVM more: LANEWISE_JAVA_OPTIONS=-Xmx");
    }
  }
}
