package dev.lanewise.runtime.plan;

import static dev.lanewise.runtime.rewrite.KernelShapes.channels;
import static dev.lanewise.runtime.rewrite.KernelShapes.isDepthwise;
import static dev.lanewise.runtime.rewrite.KernelShapes.pool;
import static dev.lanewise.runtime.rewrite.KernelShapes.shape;

import dev.lanewise.runtime.graph.Node;
import dev.lanewise.runtime.kernel.conv.ConvForward;
import dev.lanewise.runtime.kernel.conv.ConvInputGradient;
import dev.lanewise.runtime.kernel.conv.ConvShape;
import dev.lanewise.runtime.kernel.conv.ConvWeightGradient;
import dev.lanewise.runtime.kernel.conv.DepthwiseTaps;
import dev.lanewise.runtime.kernel.conv.DepthwiseWeightGradient;
import dev.lanewise.runtime.kernel.conv.KeptConv;
import dev.lanewise.runtime.kernel.conv.SlicedWeightGradient;
import dev.lanewise.runtime.kernel.lane.Lanes;
import dev.lanewise.runtime.kernel.window.WindowWeightGradient;
import dev.lanewise.runtime.kernel.window.WinnersGradient;
import dev.lanewise.runtime.kernel.window.WinnersLayout;
import dev.lanewise.runtime.operation.Conv;
import dev.lanewise.runtime.operation.Fused;
import dev.lanewise.runtime.operation.MaxPool;
import dev.lanewise.runtime.operation.Operation;
import dev.lanewise.runtime.operation.Pointwise;
import dev.lanewise.runtime.operation.PooledConvGradient;
import dev.lanewise.runtime.spec.Value;
import dev.lanewise.runtime.symbolic.Term;
import dev.lanewise.runtime.tensor.Memory;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Chooses and binds the kernels of convolutions: plain, in groups, depthwise, with pooling, without dropped channels; and their gradients. */
final class ConvKernels {
  /** What a convolution's kernels are made for. */
  private record Forward(ConvShape shape, boolean bias, boolean pool, Term activation) {}

  private final Placement placement;
  private final StageBuilder stages;
  // Layers that are alike share their kernels.
  private final Map<Forward, ConvForward> forward = new HashMap<>();
  private final Map<ConvShape, ConvInputGradient> inputGradients = new HashMap<>();
  private final Map<ConvShape, ConvWeightGradient> weightGradients = new HashMap<>();
  private final Map<ConvShape, SlicedWeightGradient> slicedGradients = new HashMap<>();

  ConvKernels(Placement placement, StageBuilder stages) {
    this.placement = placement;
    this.stages = stages;
  }

  /** Values (not lanes) of working memory that a kernel needs besides its inputs and outputs. */
  static int scratch(Operation operation) {
    return switch (operation) {
      case Conv conv when isDepthwise(conv) -> 0;
      case Conv.InputGradient(Conv of) when isDepthwise(of) -> DepthwiseTaps.scratchSize(channels(of));
      case Conv conv -> ConvForward.scratchSize(shape(conv));
      case Fused(List<Operation> parts) when dropsChannels(parts) -> KeptConv.scratchSize(shape((Conv) parts.getFirst()));
      case Fused(List<Operation> parts) -> scratch(parts.getFirst());
      case Conv.InputGradient(Conv of) -> ConvInputGradient.scratchSize(shape(of));
      case PooledConvGradient g when layout(g).pays() -> layout(g).scratchSize();
      default -> 0;
    };
  }

  /** The same for the gradient of its weights. */
  static int scratch(Conv of, boolean crosses) {
    return hasDepthwiseGradient(of) ? DepthwiseWeightGradient.scratchSize(channels(of))
        : SlicedWeightGradient.pays(shape(of), of.groups(), crosses) ? SlicedWeightGradient.scratchSize(shape(of))
        : ConvWeightGradient.scratchSize(shape(of));
  }

  /** Whether the kernel for its weights' gradient is one for depthwise convolutions too. */
  private static boolean hasDepthwiseGradient(Conv c) {
    return isDepthwise(c) && DepthwiseWeightGradient.pays(channels(c));
  }

  Stage fused(Node node, List<Operation> parts) {
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
    int weight = stages.in(node, 1), bias = conv.bias() ? stages.in(node, 2) : 0, factor = stages.in(node, conv.bias() ? 3 : 2);
    int packed = stages.pack(kernel.packedSize());
    KeptConv.Places at =
        new KeptConv.Places(stages.in(node, 0), packed, bias, factor, stages.out(node, 0), stages.out(node, 1), placement.scratchAt(node));
    stages.places(kernel.placesSize());
    return stages.stage(node, f -> kernel.run(f.arena, f.packed, f.parameters, f.places, at))
        .pack(f -> kernel.pack(f.parameters, weight, f.packed, packed))
        .generated(kernel.generated());
  }

  Stage conv(Node node, Conv conv, boolean pool, Term activation) {
    if (isDepthwise(conv)) {
      return depthwise(node, conv, activation);
    }
    ConvForward kernel = forward.computeIfAbsent(
        new Forward(shape(conv), conv.bias(), pool, activation), k -> new ConvForward(k.shape, k.bias, k.pool, k.activation));
    int groups = conv.groups(), packed = stages.pack(groups * kernel.packedSize());
    int x = stages.in(node, 0), weight = stages.in(node, 1), bias = conv.bias() ? stages.in(node, 2) : 0;
    int y = stages.out(node, 0), argmax = pool ? stages.out(node, 1) : 0, scratch = placement.scratchAt(node);
    int xs = part(node.inputs().getFirst(), groups), ys = part(node.output(), groups), ws = kernel.packedSize();
    int bs = conv.groupOut(), aside = aside(ConvForward.scratchSize(shape(conv)), groups, kernel.parts());
    Step whole = f -> {
      for (int g = 0; g < groups; g++) {
        kernel.run(f.arena, x + g * xs, f.packed, packed + g * ws, f.parameters, bias + g * bs, f.arena, y + g * ys, f.arena,
            argmax + g * ys, f.arena, scratch);
      }
    };
    return stages.stage(node, Step.shared(whole, groups > 1 ? 1 : kernel.parts(), (f, part) ->
            kernel.run(part, f.arena, x, f.packed, packed, f.parameters, bias, f.arena, y, f.arena, argmax, f.aside, Memory.BASE + part * aside)))
        .pack(f -> {
          for (int g = 0; g < groups; g++) {
            kernel.pack(f.parameters, weight + g * ws, f.packed, packed + g * ws);
          }
        })
        .generated(kernel.generated());
  }

  /** The floats of working memory of a part, for all of which there is room then. @param whole what the step needs as a whole */
  private int aside(int whole, int groups, int parts) {
    int each = (whole + Lanes.BLOCK - 1) / Lanes.BLOCK * Lanes.BLOCK;
    stages.aside(groups > 1 || parts == 1 ? 0 : Math.multiplyExact(parts, each));
    return each;
  }

  /** The floats of a group of a value's channels. */
  private static int part(Value value, int groups) {
    return value.shape().size() / groups * Lanes.BLOCK;
  }

  private Stage depthwise(Node node, Conv conv, Term activation) {
    DepthwiseTaps kernel = DepthwiseTaps.forward(channels(conv), conv.bias(), activation);
    int x = stages.in(node, 0), w = stages.in(node, 1), bias = conv.bias() ? stages.in(node, 2) : 0;
    int y = stages.out(node, 0), scratch = placement.scratchAt(node);
    return stages.stage(node, f -> kernel.run(f.arena, x, f.parameters, w, f.parameters, bias, f.arena, y, f.arena, scratch))
        .generated(kernel.generated());
  }

  Stage inputGradient(Node node, Conv of) {
    int dy = stages.in(node, 0), weight = stages.in(node, 1), dx = stages.out(node, 0), scratch = placement.scratchAt(node);
    if (isDepthwise(of)) {
      DepthwiseTaps kernel = DepthwiseTaps.inputGradient(channels(of));
      return stages.stage(node, f -> kernel.run(f.arena, dy, f.parameters, weight, f.parameters, 0, f.arena, dx, f.arena, scratch))
          .generated(kernel.generated());
    }
    ConvInputGradient kernel = inputGradients.computeIfAbsent(shape(of), ConvInputGradient::new);
    int groups = of.groups(), packed = stages.pack(groups * kernel.packedSize());
    int ys = part(node.inputs().getFirst(), groups), xs = part(node.output(), groups), ws = kernel.packedSize();
    int aside = aside(ConvInputGradient.scratchSize(shape(of)), groups, kernel.parts());
    Step whole = f -> {
      for (int g = 0; g < groups; g++) {
        kernel.run(f.arena, dy + g * ys, f.packed, packed + g * ws, f.arena, dx + g * xs, f.arena, scratch);
      }
    };
    return stages.stage(node, Step.shared(whole, groups > 1 ? 1 : kernel.parts(), (f, part) ->
            kernel.run(part, f.arena, dy, f.packed, packed, f.arena, dx, f.aside, Memory.BASE + part * aside)))
        .pack(f -> {
          for (int g = 0; g < groups; g++) {
            kernel.pack(f.parameters, weight + g * ws, f.packed, packed + g * ws);
          }
        })
        .generated(kernel.generated());
  }

  Stage weightGradient(Node node, Conv of) {
    int x = stages.in(node, 0), dy = stages.in(node, 1);
    if (hasDepthwiseGradient(of)) {
      DepthwiseWeightGradient kernel = new DepthwiseWeightGradient(channels(of));
      int scratch = placement.scratchAt(node);
      return stages.laneSums(node, (f, sums) -> kernel.run(f.arena, x, f.arena, dy, f.arena, sums, f.arena, scratch))
          .generated(kernel.generated());
    }
    if (SlicedWeightGradient.pays(shape(of), of.groups(), placement.crosses())) {
      return slicedGradient(node, of);
    }
    ConvWeightGradient kernel = weightGradients.computeIfAbsent(shape(of), ConvWeightGradient::new);
    int groups = of.groups(), ws = node.output().shape().size() / groups * Lanes.BLOCK;
    int xs = part(node.inputs().getFirst(), groups), ys = part(node.inputs().getLast(), groups);
    int scratch = placement.scratchAt(node);
    return stages.laneSums(node, (f, sums) -> {
      for (int g = 0; g < groups; g++) {
        kernel.run(f.arena, x + g * xs, f.arena, dy + g * ys, f.arena, sums + g * ws, f.arena, scratch);
      }
    }).generated(kernel.generated());
  }

  private Stage slicedGradient(Node node, Conv of) {
    SlicedWeightGradient kernel = slicedGradients.computeIfAbsent(shape(of), SlicedWeightGradient::new);
    int x = stages.in(node, 0), dy = stages.in(node, 1), gradient = stages.out(node, 0), scratch = placement.scratchAt(node);
    int groups = of.groups(), ws = node.output().shape().size() / groups;
    int xs = part(node.inputs().getFirst(), groups), ys = part(node.inputs().getLast(), groups);
    return stages.stage(node, f -> {
      for (int g = 0; g < groups; g++) {
        kernel.run(f.arena, x + g * xs, f.arena, dy + g * ys, f.gradients, gradient + g * ws, f.arena, scratch);
      }
    }).generated(kernel.generated());
  }

  private static WinnersLayout layout(PooledConvGradient g) {
    return new WinnersLayout(shape(g.of()), pool(g.pool().window()), g.input());
  }

  Stage pooledGradient(Node node, PooledConvGradient g) {
    int dy = stages.in(node, 0), argmax = stages.in(node, 1), x = stages.in(node, 2);
    WinnersLayout layout = layout(g);
    if (!layout.pays()) {
      WindowWeightGradient kernel = new WindowWeightGradient(shape(g.of()));
      return stages.laneSums(node, (f, sums) -> kernel.run(f.arena, x, f.arena, dy, f.arena, argmax, f.arena, sums))
          .generated(kernel.generated());
    }
    WinnersGradient kernel = new WinnersGradient(layout);
    int sums = stages.sums(layout.packedSize()), gradient = stages.out(node, 0);
    int dx = g.input() ? stages.out(node, 1) : 0, scratch = placement.scratchAt(node);
    stages.places(layout.placesSize());
    int packed = stages.pack(g.input() ? layout.packedSize() : 0);
    Stage stage =
        stages.stage(node, f -> kernel.run(f.arena, x, dy, argmax, f.packed, packed, sums, dx, scratch, f.places))
            .end(f -> kernel.collect(f.arena, sums, f.gradients, gradient))
            .generated(kernel.generated());
    if (g.input()) {
      int weight = stages.in(node, 3);
      stage.pack(f -> kernel.pack(f.parameters, weight, f.packed, packed));
    }
    return stage;
  }
}
