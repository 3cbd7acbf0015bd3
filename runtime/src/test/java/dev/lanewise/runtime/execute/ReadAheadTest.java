package dev.lanewise.runtime.execute;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.data.Dataset;
import dev.lanewise.runtime.data.Normalization;
import dev.lanewise.runtime.data.Points;
import dev.lanewise.runtime.data.Target;
import dev.lanewise.runtime.graph.GraphBuilder;
import dev.lanewise.runtime.operation.CrossEntropy;
import dev.lanewise.runtime.operation.Dense;
import dev.lanewise.runtime.optimize.Optimizers;
import dev.lanewise.runtime.plan.KernelSet;
import dev.lanewise.runtime.tensor.Shape;
import dev.lanewise.runtime.train.Engine;
import dev.lanewise.runtime.train.Listener;
import dev.lanewise.runtime.train.Model;
import dev.lanewise.runtime.train.TrainSettings;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReadAheadTest {
  private static final int COUNT = 200;
  private static final int BATCH = 20;
  private static final Shape INPUT = Shape.of(4);

  /**
   * Examples that can be read when those of the next batch have been touched. (Not when they have been touched themselves:
   * what a batch needs already is no longer read ahead.)
   */
  private static final class Slow implements Dataset {
    private final Dataset of;
    private final boolean broken;
    private final CountDownLatch[] touched = new CountDownLatch[COUNT];

    private Slow(Dataset of, boolean broken) {
      this.of = of;
      this.broken = broken;
      Arrays.setAll(touched, i -> new CountDownLatch(!broken && i >= BATCH ? 1 : 0));
    }

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
      return of.label(index);
    }

    @Override
    public void read(int index, float[] out, int offset, int stride) {
      try {
        int next = Math.min(index + BATCH, COUNT - 1);
        assertThat(touched[next].await(600, TimeUnit.SECONDS)).as("example %d is read ahead", next).isTrue();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
      of.read(index, out, offset, stride);
    }

    @Override
    public boolean isOnDisk() {
      return true;
    }

    @Override
    public long touch(int index) {
      if (broken) {
        throw new InternalError("a fault occurred in an unsafe memory access operation");
      }
      touched[index].countDown();
      return index;
    }

    @Override
    public float zero(int channel) {
      return of.zero(channel);
    }

    @Override
    public Dataset normalized(Normalization normalization) {
      throw new UnsupportedOperationException();
    }
  }

  private static Dataset examples() {
    Random random = new Random(1);
    float[][] values = new float[COUNT][];
    for (int i = 0; i < COUNT; i++) {
      values[i] = new float[INPUT.size()];
      for (int j = 0; j < values[i].length; j++) {
        values[i][j] = random.nextFloat();
      }
    }
    return new Points(INPUT, values, IntStream.range(0, COUNT).map(i -> i % 10).toArray(), 10);
  }

  private static List<float[]> trained(Dataset train) {
    try (Engine engine = new Engine(2, KernelSet.VECTOR)) {
      return train(engine, train);
    }
  }

  private static List<float[]> train(Engine engine, Dataset train) {
    TrainSettings settings =
        new TrainSettings(2, BATCH, false, 7, new CrossEntropy(10), Optimizers.sgd(0.05f, 0.5f));
    GraphBuilder b = new GraphBuilder(INPUT);
    Model model = Model.create("N", b.build(b.add("dense1", new Dense(4, 10, true), b.input())), 3);
    DataSplit data = new DataSplit("slow", train, null, null);
    assertThat(engine.train(model, data, settings, Listener.NONE, () -> false)).isTrue();
    return model.tensors().stream().map(t -> t.values()).toList();
  }

  private static void assertSame(Dataset slow) {
    assertThat(trained(slow)).zipSatisfy(trained(examples()), (a, b) -> assertThat(a).containsExactly(b));
  }

  @Test
  void trainingAsksForWhatComesNextAndHasTheSameBits() {
    assertSame(new Slow(examples(), false));
  }

  /** Whoever needs an example finds out by himself that it cannot be read; reading ahead gives up. */
  @Test
  void aFileThatCannotBeReadAheadIsReadWhenItIsNeeded() {
    assertSame(new Slow(examples(), true));
  }

  /** The threads that read ahead outlive what they could not read. */
  @Test
  void otherDataIsReadAheadAfterwards() {
    try (Engine engine = new Engine(2, KernelSet.VECTOR)) {
      train(engine, new Slow(examples(), true));
      // Reads of this one wait until what comes next is touched.
      train(engine, new Slow(examples(), false));
    }
  }

  /** As many examples as make 32 MB, each once, and from the beginning when an epoch begins. */
  @Test
  void itStaysInItsWindow() throws InterruptedException {
    float[][] values = new float[COUNT][];
    Arrays.fill(values, new float[2 << 20]);
    Dataset large = new Points(Shape.of(2 << 20), values, new int[COUNT], 2);
    Slow data = new Slow(large, false);
    int[] order = IntStream.range(0, COUNT).map(i -> COUNT - 1 - i).toArray();
    try (ReadAhead ahead = new ReadAhead()) {
      ahead.announce(data, order, 10);
      for (int i = 10; i < 14; i++) {
        assertThat(data.touched[order[i]].await(600, TimeUnit.SECONDS)).isTrue();
      }
      ahead.announce(data, order, 12);
      ahead.announce(data, order, 0);
      for (int i = 0; i < 4; i++) {
        assertThat(data.touched[order[i]].await(600, TimeUnit.SECONDS)).isTrue();
      }
    }
    for (int i = 16; i < COUNT - BATCH; i++) {
      assertThat(data.touched[order[i]].getCount()).as("%d", i).isEqualTo(1);
    }
  }
}
