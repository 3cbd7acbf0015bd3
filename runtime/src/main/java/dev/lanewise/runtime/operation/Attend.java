package dev.lanewise.runtime.operation;

import dev.lanewise.runtime.spec.Draw;
import dev.lanewise.runtime.spec.Type;
import dev.lanewise.runtime.spec.Value;
import dev.lanewise.runtime.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Scaled dot-product attention (Vaswani et al. 2017), places first: every place i of L asks all places j of S, each head with its own part of the
 * channels, of size d:
 *
 * <pre>p_ij = e^{s_ij} / Σ_j e^{s_ij} with s_ij = q_i · k_j / √d,   y_i = Σ_j p_ij v_j</pre>
 *
 * <p>Causal, place i sees the places j ≤ i alone, as PyTorch's {@code is_causal} has it. With a mask, a number for each j, those of 0 are not
 * there; a place for which there is none gets zeros. Queries, keys and values may be channels of one input, side by side, as one product makes them.
 *
 * <p>It reads its inputs, and the mask last, if there is one; it gives y, L x heads times the size of values, and p, heads x L x S.
 *
 * @param places L
 * @param others S
 * @param size d, of a head's queries and keys
 * @param valueSize of a head's values
 * @param sources how many the queries, keys and values come from
 */
public record Attend(
    int places, int others, int heads, int size, int valueSize, boolean causal, boolean masked, int sources, Part q, Part k, Part v) implements Operation {

  /** Which channels of which input they are: all heads', one after the other. @param width all channels of that input */
  public record Part(int input, int width, int from) {}

  /** Of queries, keys and values that are inputs of their own: {@code L x D}, {@code S x D}, {@code S x E}. */
  public static Attend apart(Shape q, Shape k, Shape v, int heads, boolean causal, boolean masked) {
    if (heads < 1 || q.dim(1) % heads != 0 || v.dim(1) % heads != 0 || !k.equals(Shape.of(v.dim(0), q.dim(1)))) {
      throw new IllegalArgumentException("attend: " + heads + " heads of " + q + ", " + k + " and " + v);
    }
    return new Attend(q.dim(0), k.dim(0), heads, q.dim(1) / heads, v.dim(1) / heads, causal, masked, 3,
        new Part(0, q.dim(1), 0), new Part(1, k.dim(1), 0), new Part(2, v.dim(1), 0));
  }

  /** Of one input {@code L x 3D}: queries, then keys, then values. */
  public static Attend together(int places, int channels, int heads, boolean causal, boolean masked) {
    int size = channels / heads;
    return new Attend(places, places, heads, size, size, causal, masked, 1,
        new Part(0, 3 * channels, 0), new Part(0, 3 * channels, channels), new Part(0, 3 * channels, 2 * channels));
  }

  /** Of queries {@code L x D} and another sequence's {@code S x 2D}: keys, then values. */
  public static Attend toOther(int places, int others, int channels, int heads, boolean causal, boolean masked) {
    int size = channels / heads;
    return new Attend(places, others, heads, size, size, causal, masked, 2,
        new Part(0, channels, 0), new Part(1, 2 * channels, 0), new Part(1, 2 * channels, channels));
  }

  @Override
  public String name() {
    return "attend";
  }

  /** How many of the places j place i sees: the first ones. */
  public int seen(int i) {
    return causal ? Math.min(i + 1, others) : others;
  }

  /** The types of what is read, without the mask. */
  private List<Type> read() {
    return IntStream.range(0, sources).mapToObj(this::input).map(Type::example).toList();
  }

  private Shape input(int index) {
    Part part = Stream.of(q, k, v).filter(p -> p.input == index).findFirst().orElseThrow();
    return Shape.of(part == q ? places : others, part.width);
  }

  @Override
  public List<Type> inputs() {
    return masked ? Stream.concat(read().stream(), Stream.of(Type.example(Shape.of(others)))).toList() : read();
  }

  private Shape probabilities() {
    return Shape.of(heads, places, others);
  }

  @Override
  public List<Type> outputs() {
    return List.of(Type.example(Shape.of(places, heads * valueSize)), Type.example(probabilities()));
  }

  /** Where the values of a head begin at a place. */
  private static int at(Part part, int place, int head, int size) {
    return place * part.width + part.from + head * size;
  }

  @Override
  public void evaluate(Draw draw, double[][] in, double[][] out) {
    for (int h = 0; h < heads; h++) {
      for (int i = 0; i < places; i++) {
        double[] p = probabilities(in, h, i);
        for (int j = 0; j < p.length; j++) {
          out[1][(h * places + i) * others + j] += p[j];
          for (int c = 0; c < valueSize; c++) {
            out[0][(i * heads + h) * valueSize + c] += p[j] * in[v.input][at(v, j, h, valueSize) + c];
          }
        }
      }
    }
  }

  /** Of a head at a place: over those that it sees. */
  private double[] probabilities(double[][] in, int h, int i) {
    double[] p = new double[seen(i)];
    double max = Double.NEGATIVE_INFINITY;
    for (int j = 0; j < p.length; j++) {
      p[j] = isThere(in, j) ? dot(in[q.input], at(q, i, h, size), in[k.input], at(k, j, h, size), size) / Math.sqrt(size) : Double.NEGATIVE_INFINITY;
      max = Math.max(max, p[j]);
    }
    double sum = 0;
    for (int j = 0; j < p.length; j++) {
      p[j] = isThere(in, j) ? Math.exp(p[j] - max) : 0;
      sum += p[j];
    }
    for (int j = 0; j < p.length && sum != 0; j++) {
      p[j] /= sum;
    }
    return p;
  }

  private boolean isThere(double[][] in, int j) {
    return !masked || in[sources][j] != 0;
  }

  private static double dot(double[] a, int ao, double[] b, int bo, int count) {
    double sum = 0;
    for (int c = 0; c < count; c++) {
      sum += a[ao + c] * b[bo + c];
    }
    return sum;
  }

  @Override
  public long multiplyAdds() {
    long pairs = IntStream.range(0, places).mapToLong(this::seen).sum();
    return pairs * heads * (size + valueSize);
  }

  @Override
  public List<Value> gradient(Emitter emitter, List<Value> in, List<Value> out, Value dOut, boolean[] needed) {
    List<Value> read = new ArrayList<>(in.subList(0, sources));
    read.addAll(List.of(out.get(1), dOut));
    List<Value> gradients = new ArrayList<>(emitter.emitAll("d" + in.getFirst().name(), new Gradient(this), read));
    if (masked) {
      gradients.add(null);
    }
    return gradients;
  }

  /**
   * From the inputs, p and dy: dv_j = Σ_i p_ij dy_i; with dp_ij = dy_i · v_j and ds_ij = p_ij (dp_ij - Σ_j p_ij dp_ij) / √d, dq_i = Σ_j ds_ij k_j
   * and dk_j = Σ_i ds_ij q_i.
   */
  public record Gradient(Attend of) implements Operation {
    @Override
    public String name() {
      return "attend.dx";
    }

    @Override
    public List<Type> inputs() {
      return Stream.concat(of.read().stream(), Stream.of(Type.example(of.probabilities()), of.outputs().getFirst())).toList();
    }

    @Override
    public List<Type> outputs() {
      return of.read();
    }

    @Override
    public void evaluate(Draw draw, double[][] in, double[][] out) {
      for (int h = 0; h < of.heads; h++) {
        for (int i = 0; i < of.places; i++) {
          place(h, i, in, out);
        }
      }
    }

    private void place(int h, int i, double[][] in, double[][] out) {
      double[] dy = in[of.sources + 1];
      int row = (h * of.places + i) * of.others, yo = (i * of.heads + h) * of.valueSize;
      double[] dp = new double[of.seen(i)];
      double sum = 0;
      for (int j = 0; j < dp.length; j++) {
        double p = in[of.sources][row + j];
        dp[j] = dot(dy, yo, in[of.v.input], at(of.v, j, h, of.valueSize), of.valueSize);
        sum += p * dp[j];
        add(p, dy, yo, out[of.v.input], at(of.v, j, h, of.valueSize), of.valueSize);
      }
      for (int j = 0; j < dp.length; j++) {
        double ds = in[of.sources][row + j] * (dp[j] - sum) / Math.sqrt(of.size);
        int qo = at(of.q, i, h, of.size), ko = at(of.k, j, h, of.size);
        add(ds, in[of.k.input], ko, out[of.q.input], qo, of.size);
        add(ds, in[of.q.input], qo, out[of.k.input], ko, of.size);
      }
    }

    private static void add(double factor, double[] x, int xo, double[] to, int at, int count) {
      for (int c = 0; c < count; c++) {
        to[at + c] += factor * x[xo + c];
      }
    }

    @Override
    public long multiplyAdds() {
      long pairs = IntStream.range(0, of.places).mapToLong(of::seen).sum();
      return pairs * of.heads * (2L * of.size + 2L * of.valueSize);
    }

    @Override
    public List<Value> gradient(Emitter emitter, List<Value> in, List<Value> out, Value dOut, boolean[] needed) {
      return Operation.none(this);
    }
  }
}
