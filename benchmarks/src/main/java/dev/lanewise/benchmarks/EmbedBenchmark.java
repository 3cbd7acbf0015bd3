package dev.lanewise.benchmarks;

import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.data.Dataset;
import dev.lanewise.runtime.data.Normalization;
import dev.lanewise.runtime.data.Target;
import dev.lanewise.runtime.execute.BatchRunner;
import dev.lanewise.runtime.execute.Workers;
import dev.lanewise.runtime.graph.Graph;
import dev.lanewise.runtime.graph.GraphBuilder;
import dev.lanewise.runtime.operation.CrossEntropy;
import dev.lanewise.runtime.operation.Dense;
import dev.lanewise.runtime.operation.Embed;
import dev.lanewise.runtime.optimize.Optimizer;
import dev.lanewise.runtime.optimize.OptimizerDefinition;
import dev.lanewise.runtime.optimize.Optimizers;
import dev.lanewise.runtime.plan.KernelSet;
import dev.lanewise.runtime.plan.Plan;
import dev.lanewise.runtime.random.Draws;
import dev.lanewise.runtime.signature.Arguments;
import dev.lanewise.runtime.tensor.Shape;
import dev.lanewise.runtime.train.Descent;
import dev.lanewise.runtime.train.Model;
import dev.lanewise.runtime.train.TrainSettings;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

@Question("How long does one step of training take, forward, backward and the optimiser, for a batch of 64 rows of a small and of a large table?")
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 3, time = 1)
@Fork(value = 1, jvmArgsAppend = {"--add-modules", "jdk.incubator.vector", "-Xmx3g"})
public class EmbedBenchmark {
  private static final int BATCH = 64;
  private static final int STEPS = 200;
  private static final int SIZE = 32;

  /** Of the table. */
  @Param({"100", "1000000"})
  public int rows;

  /** lazy: adam that leaves alone what a batch does not touch. */
  @Param({"sgd", "adam", "lazy"})
  public String optimizer;

  private Workers workers;
  private BatchRunner runner;
  private Descent descent;
  private Dataset numbers;
  private int[] order;
  private int steps;

  /** As many examples as the steps need, anywhere in the table. */
  private record Numbers(int rows) implements Dataset {
    @Override
    public int size() {
      return BATCH * STEPS;
    }

    @Override
    public Shape shape() {
      return Shape.of(1);
    }

    @Override
    public Target target() {
      return Target.classes(10);
    }

    @Override
    public int label(int index) {
      return index % 10;
    }

    @Override
    public void read(int index, float[] out, int offset, int stride) {
      out[offset] = Draws.below(rows, 5, index);
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

  /** A table, and a layer that makes classes of its rows. */
  @Setup
  public void setUp() {
    GraphBuilder b = new GraphBuilder(Shape.of(1));
    Graph graph = b.build(b.add("dense1", new Dense(SIZE, 10, true), b.add("embed1", new Embed(Shape.of(1), rows, SIZE), b.input())));
    Model model = Model.create("N", graph, 1);
    numbers = new Numbers(rows);
    order = IntStream.range(0, numbers.size()).toArray();
    OptimizerDefinition definition = Optimizers.named(optimizer.equals("sgd") ? "sgd" : "adam").orElseThrow();
    Optimizer chosen = definition.bind(
        Arguments.of(definition.signature(), optimizer.equals("lazy") ? Map.of("lr", 0.01, "lazy", true) : Map.of("lr", 0.01)));
    workers = new Workers(1);
    runner = new BatchRunner(Plan.training(graph, new CrossEntropy(10), KernelSet.VECTOR), workers, model.parameters(), BATCH);
    descent = new Descent(model, new TrainSettings(1, BATCH, false, 1, new CrossEntropy(10), chosen), runner, workers);
    steps = 0;
  }

  /** One batch, each time another. */
  @Benchmark
  public double step() {
    runner.pack();
    runner.run(numbers, order, steps % STEPS * BATCH, BATCH, 7);
    descent.step(0.01, ++steps);
    return runner.scores().lossSum();
  }

  /** Ends the threads. */
  @TearDown
  public void tearDown() {
    workers.close();
  }
}
