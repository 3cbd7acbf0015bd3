package dev.lanewise.benchmarks;

import dev.lanewise.benchmarks.accuracy.Language;
import dev.lanewise.dsl.lower.Lowering;
import dev.lanewise.dsl.meaning.CheckedTrain;
import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.graph.Graph;
import dev.lanewise.runtime.graph.GraphBuilder;
import dev.lanewise.runtime.kernel.conv.ConvForward;
import dev.lanewise.runtime.kernel.conv.ConvInputGradient;
import dev.lanewise.runtime.kernel.conv.ConvShape;
import dev.lanewise.runtime.kernel.conv.ConvWeightGradient;
import dev.lanewise.runtime.kernel.lane.LaneSums;
import dev.lanewise.runtime.kernel.product.Matmul;
import dev.lanewise.runtime.operation.Conv;
import dev.lanewise.runtime.operation.CrossEntropy;
import dev.lanewise.runtime.operation.Dense;
import dev.lanewise.runtime.operation.Dropout;
import dev.lanewise.runtime.operation.MaxPool;
import dev.lanewise.runtime.operation.Pointwise;
import dev.lanewise.runtime.operation.Reshape;
import dev.lanewise.runtime.optimize.Optimizers;
import dev.lanewise.runtime.plan.KernelSet;
import dev.lanewise.runtime.spec.Value;
import dev.lanewise.runtime.spec.Window;
import dev.lanewise.runtime.tensor.Memory;
import dev.lanewise.runtime.tensor.Shape;
import dev.lanewise.runtime.train.Engine;
import dev.lanewise.runtime.train.Model;
import dev.lanewise.runtime.train.TrainEvent;
import dev.lanewise.runtime.train.TrainSettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.ObjIntConsumer;

/** This library, asked the same questions as its peers. Kernels run on one thread, training on as many as are set. */
final class Lanewise implements Peer {
  private static final int BLOCK = 16;
  private static final double WARM_UP = 0.6;
  private static final int ROUNDS = 7;

  private int threads = 1;

  @Override
  public String name() {
    return "Lanewise";
  }

  @Override
  public void threads(int count) {
    threads = count;
  }

  @Override
  public OptionalDouble matmul(int m, int k, int n) {
    float[] scratch = Memory.allocate(Matmul.scratchSize(m, k, n));
    float[] a = Memory.allocate(m * k);
    float[] b = Memory.allocate(k * n);
    float[] c = Memory.allocate(m * n);
    System.arraycopy(SeededInput.random(1, m * k), 0, a, Memory.BASE, m * k);
    System.arraycopy(SeededInput.random(2, k * n), 0, b, Memory.BASE, k * n);
    int at = Memory.BASE;
    return OptionalDouble.of(
        Best.of(WARM_UP, ROUNDS, () -> Matmul.multiplyAdd(m, k, n, a, at, k, b, at, n, c, at, n, scratch, at)));
  }

  /** The blocks of a batch, one after the other, in memory of their own. */
  private static final class Convolution {
    final ConvShape shape;
    final int blocks;
    final float[] x;
    final float[] y;
    final float[] dx;
    final float[] weight;
    final float[] sums;
    final float[] dw;
    final int in;
    final int out;
    final ConvForward forward;
    private final float[] scratch;
    final ConvInputGradient inputGradient;
    final ConvWeightGradient weightGradient;
    final float[] packed;
    final float[] packedBack;

    Convolution(ConvShape s, int batch) {
      shape = s;
      blocks = batch / BLOCK;
      in = s.inChannels() * s.height() * s.width() * BLOCK;
      out = s.outChannels() * s.outHeight() * s.outWidth() * BLOCK;
      x = Memory.allocate(blocks * in);
      y = Memory.allocate(blocks * out);
      dx = Memory.allocate(blocks * in);
      System.arraycopy(SeededInput.random(1, blocks * in), 0, x, Memory.BASE, blocks * in);
      weight = SeededInput.random(3, s.outChannels() * s.inChannels() * s.kernelHeight() * s.kernelWidth());
      sums = Memory.allocate(weight.length * BLOCK);
      dw = new float[weight.length];
      forward = new ConvForward(s, false);
      scratch = Memory.allocate(Math.max(ConvWeightGradient.scratchSize(s),
          Math.max(ConvForward.scratchSize(s), ConvInputGradient.scratchSize(s))));
      inputGradient = new ConvInputGradient(s);
      weightGradient = new ConvWeightGradient(s);
      packed = Memory.allocate(forward.packedSize());
      packedBack = Memory.allocate(inputGradient.packedSize());
    }

    void forward() {
      forward.pack(weight, 0, packed, Memory.BASE);
      for (int b = 0; b < blocks; b++) {
        forward.run(x, Memory.BASE + b * in, packed, Memory.BASE, null, 0, y, Memory.BASE + b * out, null, 0, scratch,
            Memory.BASE);
      }
    }

    void backward() {
      inputGradient.pack(weight, 0, packedBack, Memory.BASE);
      for (int b = 0; b < blocks; b++) {
        int at = Memory.BASE + b * in;
        inputGradient.run(y, Memory.BASE + b * out, packedBack, Memory.BASE, dx, at, scratch, Memory.BASE);
        weightGradient.run(x, at, y, Memory.BASE + b * out, sums, Memory.BASE, scratch, Memory.BASE);
      }
      LaneSums.add(sums, Memory.BASE, dw.length, dw, 0);
      Arrays.fill(sums, 0);
    }
  }

  @Override
  public OptionalDouble convForward(ConvShape shape, int batch) {
    Convolution c = new Convolution(shape, batch);
    return OptionalDouble.of(Best.of(WARM_UP, ROUNDS, c::forward));
  }

  @Override
  public OptionalDouble convTraining(ConvShape shape, int batch) {
    Convolution c = new Convolution(shape, batch);
    return OptionalDouble.of(
        Best.of(
            WARM_UP,
            ROUNDS,
            () -> {
              c.forward();
              c.backward();
            }));
  }

  @Override
  public void train(DataSplit data, int factor, int batch, int epochs, ObjIntConsumer<Epoch> after) {
    Model model = Model.create("Cnn", classicCnn(factor), 1);
    TrainSettings settings =
        new TrainSettings(epochs, batch, true, 1, new CrossEntropy(10), Optimizers.sgd(0.01f, 0.5f));
    try (Engine engine = new Engine(threads, KernelSet.VECTOR)) {
      engine.train(
          model,
          data,
          settings,
          e -> {
            if (e instanceof TrainEvent.Epoch epoch) {
              long begin = System.nanoTime();
              double accuracy = engine.test(model, data, settings.loss(), t -> {}).accuracy();
              after.accept(new Epoch(epoch.seconds(), accuracy, (System.nanoTime() - begin) / 1e9), epoch.epoch());
            }
          },
          () -> false);
    }
  }

  @Override
  public List<Double> train(Picture picture, DataSplit data, int epochs) {
    return train(Language.train("picture.net", picture.script(epochs)), data);
  }

  @Override
  public List<Double> train(Sequence sequence, int epochs) {
    return train(Language.train("sequence.net", sequence.script(epochs)), sequence.data());
  }

  private List<Double> train(CheckedTrain train, DataSplit data) {
    List<Double> seconds = new ArrayList<>();
    try (Engine engine = new Engine(threads, KernelSet.VECTOR)) {
      engine.train(
          Model.create("N", Lowering.graph(train), 1),
          data,
          train.settings(),
          e -> {
            if (e instanceof TrainEvent.Epoch epoch) {
              seconds.add(epoch.seconds());
            }
          },
          () -> false);
    }
    return seconds;
  }

  /** PyTorch's classic MNIST network with {@code factor} times its channels. */
  static Graph classicCnn(int factor) {
    GraphBuilder b = new GraphBuilder(Shape.of(1, 28, 28));
    Value v = b.add("conv1", new Conv(Shape.of(1, 28, 28), 10 * factor, 5, 1, 0, true), b.input());
    v = b.add("maxpool1", new MaxPool(new Window(v.shape(), 2, 2, 0)), v);
    v = b.add("relu1", Pointwise.relu(v.shape()), v);
    v = b.add("conv2", new Conv(v.shape(), 20 * factor, 5, 1, 0, true), v);
    v = b.add("dropout2d1", new Dropout(v.shape(), 0.5, true), v);
    v = b.add("maxpool2", new MaxPool(new Window(v.shape(), 2, 2, 0)), v);
    v = b.add("relu2", Pointwise.relu(v.shape()), v);
    v = b.add("flatten1", new Reshape(v.shape(), v.shape().flat()), v);
    v = b.add("fc1", new Dense(320 * factor, 50 * factor, true), v);
    v = b.add("relu3", Pointwise.relu(v.shape()), v);
    v = b.add("dropout1", new Dropout(v.shape(), 0.5, false), v);
    return b.build(b.add("fc2", new Dense(50 * factor, 10, true), v));
  }
}
