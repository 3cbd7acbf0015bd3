package dev.lanewise.runtime.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.runtime.graph.Graph;
import dev.lanewise.runtime.graph.GraphBuilder;
import dev.lanewise.runtime.operation.Conv;
import dev.lanewise.runtime.operation.CrossEntropy;
import dev.lanewise.runtime.operation.Dense;
import dev.lanewise.runtime.operation.Dropout;
import dev.lanewise.runtime.operation.MaxPool;
import dev.lanewise.runtime.operation.Pointwise;
import dev.lanewise.runtime.operation.Reshape;
import dev.lanewise.runtime.spec.Value;
import dev.lanewise.runtime.spec.Window;
import dev.lanewise.runtime.tensor.Shape;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Networks of thousands of layers: what it takes to make them ready grows as they do. */
class DeepTest {
  private static final int BUILT = 100;
  private static final int LARGE = 5;

  private enum Kind {
    DENSE(DeepTest::dense),
    RESIDUAL(DeepTest::residual),
    NORMALISED(DeepTest::normalised),
    POOLED(DeepTest::pooled);

    private final IntFunction<Graph> network;

    Kind(IntFunction<Graph> network) {
      this.network = network;
    }
  }

  /** What a pass looks at it mostly also makes: what is allocated counts the work, and is the same on every machine. */
  @ParameterizedTest
  @EnumSource
  void theWorkGrowsAsTheNetworkDoes(Kind kind) {
    allocated(kind.network.apply(BUILT / 4));
    double small = allocated(kind.network.apply(BUILT));
    double large = allocated(kind.network.apply(LARGE * BUILT));
    assertThat(large / small).isLessThan(1.5 * LARGE);
  }

  private static long allocated(Graph network) {
    var thread = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = thread.getCurrentThreadAllocatedBytes();
    plan(network);
    return thread.getCurrentThreadAllocatedBytes() - before;
  }

  private static Plan plan(Graph network) {
    return Plan.training(network, new CrossEntropy(2), KernelSet.VECTOR);
  }

  @Test
  void tenThousandLayersAreMadeReadyAndLayersThatAreAlikeHaveTheSameKernels() {
    Plan plan = plan(dense(5_000));
    assertThat(plan.stages()).hasSizeGreaterThan(20_000);
    assertThat(code(plan, "dense4999")).isNotEmpty().isEqualTo(code(plan, "dense0"));
  }

  private static List<Plan.Code> code(Plan plan, String stage) {
    return plan.code(plan.stages().stream().filter(s -> s.name().equals(stage)).findFirst().orElseThrow());
  }

  private static Graph dense(int blocks) {
    GraphBuilder b = new GraphBuilder(Shape.of(2));
    Value v = b.add("first", new Dense(2, 8, true), b.input());
    for (int i = 0; i < blocks; i++) {
      v = b.add("dense" + i, new Dense(8, 8, true), v);
      v = b.add("relu" + i, Pointwise.relu(v.shape()), v);
    }
    return b.build(b.add("last", new Dense(8, 2, true), v));
  }

  private static Graph residual(int blocks) {
    GraphBuilder b = new GraphBuilder(Shape.of(2));
    Value v = b.add("first", new Dense(2, 8, true), b.input());
    for (int i = 0; i < blocks; i++) {
      Value w = b.add("dense" + i, new Dense(8, 8, true), v);
      w = b.add("dropout" + i, new Dropout(w.shape(), 0.1, false), w);
      v = b.add("add" + i, Pointwise.add(v.shape()), v, w);
      v = b.add("relu" + i, Pointwise.relu(v.shape()), v);
    }
    return b.build(b.add("last", new Dense(8, 2, true), v));
  }

  private static Graph normalised(int blocks) {
    GraphBuilder b = new GraphBuilder(Shape.of(1, 4, 4));
    Value v = b.add("first", new Conv(Shape.of(1, 4, 4), 4, 3, 1, 1, false), b.input());
    for (int i = 0; i < blocks; i++) {
      v = b.add("conv" + i, new Conv(v.shape(), 4, 3, 1, 1, false), v);
      v = Networks.layer(b, "batchnorm", "norm" + i, Map.of(), v);
      v = b.add("relu" + i, Pointwise.relu(v.shape()), v);
    }
    v = b.add("flatten", new Reshape(v.shape(), v.shape().flat()), v);
    return b.build(b.add("last", new Dense(64, 2, true), v));
  }

  /** Every relu and dropout is too early, by two places. */
  private static Graph pooled(int blocks) {
    GraphBuilder b = new GraphBuilder(Shape.of(1, 8, 8));
    Value v = b.input();
    for (int i = 0; i < blocks; i++) {
      v = b.add("conv" + i, new Conv(v.shape(), 4, 3, 1, 1, true), v);
      v = b.add("relu" + i, Pointwise.relu(v.shape()), v);
      v = b.add("dropout2d" + i, new Dropout(v.shape(), 0.2, true), v);
      v = b.add("maxpool" + i, new MaxPool(new Window(v.shape(), 3, 1, 1)), v);
    }
    v = b.add("flatten", new Reshape(v.shape(), v.shape().flat()), v);
    return b.build(b.add("last", new Dense(256, 2, true), v));
  }
}
