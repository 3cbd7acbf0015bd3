package dev.lanewise.runtime.plan;

import dev.lanewise.runtime.differentiate.Differentiation;
import dev.lanewise.runtime.differentiate.LossGraph;
import dev.lanewise.runtime.graph.Graph;
import dev.lanewise.runtime.graph.GraphBuilder;
import dev.lanewise.runtime.layer.EachPlace;
import dev.lanewise.runtime.layer.Layers;
import dev.lanewise.runtime.operation.Conv;
import dev.lanewise.runtime.operation.CrossEntropy;
import dev.lanewise.runtime.operation.Dense;
import dev.lanewise.runtime.operation.Dropout;
import dev.lanewise.runtime.operation.Embed;
import dev.lanewise.runtime.operation.Layer;
import dev.lanewise.runtime.operation.MaxPool;
import dev.lanewise.runtime.operation.Pointwise;
import dev.lanewise.runtime.operation.Reduce;
import dev.lanewise.runtime.operation.Reshape;
import dev.lanewise.runtime.rewrite.PoolingFirst;
import dev.lanewise.runtime.signature.Arguments;
import dev.lanewise.runtime.spec.Value;
import dev.lanewise.runtime.spec.Window;
import dev.lanewise.runtime.tensor.Shape;
import dev.lanewise.runtime.tensor.Taps;
import java.util.Map;

/** Networks that several tests use. */
public final class Networks {
  private Networks() {}

  /** PyTorch's classic MNIST network: 21,840 parameters. */
  public static Graph classicCnn(boolean dropout) {
    GraphBuilder b = new GraphBuilder(Shape.of(1, 28, 28));
    Value v = b.add("conv1", new Conv(Shape.of(1, 28, 28), 10, 5, 1, 0, true), b.input());
    v = b.add("maxpool1", new MaxPool(new Window(v.shape(), 2, 2, 0)), v);
    v = b.add("relu1", Pointwise.relu(v.shape()), v);
    v = b.add("conv2", new Conv(v.shape(), 20, 5, 1, 0, true), v);
    v = dropout ? b.add("dropout2d1", new Dropout(v.shape(), 0.5, true), v) : v;
    v = b.add("maxpool2", new MaxPool(new Window(v.shape(), 2, 2, 0)), v);
    v = b.add("relu2", Pointwise.relu(v.shape()), v);
    v = b.add("flatten1", new Reshape(v.shape(), v.shape().flat()), v);
    v = b.add("fc1", new Dense(320, 50, true), v);
    v = b.add("relu3", Pointwise.relu(v.shape()), v);
    v = dropout ? b.add("dropout1", new Dropout(v.shape(), 0.5, false), v) : v;
    return b.build(b.add("fc2", new Dense(50, 10, true), v));
  }

  /** Relu and dropout before max pooling, as many write them. */
  static Graph latePooling() {
    GraphBuilder b = new GraphBuilder(Shape.of(2, 9, 9));
    Value v = b.add("conv1", new Conv(Shape.of(2, 9, 9), 6, 3, 1, 1, true), b.input());
    v = b.add("relu1", Pointwise.relu(v.shape()), v);
    v = b.add("dropout2d1", new Dropout(v.shape(), 0.4, true), v);
    v = b.add("maxpool1", new MaxPool(new Window(v.shape(), 3, 2, 1)), v);
    v = b.add("dropout1", new Dropout(v.shape(), 0.2, false), v);
    v = b.add("flatten1", new Reshape(v.shape(), v.shape().flat()), v);
    return b.build(b.add("dense1", new Dense(v.shape().size(), 5, true), v));
  }

  /** Batch, layer and group normalisation, a skip, upsampling: a plan of many phases. */
  public static Graph residual() {
    GraphBuilder b = new GraphBuilder(Shape.of(1, 28, 28));
    Value v = b.add("conv1", new Conv(Shape.of(1, 28, 28), 6, 3, 2, 1, false), b.input());
    v = layer(b, "batchnorm", "norm1", Map.of(), v);
    v = b.add("relu1", Pointwise.relu(v.shape()), v);
    Value w = b.add("conv2", new Conv(v.shape(), 6, 3, 1, 1, false), v);
    w = layer(b, "batchnorm", "norm2", Map.of(), w);
    v = b.add("add1", Pointwise.add(v.shape()), v, w);
    v = b.add("maxpool1", new MaxPool(new Window(v.shape(), 2, 2, 0)), v);
    v = layer(b, "upsample", "upsample1", Map.of("factor", 2), v);
    v = layer(b, "groupnorm", "norm3", Map.of("groups", 3), v);
    v = layer(b, "avgpool", "avgpool1", Map.of("size", "global"), v);
    v = b.add("flatten1", new Reshape(v.shape(), v.shape().flat()), v);
    v = layer(b, "layernorm", "norm4", Map.of(), v);
    return b.build(b.add("dense1", new Dense(6, 10, true), v));
  }

  /** A small transformer without attention: all that works at the places of a sequence. */
  static Graph sequence() {
    GraphBuilder b = new GraphBuilder(Shape.of(6));
    Value v = b.add("embed1", new Embed(Shape.of(6), 5, 4), b.input());
    v = layer(b, "positions", "positions1", Map.of(), v);
    for (int i = 1; i <= 2; i++) {
      Value w = layer(b, "layernorm", "norm" + i, Map.of(), v);
      w = b.add("wide" + i, EachPlace.of(new Dense(4, 7, true), 6), w);
      w = b.add("tanh" + i, Pointwise.tanh(w.shape()), w);
      w = b.add("dropout" + i, new Dropout(w.shape(), 0.2, false), w);
      w = b.add("narrow" + i, EachPlace.of(new Dense(7, 4, true), 6), w);
      v = b.add("add" + i, Pointwise.add(v.shape()), v, w);
    }
    v = layer(b, "sine_positions", "waves", Map.of(), v);
    Value mean = layer(b, "avgpool", "mean", Map.of("to", 1), v);
    Value last = layer(b, "last", "last", Map.of(), v);
    v = b.add("add", Pointwise.add(last.shape()), b.add("flatten", new Reshape(mean.shape(), last.shape()), mean), last);
    return b.build(b.add("dense1", new Dense(4, 3, true), v));
  }

  /** The gradients of its two middle matrices are computed once for the batch. */
  static LossGraph large() {
    GraphBuilder b = new GraphBuilder(Shape.of(4));
    Value v = b.add("dense1", new Dense(4, 1024, true), b.input());
    v = b.add("relu1", Pointwise.relu(v.shape()), v);
    v = b.add("dense2", new Dense(1024, 1024, true), v);
    v = b.add("relu2", Pointwise.relu(v.shape()), v);
    v = b.add("dense3", new Dense(1024, 1027, false), v);
    return Differentiation.of(b.build(b.add("dense4", new Dense(1027, 3, true), v)), new CrossEntropy(3));
  }

  /** More weights than have sums of their own for each lane: rows of outputs that are whole slices, and that are not. */
  static LossGraph manyWeights() {
    GraphBuilder b = new GraphBuilder(Shape.of(2, 4, 5));
    Value v = b.add("conv1", new Conv(Shape.of(2, 4, 5), 94, 3, 1, 1, true), b.input());
    v = b.add("relu1", Pointwise.relu(v.shape()), v);
    v = b.add("conv2", new Conv(v.shape(), 98, 3, 2, 1, true), v);
    v = b.add("relu2", Pointwise.relu(v.shape()), v);
    v = b.add("conv3", new Conv(v.shape(), 713, 1, 1, 0, false), v);
    v = b.add("flatten1", new Reshape(v.shape(), v.shape().flat()), v);
    return Differentiation.of(b.build(b.add("dense1", new Dense(v.shape().size(), 3, true), v)), new CrossEntropy(3));
  }

  /** A plan of many phases, whose convolutions keep nothing from block to block. */
  static LossGraph normed() {
    GraphBuilder b = new GraphBuilder(Shape.of(2, 5, 5));
    Value v = b.input();
    for (int i = 1; i <= 3; i++) {
      v = b.add("conv" + i, new Conv(v.shape(), 9, 3, 1, i % 2, false), v);
      v = layer(b, "batchnorm", "norm" + i, Map.of(), v);
      v = b.add("relu" + i, Pointwise.relu(v.shape()), v);
    }
    v = b.add("flatten1", new Reshape(v.shape(), v.shape().flat()), v);
    return Differentiation.of(b.build(b.add("dense1", new Dense(v.shape().size(), 3, true), v)), new CrossEntropy(3));
  }

  static Value layer(GraphBuilder b, String layer, String name, Map<String, Object> arguments, Value in) {
    Layer found = Layers.named(layer).orElseThrow();
    return b.add(name, found.bind(Arguments.of(found.signature(), arguments), in.shape()), in);
  }

  static LossGraph classic() {
    return Differentiation.of(PoolingFirst.of(classicCnn(true)), new CrossEntropy(10));
  }

  /** Odd sizes: the pooling drops a row and a column; nothing is fused behind the padded convolution. */
  static LossGraph withoutPadding() {
    GraphBuilder b = new GraphBuilder(Shape.of(2, 9, 11));
    Value v = b.add("conv1", new Conv(Shape.of(2, 9, 11), 3, 3, 1, 0, true), b.input());
    v = b.add("maxpool1", new MaxPool(new Window(v.shape(), 2, 2, 0)), v);
    v = b.add("conv2", new Conv(v.shape(), 4, 3, 1, 1, true), v);
    v = b.add("relu1", Pointwise.relu(v.shape()), v);
    v = b.add("flatten1", new Reshape(v.shape(), v.shape().flat()), v);
    return Differentiation.of(b.build(b.add("dense1", new Dense(v.shape().size(), 5, true), v)), new CrossEntropy(5));
  }

  /** Convolutions before max pooling, with borders, strides, large windows and more channels than lanes. */
  static LossGraph pooled() {
    GraphBuilder b = new GraphBuilder(Shape.of(9, 10, 11));
    Value v = b.add("conv1", new Conv(Shape.of(9, 10, 11), 18, 3, 1, 1, true), b.input());
    v = b.add("maxpool1", new MaxPool(new Window(v.shape(), 2, 2, 0)), v);
    v = b.add("relu1", Pointwise.relu(v.shape()), v);
    v = b.add("conv2", new Conv(v.shape(), 5, 2, 1, 2, false), v);
    v = b.add("dropout1", new Dropout(v.shape(), 0.5, true), v);
    v = b.add("maxpool2", new MaxPool(new Window(v.shape(), 3, 3, 0)), v);
    v = b.add("conv3", new Conv(v.shape(), 8, 2, 1, 1, true), v);
    v = b.add("conv4", new Conv(v.shape(), 3, 2, 2, 1, true), v);
    v = b.add("maxpool3", new MaxPool(new Window(v.shape(), 2, 2, 0)), v);
    v = b.add("flatten1", new Reshape(v.shape(), v.shape().flat()), v);
    Graph graph = b.build(b.add("dense1", new Dense(v.shape().size(), 5, true), v));
    return Differentiation.of(PoolingFirst.of(graph), new CrossEntropy(5));
  }

  /** Dropout of channels behind convolutions and max pooling: several groups of positions, odd sizes, with and without bias and relu. */
  static LossGraph dropped(int height, int width, int kernel, double p, boolean plain) {
    GraphBuilder b = new GraphBuilder(Shape.of(3, height, width));
    Value v = b.add("conv1", new Conv(Shape.of(3, height, width), 19, kernel, 1, 0, !plain), b.input());
    v = plain ? v : b.add("relu1", Pointwise.relu(v.shape()), v);
    v = b.add("maxpool1", new MaxPool(new Window(v.shape(), 2, 2, 0)), v);
    v = b.add("dropout1", new Dropout(v.shape(), p, true), v);
    v = b.add("flatten1", new Reshape(v.shape(), v.shape().flat()), v);
    Graph graph = b.build(b.add("dense1", new Dense(v.shape().size(), 5, true), v));
    return Differentiation.of(PoolingFirst.of(graph), new CrossEntropy(5));
  }

  /** The same behind a convolution in groups: each sees half of the channels. */
  static LossGraph droppedGroups() {
    GraphBuilder b = new GraphBuilder(Shape.of(8, 10, 10));
    Value v = b.add("conv1", new Conv(Shape.of(8, 10, 10), 24, new Taps(3, 1, 0, 1), 2, true), b.input());
    v = b.add("maxpool1", new MaxPool(new Window(v.shape(), 2, 2, 0)), v);
    v = b.add("dropout1", new Dropout(v.shape(), 0.5, true), v);
    v = b.add("flatten1", new Reshape(v.shape(), v.shape().flat()), v);
    Graph graph = b.build(b.add("dense1", new Dense(v.shape().size(), 5, true), v));
    return Differentiation.of(PoolingFirst.of(graph), new CrossEntropy(5));
  }

  /** A table that is looked up, and turned round gives the scores: its gradient is whole. */
  static LossGraph tied() {
    GraphBuilder b = new GraphBuilder(Shape.of(3));
    Embed embed = new Embed(Shape.of(3), 5, 6);
    Value v = b.add("embed1", embed, b.input());
    v = b.add("mean", Reduce.mean(v.shape(), 6), v);
    v = b.add("tanh", Pointwise.tanh(v.shape()), v);
    return Differentiation.of(b.build(b.share("tied", "embed1", new Dense(6, 5, false), v)), new CrossEntropy(5));
  }

  /** Two tables, one of which is looked up twice. */
  static LossGraph lookedUpTwice() {
    GraphBuilder b = new GraphBuilder(Shape.of(2));
    Embed embed = new Embed(Shape.of(2), 5, 6);
    Value once = b.add("embed1", embed, b.input());
    Value twice = b.share("share1", "embed1", embed, b.input());
    Value other = b.add("embed2", embed, b.input());
    Value v = b.add("mul", Pointwise.mul(once.shape(), 3), once, twice, other);
    v = b.add("flatten", new Reshape(v.shape(), v.shape().flat()), v);
    return Differentiation.of(b.build(b.add("dense1", new Dense(12, 3, true), v)), new CrossEntropy(3));
  }

  /** Many channels before max pooling: whole squares of channels, and some left over. */
  static LossGraph wide() {
    GraphBuilder b = new GraphBuilder(Shape.of(70, 6, 5));
    Value v = b.add("conv1", new Conv(Shape.of(70, 6, 5), 34, 1, 1, 0, true), b.input());
    v = b.add("conv2", new Conv(v.shape(), 6, 3, 1, 1, true), v);
    v = b.add("maxpool1", new MaxPool(new Window(v.shape(), 2, 2, 0)), v);
    v = b.add("flatten1", new Reshape(v.shape(), v.shape().flat()), v);
    return Differentiation.of(b.build(b.add("dense1", new Dense(v.shape().size(), 3, true), v)), new CrossEntropy(3));
  }

  /** A skip: the second layer's input is also added to its output, and what is added is read once more. */
  static LossGraph branched() {
    GraphBuilder b = new GraphBuilder(Shape.of(4));
    Value h = b.add("dense1", new Dense(4, 5, true), b.input());
    Value t = b.add("tanh1", Pointwise.tanh(h.shape()), h);
    Value d = b.add("dense2", new Dense(5, 5, true), t);
    Value sum = b.add("add1", Pointwise.add(d.shape()), d, t);
    Value s = b.add("sigmoid1", Pointwise.sigmoid(sum.shape()), sum);
    Value twice = b.add("add2", Pointwise.add(sum.shape()), s, sum);
    return Differentiation.of(b.build(b.add("dense3", new Dense(5, 3, true), twice)), new CrossEntropy(3));
  }

  /** Formulas one after the other, one of which reads a value twice. */
  static LossGraph chained() {
    GraphBuilder b = new GraphBuilder(Shape.of(4));
    Value h = b.add("dense1", new Dense(4, 5, true), b.input());
    Value s = b.add("sigmoid1", Pointwise.sigmoid(h.shape()), h);
    Value t = b.add("tanh1", Pointwise.tanh(h.shape()), s);
    Value sum = b.add("add1", Pointwise.add(h.shape()), t, s);
    return Differentiation.of(b.build(b.add("dense2", new Dense(5, 3, true), sum)), new CrossEntropy(3));
  }
}
