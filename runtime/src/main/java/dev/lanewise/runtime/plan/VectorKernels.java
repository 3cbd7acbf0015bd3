package dev.lanewise.runtime.plan;

import dev.lanewise.runtime.graph.Node;
import dev.lanewise.runtime.kernel.ConvForward;
import dev.lanewise.runtime.kernel.ConvInputGradient;
import dev.lanewise.runtime.kernel.ConvShape;
import dev.lanewise.runtime.kernel.ConvWeightGradient;
import dev.lanewise.runtime.kernel.CrossEntropyKernel;
import dev.lanewise.runtime.kernel.DepthwiseTaps;
import dev.lanewise.runtime.kernel.DepthwiseWeightGradient;
import dev.lanewise.runtime.kernel.DropoutMask;
import dev.lanewise.runtime.kernel.KeptConv;
import dev.lanewise.runtime.kernel.LaneOuterProduct;
import dev.lanewise.runtime.kernel.LaneProduct;
import dev.lanewise.runtime.kernel.LaneSums;
import dev.lanewise.runtime.kernel.Lanes;
import dev.lanewise.runtime.kernel.MaxPoolKernel;
import dev.lanewise.runtime.kernel.PointwiseKernel;
import dev.lanewise.runtime.kernel.PoolShape;
import dev.lanewise.runtime.kernel.ResampleKernel;
import dev.lanewise.runtime.kernel.Rows;
import dev.lanewise.runtime.kernel.SoftmaxKernel;
import dev.lanewise.runtime.kernel.WindowWeightGradient;
import dev.lanewise.runtime.kernel.WinnersGradient;
import dev.lanewise.runtime.kernel.WinnersLayout;
import dev.lanewise.runtime.operation.ChannelSum;
import dev.lanewise.runtime.operation.Concat;
import dev.lanewise.runtime.operation.Conv;
import dev.lanewise.runtime.operation.CrossEntropy;
import dev.lanewise.runtime.operation.Dense;
import dev.lanewise.runtime.operation.Dropout;
import dev.lanewise.runtime.operation.Fused;
import dev.lanewise.runtime.operation.LogSoftmax;
import dev.lanewise.runtime.operation.MaxPool;
import dev.lanewise.runtime.operation.OneHot;
import dev.lanewise.runtime.operation.Operation;
import dev.lanewise.runtime.operation.Pointwise;
import dev.lanewise.runtime.operation.PooledConvGradient;
import dev.lanewise.runtime.operation.Reduce;
import dev.lanewise.runtime.operation.Resample;
import dev.lanewise.runtime.operation.Reshape;
import dev.lanewise.runtime.operation.Running;
import dev.lanewise.runtime.operation.SharedSum;
import dev.lanewise.runtime.operation.Softmax;
import dev.lanewise.runtime.operation.Spread;
import dev.lanewise.runtime.operation.Value;
import dev.lanewise.runtime.operation.Window;
import dev.lanewise.runtime.symbolic.Term;
import dev.lanewise.runtime.tensor.Memory;
import dev.lanewise.runtime.tensor.Shape;
import java.util.List;

/** Binds every operation to its Vector API kernel. */
final class VectorKernels implements Kernels {
  private static final int LANES = Lanes.BLOCK;

  private final Placement placement;
  private final BatchSteps batch;
  private int arenaEnd;
  private int packedEnd = Memory.BASE;
  private int placesEnd;

  VectorKernels(Placement placement) {
    this.placement = placement;
    this.batch = new BatchSteps(placement);
    this.arenaEnd = placement.end();
  }

  /** Values (not lanes) of working memory that the kernel of an operation needs besides its inputs and outputs. */
  static int scratch(Operation operation) {
    return switch (operation) {
      case Dense.WeightGradient(Dense of) -> LaneOuterProduct.scratchSize(of.in());
      case Conv conv when isDepthwise(conv) -> 0;
      case Conv.InputGradient(Conv of) when isDepthwise(of) -> DepthwiseTaps.scratchSize(channels(of));
      case Conv.WeightGradient(Conv of) when hasDepthwiseGradient(of) -> DepthwiseWeightGradient.scratchSize(channels(of));
      case Conv conv -> ConvForward.scratchSize(shape(conv));
      case Fused(List<Operation> parts) when dropsChannels(parts) -> KeptConv.scratchSize(shape((Conv) parts.getFirst()));
      case Fused(List<Operation> parts) -> scratch(parts.getFirst());
      case Conv.InputGradient(Conv of) -> ConvInputGradient.scratchSize(shape(of));
      case Conv.WeightGradient(Conv of) -> ConvWeightGradient.scratchSize(shape(of));
      case PooledConvGradient g when layout(g).pays() -> layout(g).scratchSize();
      default -> 0;
    };
  }

  /** The lane sums of weight gradients lie behind the values. */
  @Override
  public int arenaEnd() {
    return arenaEnd;
  }

  @Override
  public int packedEnd() {
    return packedEnd;
  }

  @Override
  public int placesEnd() {
    return placesEnd;
  }

  private int pack(int floats) {
    int at = packedEnd;
    packedEnd += (floats + LANES - 1) / LANES * LANES;
    return at;
  }

  @Override
  public Stage bind(Node n) {
    IdleCalls.of(n.operation());
    return switch (n.operation()) {
      case Conv conv -> conv(n, conv, false, Term.variable("x"));
      case Fused(List<Operation> parts) -> fused(n, parts);
      case Conv.InputGradient(Conv of) -> convInputGradient(n, of);
      case Conv.WeightGradient(Conv of) -> convWeightGradient(n, of);
      case PooledConvGradient gradient -> pooledConvGradient(n, gradient);
      case Dense dense -> dense(n, dense);
      case Dense.InputGradient(Dense of) -> denseInputGradient(n, of);
      case Dense.WeightGradient(Dense of) -> denseWeightGradient(n, of);
      case ChannelSum sum -> channelSum(n, sum);
      case MaxPool(Window w) -> {
        PoolShape shape = pool(w);
        int x = in(n, 0), y = out(n, 0), argmax = out(n, 1);
        yield stage(n, f -> MaxPoolKernel.forward(shape, f.arena, x, f.arena, y, f.arena, argmax));
      }
      case MaxPool.Gradient(Window w) -> {
        PoolShape shape = pool(w);
        int dy = in(n, 0), argmax = in(n, 1), dx = out(n, 0);
        yield stage(n, f -> MaxPoolKernel.gradient(shape, f.arena, dy, f.arena, argmax, f.arena, dx));
      }
      case Resample r -> {
        ResampleKernel kernel = new ResampleKernel(r.in().channels(), r.rows(), r.columns());
        int x = in(n, 0), y = out(n, 0);
        yield stage(n, f -> kernel.run(f.arena, x, f.arena, y));
      }
      case Pointwise pointwise -> pointwise(n, pointwise);
      case Concat concat -> concat(n, concat);
      case Concat.Part part -> {
        int from = in(n, 0) + part.begin() * LANES, to = out(n, 0), count = n.output().shape().size() * LANES;
        yield stage(n, f -> System.arraycopy(f.arena, from, f.arena, to, count));
      }
      case Dropout.Mask(Shape shape, double p) -> {
        int mask = out(n, 0), count = shape.size() * LANES;
        yield stage(n, f -> DropoutMask.fill(f.arena, mask, count, Keys.of(n, f), (float) p));
      }
      case Dropout d -> throw new IllegalArgumentException(n + " must be taken apart first");
      case Reshape r -> stage(n, f -> {});
      case Softmax(int classes) -> {
        int x = in(n, 0), y = out(n, 0);
        yield stage(n, f -> SoftmaxKernel.softmax(f.arena, x, classes, f.arena, y));
      }
      case Softmax.Gradient(int classes) -> {
        int y = in(n, 0), dy = in(n, 1), dx = out(n, 0);
        yield stage(n, f -> SoftmaxKernel.softmaxGradient(f.arena, y, f.arena, dy, classes, f.arena, dx));
      }
      case LogSoftmax(int classes) -> {
        int x = in(n, 0), y = out(n, 0);
        yield stage(n, f -> SoftmaxKernel.logSoftmax(f.arena, x, classes, f.arena, y));
      }
      case LogSoftmax.Gradient(int classes) -> {
        int y = in(n, 0), dy = in(n, 1), dx = out(n, 0);
        yield stage(n, f -> SoftmaxKernel.logSoftmaxGradient(f.arena, y, f.arena, dy, classes, f.arena, dx));
      }
      case CrossEntropy(int classes) -> {
        int x = in(n, 0), label = in(n, 1), loss = out(n, 0);
        yield stage(n, f -> CrossEntropyKernel.forward(f.arena, x, classes, f.arena, label, f.arena, loss));
      }
      case CrossEntropy.Gradient(int classes) -> {
        int x = in(n, 0), label = in(n, 1), dLoss = in(n, 2), dx = out(n, 0);
        yield stage(
            n, f -> CrossEntropyKernel.gradient(f.arena, x, classes, f.arena, label, f.arena, dLoss, f.arena, dx));
      }
      case OneHot hot -> {
        int label = in(n, 0), y = out(n, 0);
        float[] right = new float[hot.count()], wrong = new float[hot.count()];
        for (int i = 0; i < hot.count(); i++) {
          right[i] = (float) (hot.weight(i) * hot.right());
          wrong[i] = (float) (hot.weight(i) * hot.wrong());
        }
        yield stage(n, f -> Rows.oneHot(f.arena, label, right, wrong, f.arena, y));
      }
      case Reduce reduce -> {
        int x = in(n, 0), y = out(n, 0), groups = reduce.groups(), per = reduce.perGroup();
        float factor = (float) reduce.factor();
        yield stage(n, f -> LaneSums.groups(f.arena, x, groups, per, factor, f.arena, y));
      }
      case Running running -> new Stage(n, n.operation().name()).batch(batch.running(n, running));
      case SharedSum _ -> new Stage(n, n.operation().name());
      case Spread(Shape shape) -> {
        int x = in(n, 0), y = out(n, 0), count = shape.size();
        yield placement.isOfBatch(n.inputs().getFirst())
            ? stage(n, f -> Rows.broadcast(f.batch, x, count, f.arena, y))
            : stage(n, f -> Rows.broadcast(f.parameters, x, count, f.arena, y));
      }
    };
  }

  private static Stage stage(Node node, Step step) {
    return new Stage(node, node.operation().name()).block(step);
  }

  private int in(Node node, int index) {
    return placement.at(node.inputs().get(index));
  }

  private int out(Node node, int index) {
    return placement.at(node.outputs().get(index));
  }

  static PoolShape pool(Window w) {
    return new PoolShape(w.in().channels(), w.rows(), w.columns());
  }

  /** A group of a convolution. */
  static ConvShape shape(Conv c) {
    return shape(c, c.groupIn(), c.groupOut());
  }

  /** All channels of a depthwise convolution. */
  private static ConvShape channels(Conv c) {
    return shape(c, c.in().channels(), c.channels());
  }

  private static ConvShape shape(Conv c, int in, int out) {
    return new ConvShape(
        in, c.in().height(), c.in().width(), out, c.kernelHeight(), c.kernel(), c.stride(), c.padding(), c.rowPadding(),
        c.dilation());
  }

  /** Whether each channel has a kernel of its own, of a size that the kernels for that know. */
  static boolean isDepthwise(Conv c) {
    return c.groups() > 1 && c.groups() == c.in().channels() && DepthwiseTaps.fits(channels(c));
  }

  /** Whether the kernel for its weights' gradient is one for depthwise convolutions too. */
  static boolean hasDepthwiseGradient(Conv c) {
    return isDepthwise(c) && DepthwiseWeightGradient.pays(channels(c));
  }

  private Stage fused(Node node, List<Operation> parts) {
    Conv conv = (Conv) parts.getFirst();
    boolean pool = parts.get(1) instanceof MaxPool;
    if (dropsChannels(parts)) {
      return keptConv(node, conv, parts);
    }
    Term activation = parts.getLast() instanceof Pointwise p ? p.formula() : Term.variable("x");
    return conv(node, conv, pool, activation);
  }

  /** Whether pooling is followed by the product of a dropout. */
  private static boolean dropsChannels(List<Operation> parts) {
    return parts.size() > 2 && parts.get(2) instanceof Pointwise p && p.groups() > 0;
  }

  private Stage keptConv(Node node, Conv conv, List<Operation> parts) {
    Term activation = ((Pointwise) parts.get(2)).formula();
    if (parts.size() > 3) {
      activation = ((Pointwise) parts.get(3)).formula().replace(Term.variable("x"), activation);
    }
    KeptConv kernel = new KeptConv(shape(conv), conv.bias(), activation);
    int weight = in(node, 1), bias = conv.bias() ? in(node, 2) : 0, factor = in(node, conv.bias() ? 3 : 2);
    int packed = pack(kernel.packedSize());
    KeptConv.Places at =
        new KeptConv.Places(in(node, 0), packed, bias, factor, out(node, 0), out(node, 1), placement.scratchAt(node));
    placesEnd = Math.max(placesEnd, kernel.placesSize());
    return stage(node, f -> kernel.run(f.arena, f.packed, f.parameters, f.places, at))
        .pack(f -> kernel.pack(f.parameters, weight, f.packed, packed))
        .generated(kernel.generated());
  }

  private Stage conv(Node node, Conv conv, boolean pool, Term activation) {
    if (isDepthwise(conv)) {
      return depthwise(node, conv, activation);
    }
    ConvForward kernel = new ConvForward(shape(conv), conv.bias(), pool, activation);
    int groups = conv.groups(), packed = pack(groups * kernel.packedSize());
    int x = in(node, 0), weight = in(node, 1), bias = conv.bias() ? in(node, 2) : 0;
    int y = out(node, 0), argmax = pool ? out(node, 1) : 0, scratch = placement.scratchAt(node);
    int xs = part(node.inputs().getFirst(), groups), ys = part(node.output(), groups), ws = kernel.packedSize();
    int bs = conv.groupOut();
    return stage(node, f -> {
          for (int g = 0; g < groups; g++) {
            kernel.run(f.arena, x + g * xs, f.packed, packed + g * ws, f.parameters, bias + g * bs, f.arena, y + g * ys, f.arena,
                argmax + g * ys, f.arena, scratch);
          }
        })
        .pack(f -> {
          for (int g = 0; g < groups; g++) {
            kernel.pack(f.parameters, weight + g * ws, f.packed, packed + g * ws);
          }
        })
        .generated(kernel.generated());
  }

  /** The floats of a group of a value's channels. */
  private static int part(Value value, int groups) {
    return value.shape().size() / groups * LANES;
  }

  private Stage depthwise(Node node, Conv conv, Term activation) {
    DepthwiseTaps kernel = DepthwiseTaps.forward(channels(conv), conv.bias(), activation);
    int x = in(node, 0), w = in(node, 1), bias = conv.bias() ? in(node, 2) : 0;
    int y = out(node, 0), scratch = placement.scratchAt(node);
    return stage(node, f -> kernel.run(f.arena, x, f.parameters, w, f.parameters, bias, f.arena, y, f.arena, scratch))
        .generated(kernel.generated());
  }

  private Stage convInputGradient(Node node, Conv of) {
    int dy = in(node, 0), weight = in(node, 1), dx = out(node, 0), scratch = placement.scratchAt(node);
    if (isDepthwise(of)) {
      DepthwiseTaps kernel = DepthwiseTaps.inputGradient(channels(of));
      return stage(node, f -> kernel.run(f.arena, dy, f.parameters, weight, f.parameters, 0, f.arena, dx, f.arena, scratch))
          .generated(kernel.generated());
    }
    ConvInputGradient kernel = new ConvInputGradient(shape(of));
    int groups = of.groups(), packed = pack(groups * kernel.packedSize());
    int ys = part(node.inputs().getFirst(), groups), xs = part(node.output(), groups), ws = kernel.packedSize();
    return stage(node, f -> {
          for (int g = 0; g < groups; g++) {
            kernel.run(f.arena, dy + g * ys, f.packed, packed + g * ws, f.arena, dx + g * xs, f.arena, scratch);
          }
        })
        .pack(f -> {
          for (int g = 0; g < groups; g++) {
            kernel.pack(f.parameters, weight + g * ws, f.packed, packed + g * ws);
          }
        })
        .generated(kernel.generated());
  }

  private Stage convWeightGradient(Node node, Conv of) {
    int x = in(node, 0), dy = in(node, 1);
    if (hasDepthwiseGradient(of)) {
      DepthwiseWeightGradient kernel = new DepthwiseWeightGradient(channels(of));
      int scratch = placement.scratchAt(node);
      return laneSums(node, (f, sums) -> kernel.run(f.arena, x, f.arena, dy, f.arena, sums, f.arena, scratch))
          .generated(kernel.generated());
    }
    ConvWeightGradient kernel = new ConvWeightGradient(shape(of));
    int groups = of.groups(), ws = node.output().shape().size() / groups * LANES;
    int xs = part(node.inputs().getFirst(), groups), ys = part(node.inputs().getLast(), groups);
    int scratch = placement.scratchAt(node);
    return laneSums(node, (f, sums) -> {
      for (int g = 0; g < groups; g++) {
        kernel.run(f.arena, x + g * xs, f.arena, dy + g * ys, f.arena, sums + g * ws, f.arena, scratch);
      }
    }).generated(kernel.generated());
  }

  private static WinnersLayout layout(PooledConvGradient g) {
    return new WinnersLayout(shape(g.of()), pool(g.pool().window()), g.input());
  }

  private Stage pooledConvGradient(Node node, PooledConvGradient g) {
    int dy = in(node, 0), argmax = in(node, 1), x = in(node, 2);
    WinnersLayout layout = layout(g);
    if (!layout.pays()) {
      WindowWeightGradient kernel = new WindowWeightGradient(shape(g.of()));
      return laneSums(node, (f, sums) -> kernel.run(f.arena, x, f.arena, dy, f.arena, argmax, f.arena, sums))
          .generated(kernel.generated());
    }
    WinnersGradient kernel = new WinnersGradient(layout);
    int sums = arenaEnd, gradient = out(node, 0);
    int dx = g.input() ? out(node, 1) : 0, scratch = placement.scratchAt(node);
    arenaEnd = Math.addExact(arenaEnd, layout.packedSize());
    placesEnd = Math.max(placesEnd, layout.placesSize());
    int packed = pack(g.input() ? layout.packedSize() : 0);
    Stage stage =
        stage(node, f -> kernel.run(f.arena, x, dy, argmax, f.packed, packed, sums, dx, scratch, f.places))
            .end(f -> kernel.collect(f.arena, sums, f.gradients, gradient))
            .generated(kernel.generated());
    if (g.input()) {
      int weight = in(node, 3);
      stage.pack(f -> kernel.pack(f.parameters, weight, f.packed, packed));
    }
    return stage;
  }

  private Stage channelSum(Node node, ChannelSum sum) {
    int dy = in(node, 0), channels = sum.sum().size(), per = sum.perChannel();
    if (placement.isOfBatch(node.output())) {
      int sums = arenaEnd;
      arenaEnd = Math.addExact(arenaEnd, channels * LANES);
      return stage(node, f -> LaneSums.groups(f.arena, dy, channels, per, 1, f.arena, sums))
          .batch(BatchSteps.laneSums(sums, channels, out(node, 0)));
    }
    return laneSums(node, (f, sums) -> LaneSums.rows(f.arena, dy, channels, per, f.arena, sums));
  }

  /** A kernel that adds to sums kept apart for each lane. */
  private interface LaneKernel {
    void run(Frame frame, int sums);
  }

  /**
   * Blocks add to lane sums; the end of the shard adds the lanes, in one fixed order, and clears the sums for the
   * next shard.
   */
  private Stage laneSums(Node node, LaneKernel kernel) {
    LaneSums.prepare();
    int count = node.output().shape().size();
    int sums = arenaEnd;
    int gradient = out(node, 0);
    arenaEnd = Math.addExact(arenaEnd, count * LANES);
    return stage(node, f -> kernel.run(f, sums))
        .end(f -> LaneSums.collect(f.arena, sums, count, f.gradients, gradient));
  }

  private Stage dense(Node node, Dense dense) {
    int x = in(node, 0), weight = in(node, 1), bias = dense.bias() ? in(node, 2) : 0, y = out(node, 0);
    LaneProduct kernel = LaneProduct.by(dense.out(), dense.in(), dense.bias());
    return stage(node, f -> kernel.run(f.arena, x, f.parameters, weight, f.parameters, bias, f.arena, y))
        .generated(kernel.generated());
  }

  private Stage denseInputGradient(Node node, Dense of) {
    int dy = in(node, 0), weight = in(node, 1), dx = out(node, 0);
    LaneProduct kernel = LaneProduct.byTransposed(of.in(), of.out());
    return stage(node, f -> kernel.run(f.arena, dy, f.parameters, weight, f.parameters, 0, f.arena, dx))
        .generated(kernel.generated());
  }

  private Stage denseWeightGradient(Node node, Dense of) {
    int x = in(node, 0), dy = in(node, 1), gradient = out(node, 0), scratch = placement.scratchAt(node);
    LaneOuterProduct kernel = new LaneOuterProduct(of.out(), of.in());
    return stage(node, f -> kernel.run(f.arena, dy, f.arena, x, f.gradients, gradient, f.arena, scratch))
        .generated(kernel.generated());
  }

  private Stage concat(Node node, Concat concat) {
    Stage stage = new Stage(node, concat.name());
    int at = out(node, 0);
    for (Value input : node.inputs()) {
      int from = placement.at(input), to = at, count = input.shape().size() * LANES;
      stage.block(f -> System.arraycopy(f.arena, from, f.arena, to, count));
      at += count;
    }
    return stage;
  }

  private Stage pointwise(Node node, Pointwise p) {
    return pointwise(node, p, node.inputs());
  }

  /** The kernel reads and writes the block's values wherever they lie. */
  private Stage pointwise(Node node, Pointwise p, List<Value> inputs) {
    List<PointwiseKernel.Input> in =
        p.arguments().stream().map(a -> new PointwiseKernel.Input(a.name(), p.isPerGroup(a))).toList();
    int groups = Math.max(1, p.groups());
    int[] at = inputs.stream().mapToInt(placement::at).toArray();
    int[] sizes = PointwiseKernel.sizes(groups, p.shape().size() / groups, out(node, 0), at);
    PointwiseKernel kernel = new PointwiseKernel(p.formula(), in);
    return stage(node, f -> kernel.run(f.arena, sizes)).generated(kernel.generated());
  }
}
