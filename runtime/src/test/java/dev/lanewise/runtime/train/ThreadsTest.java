package dev.lanewise.runtime.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.data.Dataset;
import dev.lanewise.runtime.data.Normalization;
import dev.lanewise.runtime.data.Target;
import dev.lanewise.runtime.graph.Graph;
import dev.lanewise.runtime.graph.GraphBuilder;
import dev.lanewise.runtime.layer.Layers;
import dev.lanewise.runtime.operation.CrossEntropy;
import dev.lanewise.runtime.operation.Dense;
import dev.lanewise.runtime.operation.Dropout;
import dev.lanewise.runtime.operation.Layer;
import dev.lanewise.runtime.optimize.Optimizers;
import dev.lanewise.runtime.plan.KernelSet;
import dev.lanewise.runtime.signature.Arguments;
import dev.lanewise.runtime.spec.Value;
import dev.lanewise.runtime.tensor.Shape;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** However many threads there are, also many more than blocks: the same bits. */
class ThreadsTest {
  private static final int[] THREADS = {2, 3, 5, 8, 16, 33, 64};
  private static final Shape IN = Shape.of(24);

  /** Two layers that are large enough to be shared, one of them with a gradient that is the work of all, and small ones before and behind. */
  private static Graph large(boolean normalised) {
    GraphBuilder b = new GraphBuilder(IN);
    Value v = b.add("fc1", new Dense(24, 1_040, true), b.input());
    v = layer(b, "tanh", v);
    v = b.add("fc2", new Dense(1_040, 1_024, true), v);
    v = normalised ? layer(b, "batchnorm", v) : layer(b, "tanh", v);
    v = b.add("dropout", new Dropout(v.shape(), 0.2, false), v);
    v = b.add("fc3", new Dense(1_024, 272, true), v);
    v = layer(b, "relu", v);
    return b.build(b.add("fc4", new Dense(272, 3, true), v));
  }

  private static Graph small() {
    GraphBuilder b = new GraphBuilder(IN);
    Value v = layer(b, "tanh", b.add("fc1", new Dense(24, 20, true), b.input()));
    return b.build(b.add("fc2", new Dense(20, 3, true), v));
  }

  private static Value layer(GraphBuilder b, String name, Value v) {
    Layer layer = Layers.named(name).orElseThrow();
    return b.add(name + v.shape(), layer.bind(Arguments.of(layer.signature(), Map.of()), v.shape()), v);
  }

  private static float[] trained(Graph graph, Dataset examples, int batch, int threads) {
    Model model = Model.create("N", graph, 3);
    try (Engine engine = new Engine(threads, KernelSet.VECTOR)) {
      TrainSettings settings = new TrainSettings(2, batch, true, 5, new CrossEntropy(3), Optimizers.sgd(0.05, 0.9));
      engine.train(model, new DataSplit("few", examples, null, examples), settings, Listener.NONE, () -> false);
    }
    return model.parameters();
  }

  /** A batch of 64 has four blocks, the last one of 150 examples two, of which the second is not full. */
  @ParameterizedTest
  @CsvSource({"large, 64, 150", "normalised, 64, 150", "large, 40, 90", "small, 64, 150", "small, 200, 400"})
  void bitsDoNotDependOnThreads(String kind, int batch, int count) {
    Graph graph = kind.equals("small") ? small() : large(kind.equals("normalised"));
    Dataset examples = new Few(count, IN, 3);
    float[] one = trained(graph, examples, batch, 1);
    assertThat(one).doesNotContain(Float.NaN);
    for (int threads : THREADS) {
      assertThat(trained(graph, examples, batch, threads)).as("%d threads", threads).isEqualTo(one);
    }
  }

  /** Examples that remember who has read them. */
  private record Watched(Few of, Set<Thread> readers) implements Dataset {
    @Override
    public int size() {
      return of.size();
    }

    @Override
    public Shape shape() {
      return of.shape();
    }

    @Override
    public Target target() {
      return of.target();
    }

    @Override
    public int label(int index) {
      readers.add(Thread.currentThread());
      return of.label(index);
    }

    @Override
    public void read(int index, float[] out, int offset, int stride) {
      readers.add(Thread.currentThread());
      of.read(index, out, offset, stride);
    }

    @Override
    public float zero(int channel) {
      return 0;
    }

    @Override
    public Dataset normalized(Normalization normalization) {
      return this;
    }
  }

  /** Nobody is woken for a single block, however large the network. */
  @Test
  void oneBlockIsTheWorkOfTheCaller() {
    for (Graph graph : new Graph[] {small(), large(false)}) {
      Set<Thread> readers = ConcurrentHashMap.newKeySet();
      trained(graph, new Watched(new Few(48, IN, 3), readers), 16, 8);
      assertThat(readers).containsExactly(Thread.currentThread());
    }
  }
}
