package dev.lanewise.runtime.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.runtime.graph.Graph;
import dev.lanewise.runtime.graph.Node;
import dev.lanewise.runtime.operation.MaxPool;
import dev.lanewise.runtime.operation.PooledConvGradient;
import dev.lanewise.runtime.rewrite.PooledGradients;
import java.util.List;
import org.junit.jupiter.api.Test;

class PooledGradientsTest {
  private static List<Boolean> inputs(Graph graph) {
    return graph.nodes().stream()
        .map(Node::operation)
        .filter(PooledConvGradient.class::isInstance)
        .map(o -> ((PooledConvGradient) o).input())
        .toList();
  }

  private static long scattered(Graph graph) {
    return graph.nodes().stream().filter(n -> n.operation() instanceof MaxPool.Gradient).count();
  }

  @Test
  void bothConvolutionsOfTheClassicNetworkTakeTheirGradientsFromTheWinners() {
    Graph graph = PooledGradients.of(Networks.classic().graph());
    assertThat(inputs(graph)).containsExactly(true, false);
    assertThat(scattered(graph)).isZero();
  }

  @Test
  void fewChannelsThatNeedAGradientStayDense() {
    Graph graph = PooledGradients.of(Networks.pooled().graph());
    assertThat(inputs(graph)).containsExactly(true, true, false);
    assertThat(scattered(graph)).isZero();
    Graph thin = PooledGradients.of(Networks.withoutPadding().graph());
    assertThat(inputs(thin)).containsExactly(false);
  }
}
