package dev.lanewise.runtime.kernel.element;

import dev.lanewise.runtime.kernel.lane.Lanes;
import dev.lanewise.runtime.kernel.lane.VectorFunctions;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Normalises each place of {@code [places][size][16]} by itself. Each lane is an example of its own, no sum crosses lanes; sums are taken of
 * {@link #GROUP} values at a time, and then of those sums.
 */
public final class LayerNormKernel {
  private static final VectorSpecies<Float> S = Lanes.SPECIES;
  private static final int LANES = Lanes.BLOCK;
  private static final int GROUP = 32;

  private LayerNormKernel() {}

  /** Floats of working memory that {@link #gradient} needs. */
  public static int scratchSize(int places, int size) {
    return places > GROUP ? Math.multiplyExact(2 * size, LANES) : 0;
  }

  /** mean and scale = 1 / sqrt(var + eps) of each place, and y = (x - mean) scale weight + bias. */
  public static void forward(
      float[] x, int xo, int places, int size, float eps, float[] weight, int wo, float[] bias, int bo, float[] y, int yo, float[] mean, int mo, float[] scale, int so) {
    int row = size * LANES;
    for (int p = 0; p < places; p++) {
      for (int v = 0; v < LANES; v += Lanes.LENGTH) {
        int from = xo + p * row + v, end = from + row, to = yo + p * row + v;
        FloatVector middle = VectorFunctions.sum(x, from, size).div(size);
        FloatVector squares = FloatVector.zero(S);
        FloatVector lost = FloatVector.zero(S);
        for (int g = from; g < end; g += GROUP * LANES) {
          FloatVector part = FloatVector.zero(S);
          int stop = Math.min(end, g + GROUP * LANES);
          for (int i = g; i < stop; i += LANES) {
            FloatVector d = FloatVector.fromArray(S, x, i).sub(middle);
            part = d.fma(d, part);
          }
          // What is rounded away is carried along.
          FloatVector added = part.add(lost);
          FloatVector more = added.add(squares);
          lost = squares.sub(more).add(added);
          squares = more;
        }
        FloatVector factor = FloatVector.broadcast(S, 1f).div(squares.div(size).add(eps).sqrt());
        middle.intoArray(mean, mo + p * LANES + v);
        factor.intoArray(scale, so + p * LANES + v);
        for (int i = 0; i < size; i++) {
          FloatVector n = FloatVector.fromArray(S, x, from + i * LANES).sub(middle).mul(factor);
          n.fma(FloatVector.broadcast(S, weight[wo + i]), FloatVector.broadcast(S, bias[bo + i])).intoArray(y, to + i * LANES);
        }
      }
    }
  }

  /** With n = (x - mean) scale and g = dy weight: dx = scale (g - mean of g - n mean of g n); of all places dWeight = Σ dy n, dBias = Σ dy. */
  public static void gradient(
      float[] x, int xo, float[] mean, int mo, float[] scale, int so, float[] weight, int wo, float[] dy, int dyo, int places, int size, float[] dx, int dxo,
      float[] dWeight, int dwo, float[] dBias, int dbo, float[] scratch, int part) {
    int row = size * LANES;
    boolean parts = places > GROUP;
    // Of up to so many places the sums themselves, of more their parts.
    float[] dw = parts ? scratch : dWeight, db = parts ? scratch : dBias;
    int dwAt = parts ? part : dwo, dbAt = parts ? part + row : dbo;
    Arrays.fill(dWeight, dwo, dwo + row, 0);
    Arrays.fill(dBias, dbo, dbo + row, 0);
    for (int p = 0; p < places; p++) {
      if (parts && p % GROUP == 0) {
        Arrays.fill(scratch, part, part + 2 * row, 0);
      }
      place(x, xo + p * row, mean, mo + p * LANES, scale, so + p * LANES, weight, wo, dy, dyo + p * row, size, dx, dxo + p * row, dw, dwAt, db, dbAt);
      if (parts && (p % GROUP == GROUP - 1 || p == places - 1)) {
        add(scratch, part, row, dWeight, dwo);
        add(scratch, part + row, row, dBias, dbo);
      }
    }
  }

  private static void place(
      float[] x, int xo, float[] mean, int mo, float[] scale, int so, float[] weight, int wo, float[] dy, int dyo, int size, float[] dx, int dxo, float[] dw, int dwo,
      float[] db, int dbo) {
    for (int v = 0; v < LANES; v += Lanes.LENGTH) {
      FloatVector middle = FloatVector.fromArray(S, mean, mo + v);
      FloatVector factor = FloatVector.fromArray(S, scale, so + v);
      FloatVector sum = FloatVector.zero(S);
      FloatVector product = FloatVector.zero(S);
      FloatVector lost = FloatVector.zero(S);
      FloatVector lostProduct = FloatVector.zero(S);
      for (int first = 0; first < size; first += GROUP) {
        FloatVector sums = FloatVector.zero(S);
        FloatVector products = FloatVector.zero(S);
        int stop = Math.min(size, first + GROUP);
        for (int i = first; i < stop; i++) {
          FloatVector g = FloatVector.fromArray(S, dy, dyo + v + i * LANES).mul(weight[wo + i]);
          FloatVector n = FloatVector.fromArray(S, x, xo + v + i * LANES).sub(middle).mul(factor);
          sums = g.add(sums);
          products = g.fma(n, products);
        }
        FloatVector added = sums.add(lost);
        FloatVector more = added.add(sum);
        lost = sum.sub(more).add(added);
        sum = more;
        FloatVector addedProduct = products.add(lostProduct);
        FloatVector moreProduct = addedProduct.add(product);
        lostProduct = product.sub(moreProduct).add(addedProduct);
        product = moreProduct;
      }
      FloatVector all = sum.div(size);
      FloatVector along = product.div(size);
      for (int i = 0; i < size; i++) {
        FloatVector d = FloatVector.fromArray(S, dy, dyo + v + i * LANES);
        FloatVector n = FloatVector.fromArray(S, x, xo + v + i * LANES).sub(middle).mul(factor);
        d.mul(weight[wo + i]).sub(all).sub(n.mul(along)).mul(factor).intoArray(dx, dxo + v + i * LANES);
        d.fma(n, FloatVector.fromArray(S, dw, dwo + v + i * LANES)).intoArray(dw, dwo + v + i * LANES);
        FloatVector.fromArray(S, db, dbo + v + i * LANES).add(d).intoArray(db, dbo + v + i * LANES);
      }
    }
  }

  private static void add(float[] part, int po, int count, float[] sum, int so) {
    for (int i = 0; i < count; i += Lanes.LENGTH) {
      FloatVector.fromArray(S, part, po + i).add(FloatVector.fromArray(S, sum, so + i)).intoArray(sum, so + i);
    }
  }
}
