package dev.lanewise.benchmarks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.Dropout;
import ai.djl.nn.pooling.Pool;
import dev.lanewise.runtime.data.Dataset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** The classic CNN of LibTorch: its parameters, with PyTorch's first values, and what momentum remembers. */
final class LibTorchCnn {
  final List<NDArray> parameters = new ArrayList<>();
  final List<NDArray> velocity = new ArrayList<>();
  final Random random = new Random(1);

  LibTorchCnn(NDManager manager, int f) {
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
      try (NDArray change = velocity.get(i).mul(0.01f)) {
        p.subi(change);
      }
      gradient.muli(0f);
      gradient.close();
    }
  }

  private static Shape square(int size) {
    return new Shape(size, size);
  }

  static NDArray conv(NDArray x, NDArray weight, NDArray bias, int stride, int padding) {
    return Conv2d.conv2d(x, weight, bias, square(stride), square(padding), square(1), 1).singletonOrThrow();
  }

  static NDArray images(NDManager manager, Dataset data) {
    int size = data.shape().size();
    float[] values = new float[data.size() * size];
    for (int i = 0; i < data.size(); i++) {
      data.read(i, values, i * size, 1);
    }
    return manager.create(values, new Shape(data.size(), 1, 28, 28));
  }

  static NDArray labels(NDManager manager, Dataset data) {
    float[] values = new float[data.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = data.label(i);
    }
    return manager.create(values);
  }
}
