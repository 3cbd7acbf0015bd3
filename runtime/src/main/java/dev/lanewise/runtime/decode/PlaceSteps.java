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
import dev.lanewise.runtime.operation.Reduce;
import dev.lanewise.runtime.operation.Repeat;
import dev.lanewise.runtime.operation.Reshape;
import dev.lanewise.runtime.operation.Scan;
import dev.lanewise.runtime.operation.Slice;
import dev.lanewise.runtime.operation.Softmax;
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
  private final List<Runnable> forgetting = new ArrayList<>();
  /** Which way a value lies: whether its places are its rows. */
  private final Map<Value, Boolean> rows = new HashMap<>();

  PlaceSteps(PlaceValues values) {
    this.values = values;
  }

  List<Runnable> steps() {
    return List.copyOf(steps);
  }

  /** What is to be done before the first place. */
  List<Runnable> forgetting() {
    return List.copyOf(forgetting);
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
      case Transpose t -> values.find(x) != null && turned(x, y, t);
      case Reshape r -> values.find(x) != null && r.to().size() == r.from().size() && reshaped(x, y);
      case Pointwise p -> pointwise(p, in, y);
      case Dense d when d.places() == values.places() -> dense(d, in, y);
      case LayerNorm n when n.places() == values.places() -> norm(n, in, y);
      case Attend a -> attend(a, in, y);
      case Scan scan -> !scan.backwards() && scan.places() == values.places() && scan(scan, in, y);
      case AtPlaces(Operation of, int places) when places == values.places() -> formula(of, in, y, true);
      case LogSoftmax l when columns(x) -> formula(new LogSoftmax(Shape.of(l.classes())), in, y, false);
      case Slice s when columns(x) -> formula(new Slice(Shape.of(s.in().channels()), s.from(), s.to()), in, y, false);
      case Concat c when in.stream().allMatch(this::columns) ->
          formula(new Concat(c.parts().stream().map(p -> Shape.of(p.channels())).toList()), in, y, false);
      default -> false;
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

  private boolean dense(Dense d, List<Value> in, Value y) {
    float[] x = values.find(in.getFirst());
    PlaceValues.Shared weight = values.shared(in.get(1));
    PlaceValues.Shared bias = d.bias() ? values.shared(in.get(2)) : null;
    if (x == null || weight == null) {
      return false;
    }
    RowProduct product = new RowProduct(d.out(), d.in(), weight.all(), weight.at(), d.in(), 1, bias == null ? null : bias.all(), bias == null ? 0 : bias.at());
    float[] to = values.each(y, d.out());
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
    formula(p, inputs, read, to, padded(size));
    return true;
  }

  private static int padded(int size) {
    return (size + 15) / 16 * 16;
  }

  /** The kernel of a formula reads one array: values are brought there, and what it makes from there. */
  private void formula(Pointwise p, List<PointwiseKernel.Input> inputs, float[][] read, float[] to, int size) {
    PointwiseKernel kernel = new PointwiseKernel(p.formula(), inputs);
    float[] all = new float[(read.length + 1) * size];
    int[] at = new int[read.length];
    Arrays.setAll(at, i -> (i + 1) * size);
    int[] sizes = PointwiseKernel.sizes(1, size / 16, 0, at);
    steps.add(() -> {
      for (int i = 0; i < read.length; i++) {
        System.arraycopy(read[i], 0, all, at[i], size);
      }
      kernel.run(all, sizes);
      System.arraycopy(all, 0, to, 0, size);
    });
  }

  private boolean norm(LayerNorm n, List<Value> in, Value y) {
    float[] x = values.find(in.getFirst());
    PlaceValues.Shared weight = values.shared(in.get(1)), bias = values.shared(in.get(2));
    if (x == null || weight == null || bias == null) {
      return false;
    }
    int size = n.size();
    float[] to = values.each(y, size);
    steps.add(() -> {
      double mean = 0;
      for (int i = 0; i < size; i++) {
        mean += x[i];
      }
      mean /= size;
      double variance = 0;
      for (int i = 0; i < size; i++) {
        variance += (x[i] - mean) * (x[i] - mean);
      }
      float scale = (float) (1 / Math.sqrt(variance / size + n.eps())), middle = (float) mean;
      for (int i = 0; i < size; i++) {
        to[i] = (x[i] - middle) * scale * weight.all()[weight.at() + i] + bias.all()[bias.at() + i];
      }
    });
    return true;
  }

  /** Places that come later are not there yet: so causal alone, and padding, which is behind all that is real, need not be looked for. */
  private boolean attend(Attend a, List<Value> in, Value y) {
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

  private boolean scan(Scan scan, List<Value> in, Value y) {
    Body body = scan.body();
    Map<Value, Value> outside = new HashMap<>();
    for (int i = 0; i < in.size(); i++) {
      outside.put(i < body.each().size() ? body.each().get(i) : body.fixed().get(i - body.each().size()), in.get(i));
    }
    Map<Value, float[]> inside = new HashMap<>();
    for (Value each : body.each()) {
      float[] found = values.find(outside.get(each));
      if (found == null) {
        return false;
      }
      inside.put(each, found);
    }
    for (Value state : body.states()) {
      float[] own = new float[padded(state.shape().size())];
      inside.put(state, own);
      forgetting.add(() -> Arrays.fill(own, 0));
    }
    for (Body.Step step : body.steps()) {
      if (!inLoop(step, inside, outside)) {
        return false;
      }
    }
    float[] told = inside.get(scan.told().getFirst());
    float[] to = values.each(y, scan.told().getFirst().shape().size());
    steps.add(() -> System.arraycopy(told, 0, to, 0, to.length));
    // All at once: a state may become what another one was.
    float[][] next = body.next().stream().map(v -> inside.get(v).clone()).toArray(float[][]::new);
    steps.add(() -> {
      for (int i = 0; i < next.length; i++) {
        System.arraycopy(inside.get(body.next().get(i)), 0, next[i], 0, next[i].length);
      }
      for (int i = 0; i < next.length; i++) {
        System.arraycopy(next[i], 0, inside.get(body.states().get(i)), 0, next[i].length);
      }
    });
    return true;
  }

  private boolean inLoop(Body.Step step, Map<Value, float[]> inside, Map<Value, Value> outside) {
    int size = step.output().shape().size();
    float[] to = new float[padded(size)];
    inside.put(step.output(), to);
    float[] x = inside.get(step.inputs().getFirst());
    switch (step.operation()) {
      case Dense d -> {
        PlaceValues.Shared weight = values.shared(outside.get(step.inputs().get(1)));
        PlaceValues.Shared bias = d.bias() ? values.shared(outside.get(step.inputs().get(2))) : null;
        RowProduct product = new RowProduct(d.out(), d.in(), weight.all(), weight.at(), d.in(), 1, bias == null ? null : bias.all(), bias == null ? 0 : bias.at());
        steps.add(() -> product.run(x, 0, to, 0));
      }
      case Dense.InputGradient(Dense d) -> {
        PlaceValues.Shared weight = values.shared(outside.get(step.inputs().get(1)));
        RowProduct product = new RowProduct(d.in(), d.out(), weight.all(), weight.at(), 1, d.in(), null, 0);
        steps.add(() -> product.run(x, 0, to, 0));
      }
      case Slice s -> steps.add(() -> System.arraycopy(x, s.begin(), to, 0, size));
      case Pointwise p when p.groups() == 0 -> {
        float[][] read = new float[step.inputs().size()][];
        for (int i = 0; i < read.length; i++) {
          read[i] = loopValue(step.inputs().get(i), inside, outside);
          if (read[i] == null) {
            return false;
          }
        }
        formula(p, p.arguments().stream().map(a -> new PointwiseKernel.Input(a.name(), false)).toList(), read, to, padded(size));
      }
      default -> {
        float[][] read = new float[step.inputs().size()][];
        for (int i = 0; i < read.length; i++) {
          read[i] = loopValue(step.inputs().get(i), inside, outside);
          if (read[i] == null) {
            return false;
          }
        }
        steps.add(byFormula(step.operation(), read, to));
      }
    }
    return true;
  }

  private float[] loopValue(Value value, Map<Value, float[]> inside, Map<Value, Value> outside) {
    float[] own = inside.get(value);
    float[] fixed = own == null && outside.containsKey(value) ? values.fixed(outside.get(value)) : null;
    return fixed == null ? own : Arrays.copyOf(fixed, padded(fixed.length));
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
    steps.add(byFormula(of, read, to));
    return true;
  }

  private static Runnable byFormula(Operation of, float[][] read, float[] to) {
    double[][] in = new double[read.length][];
    Arrays.setAll(in, i -> new double[of.inputs().get(i).shape().size()]);
    double[][] out = of.outputs().stream().map(t -> new double[t.shape().size()]).toArray(double[][]::new);
    return () -> {
      for (int i = 0; i < in.length; i++) {
        for (int k = 0; k < in[i].length; k++) {
          in[i][k] = read[i][k];
        }
      }
      for (double[] o : out) {
        Arrays.fill(o, 0);
      }
      of.evaluate(Draw.NONE, in, out);
      for (int k = 0; k < out[0].length; k++) {
        to[k] = (float) out[0][k];
      }
    };
  }
}
