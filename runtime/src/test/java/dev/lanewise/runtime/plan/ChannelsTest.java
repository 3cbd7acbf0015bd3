package dev.lanewise.runtime.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.runtime.data.Dataset;
import dev.lanewise.runtime.data.Normalization;
import dev.lanewise.runtime.data.Target;
import dev.lanewise.runtime.execute.BatchRunner;
import dev.lanewise.runtime.execute.Workers;
import dev.lanewise.runtime.graph.Graph;
import dev.lanewise.runtime.graph.GraphBuilder;
import dev.lanewise.runtime.kernel.lane.Samples;
import dev.lanewise.runtime.operation.Concat;
import dev.lanewise.runtime.operation.Conv;
import dev.lanewise.runtime.operation.CrossEntropy;
import dev.lanewise.runtime.operation.Dense;
import dev.lanewise.runtime.operation.MaxPool;
import dev.lanewise.runtime.operation.Noise;
import dev.lanewise.runtime.operation.Pointwise;
import dev.lanewise.runtime.operation.Reshape;
import dev.lanewise.runtime.spec.Value;
import dev.lanewise.runtime.spec.Window;
import dev.lanewise.runtime.tensor.Memory;
import dev.lanewise.runtime.tensor.Shape;
import dev.lanewise.runtime.tensor.Taps;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Networks of convolutions say the same to the last bit whether the lanes of a block are examples or channels of one. */
@Tag("kernels")
class ChannelsTest {
  private static final int CLASSES = 5;

  private record Examples(Shape shape, int size) implements Dataset {
    @Override
    public Target target() {
      return Target.classes(CLASSES);
    }

    @Override
    public int label(int index) {
      return index % CLASSES;
    }

    @Override
    public void read(int index, float[] out, int offset, int stride) {
      float[] values = Samples.random(index, shape.size());
      for (int i = 0; i < values.length; i++) {
        out[offset + i * stride] = values[i];
      }
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

  /** A network that is drawn layer by layer. */
  private static Graph drawn(long seed) {
    Random random = new Random(seed);
    int channels = random.nextInt(1, 4);
    GraphBuilder b = new GraphBuilder(random.nextInt(4) == 0 ? Shape.of(channels, random.nextInt(20, 40)) : Shape.of(channels, random.nextInt(9, 20), random.nextInt(9, 20)));
    Value v = conv(b, "first", random, b.input());
    for (int i = 0; i < 6; i++) {
      v = next(b, "layer" + i, random, v);
    }
    v = b.add("flatten", new Reshape(v.shape(), v.shape().flat()), v);
    return b.build(b.add("dense", new Dense(v.shape().size(), CLASSES, true), v));
  }

  private static Value conv(GraphBuilder b, String name, Random random, Value v) {
    int kernel = Math.min(random.nextInt(1, 4), v.shape().isSequence() ? v.shape().width() : Math.min(v.shape().height(), v.shape().width()));
    Taps taps = new Taps(kernel, random.nextInt(1, 3), random.nextInt(kernel), 1);
    // One in six has channels that fill no lanes.
    int channels = random.nextInt(6) == 0 ? 10 : 16 * random.nextInt(1, 4);
    return b.add(name, new Conv(v.shape(), channels, taps, 1, random.nextBoolean()), v);
  }

  private static Value next(GraphBuilder b, String name, Random random, Value v) {
    return switch (random.nextInt(9)) {
      case 0, 1 -> conv(b, name, random, v);
      case 2, 3 -> Networks.layer(b, "batchnorm", name, Map.of(), v);
      case 4 -> b.add(name, random.nextBoolean() ? Pointwise.relu(v.shape()) : Pointwise.sigmoid(v.shape()), v);
      case 5 -> b.add(name, Pointwise.add(v.shape()), v, b.add(name + ".same", new Conv(v.shape(), v.shape().channels(), new Taps(3, 1, 1, 1), 1, false), v));
      case 6 -> b.add(name, new MaxPool(new Window(v.shape(), 1 + random.nextInt(v.shape().isSequence() ? 1 : Math.min(2, v.shape().height()), 3) % v.shape().width(), 1, 0)), v);
      case 7 -> b.add(name, new Concat(List.of(v.shape(), v.shape())), v, b.add(name + ".relu", Pointwise.relu(v.shape()), v));
      default -> v.shape().size() > 10_000 ? v : Networks.layer(b, "upsample", name, Map.of("factor", 2), v);
    };
  }

  @Test
  void drawnNetworksSayTheSame() {
    int across = 0;
    for (long seed = 0; seed < 24; seed++) {
      Graph graph = drawn(seed);
      across += check(graph, "seed " + seed) ? 1 : 0;
    }
    assertThat(across).isGreaterThan(15);
  }

  /** @return whether lanes can be channels */
  private static boolean check(Graph graph, String name) {
    float[] parameters = Memory.allocate(graph.parameterCount());
    float[] drawn = Samples.random(7, graph.parameterCount());
    for (int i = 0; i < drawn.length; i++) {
      // Variances must not be negative.
      parameters[Memory.BASE + i] = 0.05f + Math.abs(drawn[i]) / 4;
    }
    Plan channels = Plan.testing(graph, new CrossEntropy(CLASSES), KernelSet.VECTOR, Preparation.SILENT, 1);
    Plan blocks = Plan.testing(graph, new CrossEntropy(CLASSES), KernelSet.VECTOR);
    assertThat(blocks.isOfChannels()).isFalse();
    float[] expected = outputs(blocks, graph, parameters, 5, 1);
    for (int threads : List.of(1, 3)) {
      for (int batch : List.of(1, 5)) {
        assertThat(outputs(channels, graph, parameters, batch, threads)).as("%s, batches of %d, %d threads", name, batch, threads).isEqualTo(expected);
      }
    }
    return channels.isOfChannels();
  }

  /** What the network makes of five examples, and their losses. */
  private static float[] outputs(Plan plan, Graph graph, float[] parameters, int batch, int threads) {
    int count = 5;
    float[] outputs = new float[count * CLASSES], losses = new float[count];
    try (Workers workers = new Workers(threads)) {
      BatchRunner runner = new BatchRunner(plan, workers, parameters, batch);
      runner.scores().keepOutputs();
      runner.pack();
      int[] order = IntStream.range(0, count).toArray();
      for (int from = 0; from < count; from += batch) {
        runner.run(new Examples(graph.input().shape(), count), order, from, batch, 0);
        runner.scores().outputs(outputs, losses, from);
      }
    }
    float[] all = java.util.Arrays.copyOf(outputs, outputs.length + count);
    System.arraycopy(losses, 0, all, outputs.length, count);
    return all;
  }

  private static Graph residual(int channels) {
    GraphBuilder b = new GraphBuilder(Shape.of(3, 16, 16));
    Value x = b.add("conv1", new Conv(b.input().shape(), channels, 3, 2, 1, false), b.input());
    Value v = Networks.layer(b, "batchnorm", "norm1", Map.of(), x);
    v = b.add("relu1", Pointwise.relu(v.shape()), v);
    v = b.add("conv2", new Conv(v.shape(), channels, 3, 1, 1, false), v);
    v = Networks.layer(b, "batchnorm", "norm2", Map.of(), v);
    v = b.add("add", Pointwise.add(v.shape()), v, x);
    v = b.add("relu2", Pointwise.relu(v.shape()), v);
    v = Networks.layer(b, "avgpool", "avgpool", Map.of("size", "global"), v);
    v = b.add("flatten", new Reshape(v.shape(), v.shape().flat()), v);
    return b.build(b.add("dense", new Dense(channels, CLASSES, true), v));
  }

  @Test
  void normalisationSumAndReluAreTheEndOfAConvolution() {
    Plan plan = Plan.testing(residual(32), new CrossEntropy(CLASSES), KernelSet.VECTOR, Preparation.SILENT, 1);
    assertThat(plan.isOfChannels()).isTrue();
    List<String> stages = new ArrayList<>(plan.stages().stream().map(Plan.StageInfo::name).filter(n -> !n.contains("norm") || n.contains("conv")).toList());
    assertThat(stages).contains("conv1", "flatten.each", "dense").anyMatch(s -> s.startsWith("conv2+") && s.endsWith("+add+relu2"));
    assertThat(plan.changes().stream().map(Plan.Change::pass)).contains("channels", "endings");
    plan.stages().forEach(s -> assertThat(plan.code(s)).as(s.name()).isNotEmpty());
    assertThat(check(residual(32), "residual")).isTrue();
  }

  @Test
  void lanesAreChannelsWhereThatIsFaster() {
    assertThat(isOfChannels(residual(10), 1)).as("channels fill no lanes").isFalse();
    assertThat(isOfChannels(residual(16), 64)).as("convolutions are nearly all").isTrue();
    GraphBuilder b = new GraphBuilder(Shape.of(1, 8, 8));
    Value v = b.add("conv", new Conv(b.input().shape(), 16, 3, 1, 1, true), b.input());
    v = b.add("flatten", new Reshape(v.shape(), v.shape().flat()), v);
    Graph dense = b.build(b.add("dense", new Dense(1024, CLASSES, true), v));
    assertThat(isOfChannels(dense, 1)).as("a single example").isTrue();
    assertThat(isOfChannels(dense, 16)).as("the dense layer would take the time of 16").isFalse();
    assertThat(isOfChannels(residual(16), 0)).as("nobody says how many examples come").isFalse();
  }

  private static boolean isOfChannels(Graph graph, int examples) {
    return Plan.testing(graph, new CrossEntropy(CLASSES), KernelSet.VECTOR, Preparation.SILENT, examples).isOfChannels();
  }

  /** Lanes have random numbers of their own: other ones, if they are other examples. */
  @Test
  void whatDrawsNumbersKeepsItsLanes() {
    GraphBuilder b = new GraphBuilder(Shape.of(1, 8, 8));
    Value v = b.add("conv", new Conv(b.input().shape(), 16, 3, 1, 1, true), b.input());
    v = b.add("add", Pointwise.add(v.shape()), v, b.add("noise", new Noise(v.shape()), v));
    v = b.add("flatten", new Reshape(v.shape(), v.shape().flat()), v);
    assertThat(isOfChannels(b.build(b.add("dense", new Dense(1024, CLASSES, true), v)), 1)).isFalse();
  }
}
