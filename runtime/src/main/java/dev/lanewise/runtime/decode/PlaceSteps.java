package dev.lanewise.runtime.decode;

import dev.lanewise.runtime.kernel.element.PointwiseKernel;
import dev.lanewise.runtime.kernel.product.RowProduct;
import dev.lanewise.runtime.operation.AtPlaces;
import dev.lanewise.runtime.operation.Attend;
import dev.lanewise.runtime.operation.Body;
import dev.lanewise.runtime.operation.Concat;
import dev.lanewise.runtime.operation.Dense;
import dev.lanewise.runtime.operation.Embed;
import dev.lanewise.runtime.operation.Excerpt;
import dev.lanewise.runtime.operation.LayerNorm;
import dev.lanewise.runtime.operation.LogSoftmax;
import dev.lanewise.runtime.operation.Operation;
import dev.lanewise.runtime.operation.Pointwise;
import dev.lanewise.runtime.operation.Repeat;
import dev.lanewise.runtime.operation.Reshape;
import dev.lanewise.runtime.operation.Scan;
import dev.lanewise.runtime.operation.Slice;
import dev.lanewise.runtime.operation.Spread;
import dev.lanewise.runtime.operation.Transpose;
import dev.lanewise.runtime.operation.Waves;
import dev.lanewise.runtime.spec.Draw;
import dev.lanewise.runtime.spec.Type;
import dev.lanewise.runtime.spec.Value;
import dev.lanewise.runtime.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What is to be done at a place, operation by operation. A value has {@code places x n} numbers, or {@code n x places}; here it has n, those of the place, whichever way they lie.
 */
final class PlaceSteps {
  private final PlaceValues values;
  private final List<Runnable> steps = new ArrayList<>();
  /** Which way a value lies: whether its places are its rows. */
  private final Map<Value, Boolean> rows = new HashMap<>();

  PlaceSteps(PlaceValues values) {
    this.values = values;
  }

  List<Runnable> steps() {
    return List.copyOf(steps);
  }

  /** Adds an operation. @return false if it cannot be done at one place alone */
  boolean add(Operation operation, List<Value> in, List<Value> out) {
    Value x = in.isEmpty() ? null : in.getFirst();
    Value y = out.getFirst();
    return switch (operation) {
      case Embed embed -> embed(embed, x, in.get(1), y);
      case Excerpt excerpt -> {
        values.excerpt(y, values.shared(x), excerpt.begin());
        yield true;
      }
      case Spread spread -> {
        PlaceValues.Shared of = values.shared(x);
        values.fixed(y, of == null ? null : Arrays.copyOfRange(of.all(), of.at(), of.at() + spread.shape().size()));
        yield of != null;
      }
      case Waves waves -> {
        double[][] all = {new double[waves.places() * waves.channels()]};
        waves.evaluate(Draw.NONE, new double[0][], all);
        float[] narrow = new float[all[0].length];
        for (int i = 0; i < narrow.length; i++) {
          narrow[i] = (float) all[0][i];
        }
        values.fixed(y, narrow);
        yield true;
      }
      case Repeat repeat when values.fixed(x) != null -> {
        double[][] all = {new double[repeat.shape().size()]};
        repeat.evaluate(Draw.NONE, new double[][] {PlaceValues.wide(values.fixed(x), values.fixed(x).length)}, all);
        float[] narrow = new float[all[0].length];
        for (int i = 0; i < narrow.length; i++) {
          narrow[i] = (float) all[0][i];
        }
        values.fixed(y, narrow);
        yield true;
      }
      case Transpose t when values.places() > 1 -> values.find(x) != null && turned(x, y, t);
      case Reshape r when values.places() > 1 -> values.find(x) != null && r.to().size() == r.from().size() && reshaped(x, y);
      case Pointwise p -> pointwise(p, in, y);
      case Dense d when d.times() == values.places() -> product(d.out(), d.in(), false, in, y);
      case Dense.InputGradient(Dense d) when d.times() == values.places() -> product(d.in(), d.out(), true, in, y);
      case LayerNorm n when n.places() == values.places() -> norm(n, in, y);
      case Attend a -> attend(a, in, y);
      case Scan scan -> !scan.backwards() && scan.places() == values.places() && scan(scan, in, y);
      case AtPlaces(Operation of, int places) when places == values.places() -> formula(of, in, y, true);
      case LogSoftmax l when columns(x) -> formula(new LogSoftmax(Shape.of(l.classes())), in, y, false);
      case Slice s when values.places() == 1 && values.find(x) != null -> {
        float[] from = values.find(x), to = values.each(y, s.out().size());
        steps.add(() -> System.arraycopy(from, s.begin(), to, 0, s.out().size()));
        yield true;
      }
      case Slice s when columns(x) -> formula(new Slice(Shape.of(s.in().channels()), s.from(), s.to()), in, y, false);
      case Concat c when in.stream().allMatch(this::columns) ->
          formula(new Concat(c.parts().stream().map(p -> Shape.of(p.channels())).toList()), in, y, false);
      default -> values.places() == 1 && formula(operation, in, y, true);
    };
  }

  private boolean columns(Value value) {
    return values.find(value) != null && !rows.getOrDefault(value, true);
  }

  private boolean turned(Value x, Value y, Transpose t) {
    values.same(y, x);
    rows.put(y, !rows.getOrDefault(x, true));
    return true;
  }

  /** The places must stay what they are: of L numbers as rows of one. */
  private boolean reshaped(Value x, Value y) {
    boolean single = values.size(x) == 1 && (y.shape().dim(0) == values.places() || y.shape().isFlat());
    values.same(y, x);
    rows.put(y, rows.getOrDefault(x, true) || values.size(x) == 1);
    return single || y.shape().equals(x.shape());
  }

  private boolean embed(Embed embed, Value x, Value table, Value y) {
    PlaceValues.Shared weight = values.shared(table);
    float[] token = values.find(x);
    if (weight == null || token == null || embed.places() != values.places()) {
      return false;
    }
    float[] to = values.each(y, embed.size());
    // `size x places`, as PyTorch's embedding is turned round.
    rows.put(y, y.shape().dim(0) == values.places() && y.shape().dim(0) != embed.size());
    steps.add(() -> System.arraycopy(weight.all(), weight.at() + Embed.row(token[0], embed.rows()) * embed.size(), to, 0, embed.size()));
    return true;
  }

  /** @param transposed whether a row of the matrix belongs to a column of the product */
  private boolean product(int rowCount, int columns, boolean transposed, List<Value> in, Value y) {
    float[] x = values.find(in.getFirst());
    PlaceValues.Shared weight = values.shared(in.get(1));
    PlaceValues.Shared bias = in.size() > 2 ? values.shared(in.get(2)) : null;
    if (x == null || weight == null) {
      return false;
    }
    RowProduct product = new RowProduct(
        rowCount, columns, weight.all(), weight.at(), transposed ? 1 : columns, transposed ? rowCount : 1, bias == null ? null : bias.all(), bias == null ? 0 : bias.at());
    float[] to = values.each(y, rowCount);
    steps.add(() -> product.run(x, 0, to, 0));
    return true;
  }

  /** A formula: full values, one number for the place, or one that no text changes. */
  private boolean pointwise(Pointwise p, List<Value> in, Value y) {
    int size = p.shape().size() / values.places();
    boolean byRows = in.stream().filter(v -> values.find(v) != null).map(v -> rows.getOrDefault(v, true)).findFirst().orElse(true);
    float[][] read = new float[in.size()][];
    List<PointwiseKernel.Input> inputs = new ArrayList<>();
    List<Runnable> before = new ArrayList<>();
    boolean text = false;
    for (int i = 0; i < read.length; i++) {
      Value v = in.get(i);
      float[] own = values.find(v), fixed = values.fixed(v);
      boolean full = p.arguments().get(i).shape().size() == p.shape().size();
      if (own != null && full && values.size(v) == size) {
        read[i] = own;
      } else if (own != null && !full && values.size(v) == 1 && byRows) {
        float[] spread = new float[padded(size)];
        read[i] = spread;
        before.add(() -> Arrays.fill(spread, own[0]));
      } else if (fixed != null && full && byRows) {
        float[] row = new float[padded(size)];
        read[i] = row;
        before.add(() -> values.row(fixed, size, row));
      } else if (fixed != null && fixed.length == size && !byRows) {
        read[i] = Arrays.copyOf(fixed, padded(size));
      } else {
        return false;
      }
      text |= own != null;
      inputs.add(new PointwiseKernel.Input(p.arguments().get(i).name(), false));
    }
    if (!text || p.shape().size() % values.places() != 0) {
      return false;
    }
    float[] to = values.each(y, size);
    rows.put(y, byRows);
    steps.addAll(before);
    steps.add(PlaceMath.formula(p.formula(), inputs, read, to, padded(size)));
    return true;
  }

  private static int padded(int size) {
    return (size + 15) / 16 * 16;
  }

  private boolean norm(LayerNorm n, List<Value> in, Value y) {
    float[] x = values.find(in.getFirst());
    PlaceValues.Shared weight = values.shared(in.get(1)), bias = values.shared(in.get(2));
    if (x == null || weight == null || bias == null) {
      return false;
    }
    int size = n.size();
    float[] to = values.each(y, size);
    steps.add(PlaceMath.norm(x, size, n.eps(), weight, bias, to));
    return true;
  }

  /** Places that come later are not there yet: so causal alone, and padding, which is behind all that is real, need not be looked for. Of another text all is there. */
  private boolean attend(Attend a, List<Value> in, Value y) {
    if (values.given(in.get(a.k().input())) != null) {
      return attendGiven(a, in, y);
    }
    if (!a.causal() || a.places() != values.places() || a.others() != values.places()) {
      return false;
    }
    float[] q = values.find(in.get(a.q().input())), k = values.find(in.get(a.k().input())), v = values.find(in.get(a.v().input()));
    if (q == null || k == null || v == null) {
      return false;
    }
    float[] to = values.each(y, a.heads() * a.valueSize());
    PlaceAttention attention = new PlaceAttention(a, values.places());
    steps.add(() -> attention.run(values.place(), q, k, v, to));
    return true;
  }

  private boolean attendGiven(Attend a, List<Value> in, Value y) {
    float[] q = values.find(in.get(a.q().input())), k = values.given(in.get(a.k().input())), v = values.given(in.get(a.v().input()));
    float[] mask = a.masked() ? values.given(in.get(a.sources())) : null;
    if (q == null || v == null || a.masked() && mask == null || a.places() != values.places()) {
      return false;
    }
    float[] to = values.each(y, a.heads() * a.valueSize());
    GivenAttention attention = new GivenAttention(a, k, v, mask);
    steps.add(() -> attention.run(values.place(), q, to));
    return true;
  }

  /** A recurrence: what its body does at a place. Its states are kept behind every place, so that a text can go on from any of them. */
  private boolean scan(Scan scan, List<Value> in, Value y) {
    Body body = scan.body();
    PlaceValues own = new PlaceValues(1, new int[1]);
    PlaceSteps inside = new PlaceSteps(own);
    for (int i = 0; i < in.size(); i++) {
      Value value = i < body.each().size() ? body.each().get(i) : body.fixed().get(i - body.each().size());
      if (!own.take(value, values, in.get(i))) {
        return false;
      }
    }
    List<float[]> states = body.states().stream().map(state -> own.each(state, state.shape().size())).toList();
    for (Body.Step step : body.steps()) {
      if (!inside.add(step.operation(), step.inputs(), List.of(step.output()))) {
        return false;
      }
    }
    List<float[]> next = body.next().stream().map(own::find).toList();
    float[][][] kept = new float[states.size()][values.places() + 1][];
    for (int i = 0; i < kept.length; i++) {
      for (int place = 0; place < kept[i].length; place++) {
        kept[i][place] = new float[states.get(i).length];
      }
    }
    steps.add(() -> {
      for (int i = 0; i < kept.length; i++) {
        System.arraycopy(kept[i][values.place()], 0, states.get(i), 0, states.get(i).length);
      }
    });
    steps.addAll(inside.steps);
    Value told = scan.told().getFirst();
    float[] from = own.find(told), to = values.each(y, told.shape().size());
    steps.add(() -> {
      System.arraycopy(from, 0, to, 0, to.length);
      for (int i = 0; i < kept.length; i++) {
        System.arraycopy(next.get(i), 0, kept[i][values.place() + 1], 0, next.get(i).length);
      }
    });
    return true;
  }

  /** What has no kernel of its own here: by the operation's formula, in double. */
  private boolean formula(Operation of, List<Value> in, Value y, boolean byRows) {
    float[][] read = new float[in.size()][];
    for (int i = 0; i < read.length; i++) {
      read[i] = values.find(in.get(i));
      if (read[i] == null || of.inputs().get(i).kind() != Type.Kind.EXAMPLE || values.size(in.get(i)) != of.inputs().get(i).shape().size()) {
        return false;
      }
    }
    float[] to = values.each(y, of.outputs().getFirst().shape().size());
    rows.put(y, byRows);
    steps.add(PlaceMath.byFormula(of, read, to));
    return true;
  }
}
