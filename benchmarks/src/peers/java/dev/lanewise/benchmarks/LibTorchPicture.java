package dev.lanewise.benchmarks;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.norm.Dropout;
import ai.djl.nn.pooling.Pool;
import ai.djl.training.GradientCollector;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A {@link Picture} of LibTorch: parameters in the order in which the network asks for them, made when it first does. */
final class LibTorchPicture {
  private final Picture picture;
  private final NDManager manager;
  private final List<NDArray> parameters = new ArrayList<>();
  private final List<NDArray> running = new ArrayList<>();
  private final Optimizer adam = Optimizer.adam().build();
  private final Random random = new Random(1);
  private int next;
  private int nextRunning;

  LibTorchPicture(Picture picture, NDManager manager) {
    this.picture = picture;
    this.manager = manager;
  }

  private NDArray parameter(double bound, double middle, long... shape) {
    if (next == parameters.size()) {
      float[] values = new float[(int) new Shape(shape).size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) (middle + (2 * random.nextFloat() - 1) * bound);
      }
      NDArray made = manager.create(values, new Shape(shape));
      made.setRequiresGradient(true);
      parameters.add(made);
    }
    return parameters.get(next++);
  }

  private NDArray running(float begin, long size) {
    if (nextRunning == running.size()) {
      running.add(manager.full(new Shape(size), begin));
    }
    return running.get(nextRunning++);
  }

  private NDArray conv(NDArray x, int channels, int kernel, boolean bias) {
    long in = x.getShape().get(1);
    double bound = 1 / Math.sqrt(in * kernel * kernel);
    NDArray weight = parameter(bound, 0, channels, in, kernel, kernel);
    return LibTorchCnn.conv(x, weight, bias ? parameter(bound, 0, channels) : null, 1, kernel / 2);
  }

  private NDArray normed(NDArray x, int channels) {
    NDArray y = conv(x, channels, 3, false);
    NDArray gamma = parameter(0, 1, channels);
    NDArray beta = parameter(0, 0, channels);
    return Activation.relu(
        BatchNorm.batchNorm(y, running(0, channels), running(1, channels), gamma, beta, 1, 0.9f, 1e-5f, true).singletonOrThrow());
  }

  private NDArray twice(NDArray x, int channels) {
    return Activation.relu(conv(Activation.relu(conv(x, channels, 3, true)), channels, 3, true));
  }

  private static NDArray pool(NDArray x) {
    return Pool.maxPool2d(x, new Shape(2, 2), new Shape(2, 2), new Shape(0, 0), false);
  }

  private static NDArray up(NDArray x, NDArray skip) {
    return x.repeat(2, 2).repeat(3, 2).concat(skip, 1);
  }

  private NDArray forward(NDArray x) {
    next = 0;
    nextRunning = 0;
    if (picture == Picture.SMALL_CNN) {
      NDArray y = pool(normed(normed(x, 16), 16));
      y = pool(normed(normed(y, 32), 32));
      y = pool(normed(normed(y, 64), 64));
      y = Dropout.dropout(y.reshape(y.getShape().get(0), -1), 0.5f, true).singletonOrThrow();
      return Linear.linear(y, parameter(1 / 24.0, 0, 10, 576), parameter(1 / 24.0, 0, 10)).singletonOrThrow();
    }
    NDArray fine = twice(x, 8);
    NDArray half = twice(pool(fine), 16);
    NDArray quarter = twice(pool(half), 32);
    NDArray y = twice(pool(quarter), 64);
    y = twice(up(y, quarter), 32);
    y = twice(up(y, half), 16);
    return conv(twice(up(y, fine), 8), 1, 1, true);
  }

  /** Of what comes out, and what should; a mean over all numbers, as PyTorch has it: max(x, 0) - x t + log(1 + exp(-|x|)). */
  private NDArray loss(NDArray y, NDArray target) {
    return picture == Picture.SMALL_CNN
        ? Loss.softmaxCrossEntropyLoss().evaluate(new NDList(target), new NDList(y))
        : Activation.relu(y).sub(y.mul(target)).add(y.abs().neg().exp().add(1).log()).mean();
  }

  /** Takes an epoch, in an order of its own, and says how many seconds that took. */
  double epoch(NDArray x, NDArray targets) {
    int count = (int) x.getShape().get(0);
    long begin = System.nanoTime();
    try (NDManager shuffle = manager.newSubManager()) {
      NDArray order = shuffle.create(LibTorch.permutation(count, random));
      for (int from = 0; from < count; from += picture.batch) {
        step(order.get(from + ":" + Math.min(count, from + picture.batch)), x, targets);
      }
    }
    return (System.nanoTime() - begin) / 1e9;
  }

  private void step(NDArray chosen, NDArray x, NDArray targets) {
    try (NDManager step = manager.newSubManager()) {
      chosen.attach(step);
      NDArray input = x.get(chosen);
      NDArray target = targets.get(chosen);
      input.attach(step);
      target.attach(step);
      try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
        collector.backward(loss(forward(input), target));
      }
      for (int i = 0; i < parameters.size(); i++) {
        NDArray gradient = parameters.get(i).getGradient();
        adam.update("p" + i, parameters.get(i), gradient);
        gradient.muli(0f);
        gradient.close();
      }
    }
  }
}
