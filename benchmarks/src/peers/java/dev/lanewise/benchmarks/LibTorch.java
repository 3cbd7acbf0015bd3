package dev.lanewise.benchmarks;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.Dropout;
import ai.djl.nn.pooling.Pool;
import ai.djl.training.GradientCollector;
import ai.djl.training.loss.Loss;
import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.data.Dataset;
import dev.lanewise.runtime.kernel.conv.ConvShape;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.function.ObjIntConsumer;

/** LibTorch, the library below PyTorch, through DJL. */
public final class LibTorch implements Peer {
  @Override
  public String name() {
    return "LibTorch";
  }

  @Override
  public void threads(int count) {
    // Read by the engine when it is loaded: compare starts a JVM for each number of threads.
    System.setProperty("ai.djl.pytorch.num_threads", Integer.toString(count));
  }

  private static Shape square(int size) {
    return new Shape(size, size);
  }

  private static NDArray random(NDManager manager, int seed, long... shape) {
    long size = new Shape(shape).size();
    return manager.create(SeededInput.random(seed, (int) size), new Shape(shape));
  }

  private static NDArray conv(NDArray x, NDArray weight, NDArray bias, int stride, int padding) {
    return Conv2d.conv2d(x, weight, bias, square(stride), square(padding), square(1), 1).singletonOrThrow();
  }

  @Override
  public OptionalDouble convForward(ConvShape s, int batch) {
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      NDArray x = random(manager, 1, batch, s.inChannels(), s.height(), s.width());
      NDArray w = random(manager, 2, s.outChannels(), s.inChannels(), s.kernelHeight(), s.kernelWidth());
      return OptionalDouble.of(
          Best.of(0.3, 7, () -> conv(x, w, null, s.stride(), s.padding()).close()));
    }
  }

  @Override
  public OptionalDouble convTraining(ConvShape s, int batch) {
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      NDArray x = random(manager, 1, batch, s.inChannels(), s.height(), s.width());
      NDArray w = random(manager, 2, s.outChannels(), s.inChannels(), s.kernelHeight(), s.kernelWidth());
      x.setRequiresGradient(true);
      w.setRequiresGradient(true);
      return OptionalDouble.of(
          Best.of(
              0.3,
              7,
              () -> {
                try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector();
                    NDArray y = conv(x, w, null, s.stride(), s.padding());
                    NDArray sum = y.sum()) {
                  collector.backward(sum);
                }
              }));
    }
  }

  /** The parameters of the classic CNN, with PyTorch's first values, and what momentum remembers. */
  private static final class Cnn {
    final List<NDArray> parameters = new ArrayList<>();
    final List<NDArray> velocity = new ArrayList<>();
    final Random random = new Random(1);

    Cnn(NDManager manager, int f) {
      layer(manager, 25, 10 * f, 10 * f, 1, 5, 5);
      layer(manager, 250 * f, 20 * f, 20 * f, 10 * f, 5, 5);
      layer(manager, 320 * f, 50 * f, 50 * f, 320 * f);
      layer(manager, 50 * f, 10, 10, 50 * f);
    }

    private void layer(NDManager manager, int fanIn, int outputs, long... weight) {
      float bound = (float) (1 / Math.sqrt(fanIn));
      for (Shape shape : List.of(new Shape(weight), new Shape(outputs))) {
        float[] values = new float[(int) shape.size()];
        for (int i = 0; i < values.length; i++) {
          values[i] = (2 * random.nextFloat() - 1) * bound;
        }
        NDArray parameter = manager.create(values, shape);
        parameter.setRequiresGradient(true);
        parameters.add(parameter);
        velocity.add(manager.zeros(shape));
      }
    }

    NDArray forward(NDArray x, boolean training) {
      NDArray y = conv(x, parameters.get(0), parameters.get(1), 1, 0);
      y = Activation.relu(Pool.maxPool2d(y, square(2), square(2), square(0), false));
      y = conv(y, parameters.get(2), parameters.get(3), 1, 0);
      if (training) {
        // dropout2d, which DJL does not offer.
        Shape channels = new Shape(y.getShape().get(0), y.getShape().get(1), 1, 1);
        y = y.mul(y.getManager().randomUniform(0, 1, channels).gt(0.5f).toType(DataType.FLOAT32, false).mul(2));
      }
      y = Activation.relu(Pool.maxPool2d(y, square(2), square(2), square(0), false));
      y = y.reshape(y.getShape().get(0), -1);
      y = Activation.relu(Linear.linear(y, parameters.get(4), parameters.get(5)).singletonOrThrow());
      if (training) {
        y = Dropout.dropout(y, 0.5f, true).singletonOrThrow();
      }
      return Linear.linear(y, parameters.get(6), parameters.get(7)).singletonOrThrow();
    }

    void step() {
      for (int i = 0; i < parameters.size(); i++) {
        NDArray gradient = parameters.get(i).getGradient();
        velocity.get(i).muli(0.5f).addi(gradient);
        NDArray p = parameters.get(i);
        p.subi(velocity.get(i).mul(0.01f));
        gradient.muli(0f);
        gradient.close();
      }
    }
  }

  private static NDArray images(NDManager manager, Dataset data) {
    int size = data.shape().size();
    float[] values = new float[data.size() * size];
    for (int i = 0; i < data.size(); i++) {
      data.read(i, values, i * size, 1);
    }
    return manager.create(values, new Shape(data.size(), 1, 28, 28));
  }

  private static NDArray labels(NDManager manager, Dataset data) {
    float[] values = new float[data.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = data.label(i);
    }
    return manager.create(values);
  }

  @Override
  public void train(DataSplit data, int factor, int batch, int epochs, ObjIntConsumer<Epoch> after) {
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      Cnn cnn = new Cnn(manager, factor);
      NDArray images = images(manager, data.train());
      NDArray labels = labels(manager, data.train());
      NDArray testImages = images(manager, data.test());
      NDArray testLabels = labels(manager, data.test());
      for (int epoch = 1; epoch <= epochs; epoch++) {
        long begin = System.nanoTime();
        epoch(manager, cnn, images, labels, batch);
        double seconds = (System.nanoTime() - begin) / 1e9;
        begin = System.nanoTime();
        double accuracy = accuracy(manager, cnn, testImages, testLabels);
        after.accept(new Epoch(seconds, accuracy, (System.nanoTime() - begin) / 1e9), epoch);
      }
    }
  }

  private static void epoch(NDManager manager, Cnn cnn, NDArray images, NDArray labels, int batch) {
    Loss loss = Loss.softmaxCrossEntropyLoss();
    long count = images.getShape().get(0);
    try (NDManager shuffle = manager.newSubManager()) {
      NDArray order = shuffle.create(permutation((int) count, cnn.random));
      for (long from = 0; from < count; from += batch) {
        try (NDManager step = manager.newSubManager()) {
          NDArray chosen = order.get(from + ":" + Math.min(count, from + batch));
          chosen.attach(step);
          NDArray x = images.get(chosen);
          NDArray t = labels.get(chosen);
          x.attach(step);
          t.attach(step);
          try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
            NDArray value = loss.evaluate(new NDList(t), new NDList(cnn.forward(x, true)));
            collector.backward(value);
          }
          cnn.step();
        }
      }
    }
  }

  private static long[] permutation(int count, Random random) {
    long[] order = new long[count];
    for (int i = 0; i < count; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }

  private static double accuracy(NDManager manager, Cnn cnn, NDArray images, NDArray labels) {
    long count = images.getShape().get(0);
    long correct = 0;
    for (long from = 0; from < count; from += 1000) {
      try (NDManager step = manager.newSubManager()) {
        NDArray x = images.get(from + ":" + (from + 1000));
        NDArray t = labels.get(from + ":" + (from + 1000));
        x.attach(step);
        t.attach(step);
        NDArray hits = cnn.forward(x, false).argMax(1).toType(DataType.FLOAT32, false).eq(t);
        correct += hits.toType(DataType.INT64, false).sum().getLong();
      }
    }
    return (double) correct / count;
  }
}
