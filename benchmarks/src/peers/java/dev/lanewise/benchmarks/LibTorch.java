package dev.lanewise.benchmarks;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import ai.djl.training.loss.Loss;
import dev.lanewise.runtime.data.DataSplit;
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

  private static NDArray random(NDManager manager, int seed, long... shape) {
    long size = new Shape(shape).size();
    return manager.create(SeededInput.random(seed, (int) size), new Shape(shape));
  }

  @Override
  public OptionalDouble convForward(ConvShape s, int batch) {
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      NDArray x = random(manager, 1, batch, s.inChannels(), s.height(), s.width());
      NDArray w = random(manager, 2, s.outChannels(), s.inChannels(), s.kernelHeight(), s.kernelWidth());
      return OptionalDouble.of(
          Best.of(0.3, 7, () -> LibTorchCnn.conv(x, w, null, s.columns().stride(), s.columns().padding()).close()));
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
                    NDArray y = LibTorchCnn.conv(x, w, null, s.columns().stride(), s.columns().padding());
                    NDArray sum = y.sum()) {
                  collector.backward(sum);
                }
              }));
    }
  }

  @Override
  public void train(DataSplit data, int factor, int batch, int epochs, ObjIntConsumer<Epoch> after) {
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      LibTorchCnn cnn = new LibTorchCnn(manager, factor);
      NDArray images = LibTorchCnn.images(manager, data.train());
      NDArray labels = LibTorchCnn.labels(manager, data.train());
      NDArray testImages = LibTorchCnn.images(manager, data.test());
      NDArray testLabels = LibTorchCnn.labels(manager, data.test());
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

  @Override
  public List<Double> train(Picture picture, DataSplit data, int epochs) {
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      int examples = data.train().size();
      int side = data.train().shape().height();
      NDArray x = random(manager, 1, examples, 1, side, side);
      NDArray targets = picture == Picture.SMALL_CNN ? LibTorchCnn.labels(manager, data.train()) : x.gt(0.9f).toType(DataType.FLOAT32, false);
      LibTorchPicture network = new LibTorchPicture(picture, manager);
      List<Double> seconds = new ArrayList<>();
      for (int epoch = 1; epoch <= epochs; epoch++) {
        seconds.add(network.epoch(x, targets));
      }
      return seconds;
    }
  }

  private static void epoch(NDManager manager, LibTorchCnn cnn, NDArray images, NDArray labels, int batch) {
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

  static long[] permutation(int count, Random random) {
    long[] order = new long[count];
    for (int i = 0; i < count; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }

  private static double accuracy(NDManager manager, LibTorchCnn cnn, NDArray images, NDArray labels) {
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
