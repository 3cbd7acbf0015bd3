package dev.lanewise.runtime.plan;

import dev.lanewise.runtime.kernel.code.Bytecode.Defined;
import dev.lanewise.runtime.kernel.element.PointwiseKernel;
import dev.lanewise.runtime.kernel.element.SoftmaxKernel;
import dev.lanewise.runtime.kernel.lane.LaneSums;
import dev.lanewise.runtime.kernel.lane.Lanes;
import dev.lanewise.runtime.kernel.lane.Rows;
import dev.lanewise.runtime.kernel.product.LaneProduct;
import dev.lanewise.runtime.kernel.product.PairProduct;
import dev.lanewise.runtime.operation.AtPlaces;
import dev.lanewise.runtime.operation.Concat;
import dev.lanewise.runtime.operation.Dense;
import dev.lanewise.runtime.operation.LogSoftmax;
import dev.lanewise.runtime.operation.OneHot;
import dev.lanewise.runtime.operation.Operation;
import dev.lanewise.runtime.operation.Pointwise;
import dev.lanewise.runtime.operation.Reduce;
import dev.lanewise.runtime.operation.Repeat;
import dev.lanewise.runtime.operation.Reshape;
import dev.lanewise.runtime.operation.Slice;
import dev.lanewise.runtime.operation.Softmax;
import dev.lanewise.runtime.operation.Transpose;
import dev.lanewise.runtime.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntUnaryOperator;

/**
 * Kernels of operations that make values of an example from values of that example: bound once, they run at every place of a sequence, or at the
 * only one there is.
 */
final class PlaceKernels {
  private static final int LANES = Lanes.BLOCK;

  private PlaceKernels() {}

  /** Where a value is. @param step how far it is from place to place; 0 for what is the same at all */
  record Spot(int at, int step) {
    static Spot fixed(int at) {
      return new Spot(at, 0);
    }

    int of(int place) {
      return at + place * step;
    }
  }

  /** A call of a kernel at a place. */
  @FunctionalInterface
  interface Run {
    void at(Frame frame, int place);

    /** In how many parts it can be done, side by side. */
    default int parts() {
      return 1;
    }

    /** Does one of them. */
    default void at(Frame frame, int place, int part) {
      at(frame, place);
    }

    /** The same of two blocks, where that is faster at once. */
    default void at(Frame frame, Frame other, int place) {
      at(frame, place);
      at(other, place);
    }
  }

  /** What runs, what was generated for it, and how it packs its weights, once for a batch. */
  record Bound(Run run, List<Defined<?>> generated, List<Step> pack) {
    Bound(Run run, List<Defined<?>> generated) {
      this(run, generated, List.of());
    }

    private static Bound of(Run run) {
      return new Bound(run, List.of());
    }
  }

  /** Binds a product that is done at one place after the other, if it is one. @param room gives room for so many packed floats */
  static Optional<Bound> repeated(Operation operation, List<Spot> in, Spot y, IntUnaryOperator room) {
    return Optional.ofNullable(switch (operation) {
      case Dense dense when dense.places() == 0 ->
          repeated(PairProduct.by(dense.out(), dense.in(), dense.bias()), in.get(0), in.get(1).at, dense.bias() ? in.get(2).at : 0, y, room);
      case Dense.InputGradient(Dense of) when of.places() == 0 -> repeated(PairProduct.byTransposed(of.in(), of.out()), in.get(0), in.get(1).at, 0, y, room);
      default -> null;
    });
  }

  private static Bound repeated(PairProduct product, Spot x, int weight, int bias, Spot y, IntUnaryOperator room) {
    int packed = room.applyAsInt(product.packedSize());
    Run run = new Run() {
      @Override
      public void at(Frame f, int p) {
        product.run(f.arena, x.of(p), f.packed, packed, f.parameters, bias, f.arena, y.of(p));
      }

      @Override
      public void at(Frame f, Frame other, int p) {
        product.run(f.arena, other.arena, x.of(p), f.packed, packed, f.parameters, bias, f.arena, other.arena, y.of(p));
      }
    };
    return new Bound(run, product.generated(), List.of(f -> product.pack(f.parameters, weight, f.packed, packed)));
  }

  private static Bound product(LaneProduct kernel, Spot x, int weight, int bias, Spot y) {
    Run run = new Run() {
      @Override
      public void at(Frame f, int p) {
        kernel.run(f.arena, x.of(p), f.parameters, weight, f.parameters, bias, f.arena, y.of(p));
      }

      @Override
      public int parts() {
        return kernel.parts();
      }

      @Override
      public void at(Frame f, int p, int part) {
        kernel.run(part, f.arena, x.of(p), f.parameters, weight, f.parameters, bias, f.arena, y.of(p));
      }
    };
    return new Bound(run, kernel.generated());
  }

  /**
   * Binds an operation.
   *
   * @param in where its inputs are: in the arena, or among the parameters
   * @param out where its outputs go
   * @param places how many there are
   * @return nothing if it is none of these
   */
  static Optional<Bound> bind(Operation operation, List<Spot> in, List<Spot> out, int places) {
    Spot x = in.isEmpty() ? null : in.getFirst(), second = in.size() > 1 ? in.get(1) : null, y = out.getFirst();
    return Optional.ofNullable(switch (operation) {
      case Dense dense -> {
        LaneProduct kernel = LaneProduct.by(dense.out(), dense.in(), dense.bias(), dense.times());
        int weight = second.at, bias = dense.bias() ? in.get(2).at : 0;
        yield product(kernel, x, weight, bias, y);
      }
      case Dense.InputGradient(Dense of) -> {
        LaneProduct kernel = LaneProduct.byTransposed(of.in(), of.out(), of.times());
        int weight = second.at;
        yield product(kernel, x, weight, 0, y);
      }
      case Pointwise pointwise -> pointwise(pointwise, in, y, places);
      case Slice slice -> {
        int from = slice.begin() * LANES, count = slice.out().size() * LANES;
        yield Bound.of((f, p) -> System.arraycopy(f.arena, x.of(p) + from, f.arena, y.of(p), count));
      }
      case Slice.Gradient(Slice of) -> {
        int from = of.begin(), rows = of.out().size(), all = of.in().size();
        yield Bound.of((f, p) -> Rows.among(f.arena, x.of(p), rows, f.arena, y.of(p), from, all));
      }
      case Concat concat -> concat(concat, in, y);
      case Transpose(Shape shape) -> {
        int rows = shape.dim(0), columns = shape.dim(1);
        yield Bound.of((f, p) -> Rows.transpose(f.arena, x.of(p), rows, columns, f.arena, y.of(p)));
      }
      case Repeat repeat -> {
        int groups = repeat.groups(), per = repeat.perGroup(), times = repeat.count();
        yield Bound.of((f, p) -> Rows.repeat(f.arena, x.of(p), groups, per, times, f.arena, y.of(p)));
      }
      case Reshape reshape -> {
        int count = reshape.to().size() * LANES;
        yield Bound.of((f, p) -> {
          // Both have one place in memory, but where it is computed in steps.
          if (x.of(p) != y.of(p)) {
            System.arraycopy(f.arena, x.of(p), f.arena, y.of(p), count);
          }
        });
      }
      case Softmax(int classes) -> Bound.of((f, p) -> SoftmaxKernel.softmax(f.arena, x.of(p), classes, f.arena, y.of(p)));
      case Softmax.Gradient(int classes) ->
          Bound.of((f, p) -> SoftmaxKernel.softmaxGradient(f.arena, x.of(p), f.arena, second.of(p), classes, f.arena, y.of(p)));
      case LogSoftmax soft -> {
        int classes = soft.classes(), each = soft.places();
        yield Bound.of((f, p) -> SoftmaxKernel.logSoftmax(f.arena, x.of(p), classes, each, f.arena, y.of(p)));
      }
      case LogSoftmax.Gradient(LogSoftmax soft) -> {
        int classes = soft.classes(), each = soft.places();
        yield Bound.of((f, p) -> SoftmaxKernel.logSoftmaxGradient(f.arena, x.of(p), f.arena, second.of(p), classes, each, f.arena, y.of(p)));
      }
      case OneHot hot -> {
        int each = hot.in().size(), count = hot.count();
        yield Bound.of((f, p) -> Rows.oneHot(f.arena, x.of(p), each, count, f.arena, y.of(p)));
      }
      case Reduce reduce -> {
        int groups = reduce.groups(), inner = reduce.inner(), per = reduce.count();
        float factor = (float) reduce.factor();
        yield Bound.of((f, p) -> LaneSums.groups(f.arena, x.of(p), groups, inner, per, factor, f.arena, y.of(p)));
      }
      case AtPlaces(Operation of, int all) -> atPlaces(of, in, out, all).orElse(null);
      default -> null;
    });
  }

  /** The kernel reads and writes the block's values wherever they lie. */
  private static Bound pointwise(Pointwise p, List<Spot> in, Spot y, int places) {
    List<PointwiseKernel.Input> inputs = p.arguments().stream().map(a -> new PointwiseKernel.Input(a.name(), p.isPerGroup(a))).toList();
    int groups = Math.max(1, p.groups());
    int[][] sizes = new int[places][];
    for (int i = 0; i < places; i++) {
      int place = i;
      sizes[i] = PointwiseKernel.sizes(groups, p.shape().size() / groups, y.of(place), in.stream().mapToInt(s -> s.of(place)).toArray());
    }
    PointwiseKernel kernel = new PointwiseKernel(p.formula(), inputs);
    return new Bound((f, place) -> kernel.run(f.arena, sizes[place]), kernel.generated());
  }

  private static Bound concat(Concat concat, List<Spot> in, Spot y) {
    int[] counts = concat.parts().stream().mapToInt(s -> s.size() * LANES).toArray();
    return Bound.of((f, p) -> {
      int at = y.of(p);
      for (int i = 0; i < counts.length; i++) {
        System.arraycopy(f.arena, in.get(i).of(p), f.arena, at, counts[i]);
        at += counts[i];
      }
    });
  }

  /** One place after the other; what is at a place itself has no places within. */
  private static Optional<Bound> atPlaces(Operation of, List<Spot> in, List<Spot> out, int places) {
    List<Spot> read = new ArrayList<>();
    for (int i = 0; i < in.size(); i++) {
      boolean shared = of.inputs().get(i).kind() != dev.lanewise.runtime.spec.Type.Kind.EXAMPLE;
      read.add(shared ? in.get(i) : new Spot(in.get(i).at, of.inputs().get(i).shape().size() * LANES));
    }
    List<Spot> made = new ArrayList<>();
    for (int i = 0; i < out.size(); i++) {
      made.add(new Spot(out.get(i).at, of.outputs().get(i).shape().size() * LANES));
    }
    return bind(of, read, made, places).map(bound -> new Bound((f, _) -> {
      for (int place = 0; place < places; place++) {
        bound.run.at(f, place);
      }
    }, bound.generated));
  }
}
