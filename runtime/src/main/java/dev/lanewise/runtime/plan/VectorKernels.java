package dev.lanewise.runtime.plan;

import dev.lanewise.runtime.graph.Node;
import dev.lanewise.runtime.kernel.element.CrossEntropyKernel;
import dev.lanewise.runtime.kernel.element.DropoutMask;
import dev.lanewise.runtime.kernel.element.LayerNormKernel;
import dev.lanewise.runtime.kernel.element.NoiseKernel;
import dev.lanewise.runtime.kernel.lane.LaneSums;
import dev.lanewise.runtime.kernel.lane.Lanes;
import dev.lanewise.runtime.kernel.lane.Rows;
import dev.lanewise.runtime.kernel.product.AttendAcrossKernel;
import dev.lanewise.runtime.kernel.product.AttendKernel;
import dev.lanewise.runtime.kernel.product.BatchOuterProduct;
import dev.lanewise.runtime.kernel.product.ContrastKernel;
import dev.lanewise.runtime.kernel.product.LaneOuterProduct;
import dev.lanewise.runtime.kernel.table.RowKernel;
import dev.lanewise.runtime.kernel.window.MaxPoolKernel;
import dev.lanewise.runtime.kernel.window.PoolShape;
import dev.lanewise.runtime.kernel.window.ResampleKernel;
import dev.lanewise.runtime.kernel.window.WindowMaximum;
import dev.lanewise.runtime.operation.Attend;
import dev.lanewise.runtime.operation.AttendAcross;
import dev.lanewise.runtime.operation.ChannelSum;
import dev.lanewise.runtime.operation.Contrast;
import dev.lanewise.runtime.operation.Conv;
import dev.lanewise.runtime.operation.ConvAcross;
import dev.lanewise.runtime.operation.CrossEntropy;
import dev.lanewise.runtime.operation.Dense;
import dev.lanewise.runtime.operation.Dropout;
import dev.lanewise.runtime.operation.EachLane;
import dev.lanewise.runtime.operation.Embed;
import dev.lanewise.runtime.operation.EmbedDense;
import dev.lanewise.runtime.operation.Excerpt;
import dev.lanewise.runtime.operation.Fused;
import dev.lanewise.runtime.operation.Gather;
import dev.lanewise.runtime.operation.LastOf;
import dev.lanewise.runtime.operation.LayerNorm;
import dev.lanewise.runtime.operation.MaxPool;
import dev.lanewise.runtime.operation.Noise;
import dev.lanewise.runtime.operation.Operation;
import dev.lanewise.runtime.operation.Place;
import dev.lanewise.runtime.operation.Pointwise;
import dev.lanewise.runtime.operation.PooledConvGradient;
import dev.lanewise.runtime.operation.Resample;
import dev.lanewise.runtime.operation.Running;
import dev.lanewise.runtime.operation.Scan;
import dev.lanewise.runtime.operation.SharedSum;
import dev.lanewise.runtime.operation.Spread;
import dev.lanewise.runtime.operation.SpreadAcross;
import dev.lanewise.runtime.operation.Waves;
import dev.lanewise.runtime.plan.PlaceKernels.Spot;
import dev.lanewise.runtime.rewrite.KernelShapes;
import dev.lanewise.runtime.spec.Value;
import dev.lanewise.runtime.spec.Window;
import dev.lanewise.runtime.symbolic.Term;
import dev.lanewise.runtime.tensor.Memory;
import dev.lanewise.runtime.tensor.Shape;
import java.util.Arrays;
import java.util.List;

/** Binds every operation to its Vector API kernel. */
final class VectorKernels implements Kernels {
  private static final int LANES = Lanes.BLOCK;

  private final Placement placement;
  private final BatchSteps batch;
  private final StageBuilder stages;
  private final ConvKernels convolutions;

  VectorKernels(Placement placement) {
    this.placement = placement;
    this.batch = new BatchSteps(placement);
    this.stages = new StageBuilder(placement);
    this.convolutions = new ConvKernels(placement, stages);
  }

  /**
   * Values of working memory that the kernel of an operation needs besides its inputs and outputs.
   *
   * @param crosses whether each block of the batch has memory of its own, where nothing should lie for longer than needed
   */
  static int scratch(Operation operation, boolean crosses) {
    return switch (operation) {
      case Dense.WeightGradient(Dense of) -> LaneOuterProduct.scratchSize(of.in(), of.times());
      case Conv.WeightGradient(Conv of) -> ConvKernels.scratch(of, crosses);
      case Embed of -> RowKernel.scratchSize(of.size());
      case Embed.WeightGradient(Embed of) -> RowKernel.scratchSize(of.size());
      case EmbedDense of -> RowKernel.scratchSize(of.dense().out());
      case EmbedDense.Gradient(EmbedDense of) -> RowKernel.scratchSize(of.dense().out());
      case AttendAcross.Gradient(AttendAcross across) -> AttendAcrossKernel.scratchSize(across.of().places());
      case Attend.Gradient(Attend of) -> AttendKernel.scratchSize(of.places(), of.others());
      case LayerNorm.Gradient(LayerNorm of) -> LayerNormKernel.scratchSize(of.places(), of.size());
      case CrossEntropy _ -> LANES;
      case Scan scan -> Loop.scratchSize(scan);
      case Contrast _, Contrast.Gradient _ -> ContrastKernel.SCRATCH;
      case Conv _, Conv.InputGradient _, Fused _, PooledConvGradient _ -> ConvKernels.scratch(operation);
      default -> 0;
    };
  }

  @Override
  public int arenaEnd() {
    return stages.arenaEnd();
  }

  @Override
  public int packedEnd() {
    return stages.packedEnd();
  }

  @Override
  public int placesEnd() {
    return stages.placesEnd();
  }

  @Override
  public int keptEnd() {
    return stages.keptEnd();
  }

  @Override
  public Stage bind(Node n) {
    IdleCalls.of(n.operation());
    return switch (n.operation()) {
      case Conv conv -> convolutions.conv(n, conv, false, Term.variable("x"));
      case ConvAcross conv -> new ChannelStages(placement, stages).conv(n, conv, null);
      case Fused(List<Operation> parts) when parts.getFirst() instanceof ConvAcross conv -> new ChannelStages(placement, stages).conv(n, conv, (Pointwise) parts.getLast());
      case EachLane each -> ChannelStages.eachLane(stages, n, each);
      case Fused(List<Operation> parts) -> convolutions.fused(n, parts);
      case Conv.InputGradient(Conv of) -> convolutions.inputGradient(n, of);
      case Conv.WeightGradient(Conv of) -> convolutions.weightGradient(n, of);
      case PooledConvGradient gradient -> convolutions.pooledGradient(n, gradient);
      case Dense.WeightGradient(Dense of) -> denseWeightGradient(n, of);
      case AttendAcross across -> AttendStages.forward(stages, n, across);
      case AttendAcross.Gradient(AttendAcross across) -> AttendStages.backward(stages, n, across, placement.scratchAt(n));
      case SpreadAcross spread -> {
        int rows = stages.in(n, 0), y = stages.out(n, 0), groups = spread.each().dim(0), channels = spread.each().size() / groups;
        yield stages.stage(n, f -> Rows.across(f.parameters, rows, groups, channels, f.arena, y));
      }
      case SpreadAcross.Gradient(SpreadAcross of) -> {
        int dy = stages.in(n, 0), rows = stages.out(n, 0), groups = of.each().dim(0), channels = of.each().size() / groups;
        yield stages.stage(n, f -> Rows.addAcross(f.arena, dy, groups, channels, f.gradients, rows));
      }
      case Attend attend -> AttendStages.forward(stages, n, attend);
      case Attend.Gradient(Attend of) -> AttendStages.backward(stages, n, of, placement.scratchAt(n));
      case Embed embed -> embed(n, embed);
      case Embed.WeightGradient(Embed of) -> embedWeightGradient(n, of);
      case EmbedDense of -> TableStages.forward(stages, n, of, placement.scratchAt(n));
      case EmbedDense.Gradient(EmbedDense of) -> TableStages.backward(stages, n, of, placement.isOfTable(n.output()), placement.scratchAt(n));
      case Noise(Shape shape) -> {
        int y = stages.out(n, 0), count = shape.size();
        yield stages.stage(n, f -> NoiseKernel.fill(f.arena, y, count, Keys.of(n, f)));
      }
      case ChannelSum sum -> channelSum(n, sum);
      case MaxPool(Window w) -> {
        PoolShape shape = KernelShapes.pool(w);
        int x = stages.in(n, 0), y = stages.out(n, 0), argmax = stages.out(n, 1);
        if (WindowMaximum.fits(shape)) {
          WindowMaximum kernel = WindowMaximum.forward(shape);
          yield stages.stage(n, f -> kernel.run(f.arena, x, f.arena, y, f.arena, argmax)).generated(kernel.generated());
        }
        yield stages.stage(n, f -> MaxPoolKernel.forward(shape, f.arena, x, f.arena, y, f.arena, argmax));
      }
      case MaxPool.Gradient(Window w) -> {
        PoolShape shape = KernelShapes.pool(w);
        int dy = stages.in(n, 0), argmax = stages.in(n, 1), dx = stages.out(n, 0);
        if (WindowMaximum.gradientFits(shape)) {
          WindowMaximum kernel = WindowMaximum.gradient(shape);
          yield stages.stage(n, f -> kernel.run(f.arena, dx, f.arena, dy, f.arena, argmax)).generated(kernel.generated());
        }
        yield stages.stage(n, f -> MaxPoolKernel.gradient(shape, f.arena, dy, f.arena, argmax, f.arena, dx));
      }
      case Resample r -> {
        ResampleKernel kernel = new ResampleKernel(r.in().channels(), r.rows(), r.columns());
        int x = stages.in(n, 0), y = stages.out(n, 0);
        yield stages.stage(n, f -> kernel.run(f.arena, x, f.arena, y)).generated(kernel.generated());
      }
      case Dropout.Mask(Shape shape, double p, boolean turned) when turned -> {
        int mask = stages.out(n, 0), rows = shape.dim(0), columns = shape.dim(1);
        yield stages.stage(n, f -> DropoutMask.fillTurned(f.arena, mask, rows, columns, Keys.of(n, f), (float) p));
      }
      case Dropout.Mask(Shape shape, double p, boolean _) -> {
        int mask = stages.out(n, 0), count = shape.size() * LANES;
        yield stages.stage(n, f -> DropoutMask.fill(f.arena, mask, count, Keys.of(n, f), (float) p));
      }
      case Dropout d -> throw new IllegalArgumentException(n + " must be taken apart first");
      case LastOf(int places) -> {
        int x = stages.in(n, 0), y = stages.out(n, 0);
        yield stages.stage(n, f -> Rows.last(f.arena, x, places, f.arena, y));
      }
      case Waves waves -> {
        double[] exact = new double[waves.places() * waves.channels()];
        waves.evaluate(null, null, new double[][] {exact});
        float[] values = new float[exact.length];
        for (int i = 0; i < exact.length; i++) {
          values[i] = (float) exact[i];
        }
        int y = stages.out(n, 0);
        yield stages.stage(n, f -> Rows.broadcast(values, 0, values.length, f.arena, y));
      }
      case LayerNorm norm -> {
        int x = stages.in(n, 0), weight = stages.in(n, 1), bias = stages.in(n, 2), y = stages.out(n, 0), mean = stages.out(n, 1), scale = stages.out(n, 2);
        int places = norm.places(), size = norm.size();
        float eps = (float) norm.eps();
        yield stages.stage(n, f -> LayerNormKernel.forward(f.arena, x, places, size, eps, f.parameters, weight, f.parameters, bias, f.arena, y, f.arena, mean, f.arena, scale));
      }
      case LayerNorm.Gradient(LayerNorm norm) -> {
        int x = stages.in(n, 0), mean = stages.in(n, 1), scale = stages.in(n, 2), weight = stages.in(n, 3), dy = stages.in(n, 4);
        int dx = stages.out(n, 0), dWeight = stages.out(n, 1), dBias = stages.out(n, 2), scratch = placement.scratchAt(n), places = norm.places(), size = norm.size();
        yield stages.stage(n, f -> LayerNormKernel.gradient(
            f.arena, x, f.arena, mean, f.arena, scale, f.parameters, weight, f.arena, dy, places, size, f.arena, dx, f.arena, dWeight, f.arena, dBias, f.arena, scratch));
      }
      case CrossEntropy entropy -> {
        CrossEntropyKernel kernel = kernel(entropy);
        int x = stages.in(n, 0), label = stages.in(n, 1), loss = stages.out(n, 0), lost = placement.scratchAt(n);
        yield stages.stage(n, f -> kernel.forward(f.arena, x, f.arena, label, f.arena, loss, f.arena, lost));
      }
      case CrossEntropy.Gradient(CrossEntropy entropy) -> {
        CrossEntropyKernel kernel = kernel(entropy);
        int x = stages.in(n, 0), label = stages.in(n, 1), dLoss = stages.in(n, 2), dx = stages.out(n, 0);
        yield stages.stage(n, f -> kernel.gradient(f.arena, x, f.arena, label, f.arena, dLoss, f.arena, dx));
      }
      case Gather _ -> stages.stage(n, BatchSteps.gather(placement, n));
      case Place _ -> stages.stage(n, BatchSteps.place(placement, n));
      case Contrast contrast -> contrast(n, contrast, (float) (1 / contrast.temperature()));
      case Contrast.Gradient(Contrast of) -> contrastGradient(n, of, (float) (1 / of.temperature()));
      case Scan scan -> {
        Loop loop = Loop.bound(scan, at(n.inputs()), at(n.outputs()), placement.scratchAt(n), stages::pack);
        Stage stage = stages.stage(n, loop).generated(loop.generated());
        loop.pack().forEach(stage::pack);
        yield stage;
      }
      case Running running -> new Stage(n, n.operation().name()).batch(batch.running(n, running));
      case SharedSum _, Excerpt _, Excerpt.Gradient _ -> new Stage(n, n.operation().name());
      case Spread(Shape shape) -> {
        int x = stages.in(n, 0), y = stages.out(n, 0), count = shape.size();
        yield placement.isOfBatch(n.inputs().getFirst())
            ? stages.stage(n, f -> Rows.broadcast(f.batch, x, count, f.arena, y))
            : stages.stage(n, f -> Rows.broadcast(f.parameters, x, count, f.arena, y));
      }
      default -> ofExample(n);
    };
  }

  private int[] at(List<Value> values) {
    return values.stream().mapToInt(placement::at).toArray();
  }

  /** What works on the values of an example alone. */
  private Stage ofExample(Node node) {
    List<Spot> in = node.inputs().stream().map(v -> Spot.fixed(placement.at(v))).toList();
    List<Spot> out = node.outputs().stream().map(v -> Spot.fixed(placement.at(v))).toList();
    PlaceKernels.Bound bound = PlaceKernels.bind(node.operation(), in, out, 1).orElseThrow(() -> new IllegalArgumentException(node + " has no kernel"));
    PlaceKernels.Run run = bound.run();
    Step step = run.parts() == 1 ? f -> run.at(f, 0) : new Step() {
      @Override
      public void run(Frame f) {
        run.at(f, 0);
      }

      @Override
      public int parts() {
        return run.parts();
      }

      @Override
      public void run(Frame f, int part) {
        run.at(f, 0, part);
      }
    };
    return stages.stage(node, step).generated(bound.generated());
  }

  private Stage contrast(Node node, Contrast of, float scale) {
    int a = stages.in(node, 0), b = stages.in(node, 1), all = stages.in(node, 2), others = stages.in(node, 3), size = of.size();
    int loss = stages.out(node, 0), row = stages.out(node, 1), column = stages.out(node, 2);
    int stride = placement.rowSize(), scratch = placement.scratchAt(node), own = of.alike() ? stages.in(node, 5) : ContrastKernel.ALL;
    return stages.stage(node, f -> ContrastKernel.begin(f.arena, scratch))
        .block(f -> ContrastKernel.add(f.arena, a, size, scale, f.batch, others, stride, f.examples, ContrastKernel.ALL, f.arena, scratch))
        .block(f -> ContrastKernel.add(f.arena, a, size, scale, f.batch, all, stride, of.alike() ? f.examples : 0, own, f.arena, scratch))
        .block(f -> ContrastKernel.logSum(f.arena, row, f.arena, scratch))
        .block(f -> ContrastKernel.begin(f.arena, scratch))
        .block(f -> ContrastKernel.add(f.arena, b, size, scale, f.batch, all, stride, f.examples, ContrastKernel.ALL, f.arena, scratch))
        .block(f -> ContrastKernel.add(f.arena, b, size, scale, f.batch, others, stride, of.alike() ? f.examples : 0, own, f.arena, scratch))
        .block(f -> ContrastKernel.logSum(f.arena, column, f.arena, scratch))
        .block(f -> ContrastKernel.loss(f.arena, a, f.arena, b, size, scale, f.arena, row, f.arena, column, f.arena, loss));
  }

  private Stage contrastGradient(Node node, Contrast of, float scale) {
    int size = of.size(), stride = placement.rowSize(), scratch = placement.scratchAt(node), dx = stages.out(node, 0);
    ContrastKernel.Places places = new ContrastKernel.Places(
        stages.in(node, 0), stages.in(node, 1), stages.in(node, 2), stages.in(node, 3), stages.in(node, 4), dx);
    ContrastKernel.Rows partners = new ContrastKernel.Rows(stages.in(node, 5), stages.in(node, 6), stages.in(node, 7), ContrastKernel.ALL);
    Stage stage = stages.stage(node, f -> Arrays.fill(f.arena, dx, dx + size * LANES, 0))
        .block(f -> ContrastKernel.add(f.arena, places, size, scale, f.batch, partners, stride, f.examples, scratch));
    if (of.alike()) {
      ContrastKernel.Rows kin = new ContrastKernel.Rows(stages.in(node, 8), stages.in(node, 9), stages.in(node, 7), stages.in(node, 10));
      stage.block(f -> ContrastKernel.add(f.arena, places, size, scale, f.batch, kin, stride, f.examples, scratch));
    }
    return stage.block(f -> ContrastKernel.finish(f.arena, places, size, scale));
  }

  private static CrossEntropyKernel kernel(CrossEntropy of) {
    float[] right = new float[of.classes()], wrong = new float[of.classes()];
    for (int i = 0; i < of.classes(); i++) {
      right[i] = (float) (of.own(i) * (1 - of.smooth()));
      wrong[i] = (float) (of.own(i) * of.smooth() / of.classes());
    }
    return new CrossEntropyKernel(of.places(), right, wrong, of.ignore());
  }

  private Stage channelSum(Node node, ChannelSum sum) {
    int dy = stages.in(node, 0), channels = sum.sum().size(), per = sum.perChannel();
    if (placement.isOfBatch(node.output())) {
      int sums = stages.sums(channels * LANES);
      return stages.stage(node, f -> LaneSums.groups(f.arena, dy, channels, 1, per, 1, f.arena, sums))
          .batch(BatchSteps.laneSums(sums, channels, stages.out(node, 0)));
    }
    return stages.laneSums(node, (f, sums) -> LaneSums.rows(f.arena, dy, channels, per, f.arena, sums));
  }

  private Stage denseWeightGradient(Node node, Dense of) {
    if (placement.isLate(node.output())) {
      return lateWeightGradient(node, of);
    }
    int x = stages.in(node, 0), dy = stages.in(node, 1), gradient = stages.out(node, 0), scratch = placement.scratchAt(node);
    LaneOuterProduct kernel = new LaneOuterProduct(of.out(), of.in(), of.times());
    return stages.stage(node, f -> kernel.run(f.arena, dy, f.arena, x, f.gradients, gradient, f.arena, scratch))
        .generated(kernel.generated());
  }

  /** Blocks keep what they have; the batch's product is the work of all at its end. */
  private Stage lateWeightGradient(Node node, Dense of) {
    int x = stages.in(node, 0), dy = stages.in(node, 1), gradient = stages.out(node, 0);
    BatchOuterProduct kernel = new BatchOuterProduct(of.out(), of.in());
    int kept = stages.keep(kernel.keptSize());
    return stages.stage(node, f -> kernel.keep(f.arena, dy, f.arena, x, f.kept.values, f.kept.at(kept), f.first / LANES, f.kept.most))
        .late(new LateStep() {
          @Override
          public int parts() {
            return kernel.parts();
          }

          @Override
          public int scratch(int mostBlocks) {
            return kernel.scratchSize(mostBlocks);
          }

          @Override
          public void run(Kept all, int worker, int part, int blocks, float[] gradients) {
            kernel.run(part, all.values, all.at(kept), blocks, all.most, gradients, gradient, all.scratch[worker], Memory.BASE);
          }
        })
        .generated(kernel.generated());
  }

  private Stage embed(Node node, Embed embed) {
    int x = stages.in(node, 0), weight = stages.in(node, 1), y = stages.out(node, 0), scratch = placement.scratchAt(node);
    RowKernel kernel = new RowKernel(embed.rows(), embed.size(), embed.places(), embed.turned());
    return stages.stage(node, f -> kernel.forward(f.arena, x, f.parameters, weight, f.arena, y, f.arena, scratch))
        .generated(RowKernel.generated());
  }

  private Stage embedWeightGradient(Node node, Embed of) {
    int x = stages.in(node, 0), dy = stages.in(node, 1), gradient = stages.out(node, 0), scratch = placement.scratchAt(node);
    RowKernel kernel = new RowKernel(of.rows(), of.size(), of.places(), of.turned());
    Step step = placement.isOfTable(node.output())
        ? f -> kernel.gradient(f.arena, x, f.arena, dy, f.shard.tables[gradient], f.arena, scratch)
        : f -> kernel.gradient(f.arena, x, f.arena, dy, f.gradients, gradient, f.arena, scratch);
    return stages.stage(node, step).generated(RowKernel.generated());
  }
}
