package dev.lanewise.runtime.kernel.lane;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * e^x, log x and what follows from them, as polynomials on fused multiply-adds: the same bits at every vector width, which the JDK's own
 * lanewise functions do not promise. Constants as in Cephes (expf.c, logf.c). All are compiled into their callers ({@code engine_options}),
 * so that vectors may be arguments and results.
 */
public final class VectorFunctions {
  /** Up to here whole quarters of a circle are taken away in floats. */
  private static final float NEAR = 1 << 18;
  private static final VectorSpecies<Float> S = Lanes.SPECIES;

  private VectorFunctions() {}

  /** {@link dev.lanewise.runtime.random.Draws#bits}: of the index plus the key's low half, and its high half. */
  public static IntVector bits(IntVector low, IntVector high) {
    IntVector z = scramble(low, 16, 0x21f0aaad);
    z = scramble(z, 15, 0x735a2d97);
    z = z.lanewise(VectorOperators.XOR, z.lanewise(VectorOperators.LSHR, 15)).add(high);
    z = scramble(z, 16, 0x7feb352d);
    z = scramble(z, 15, 0x846ca68b);
    return z.lanewise(VectorOperators.XOR, z.lanewise(VectorOperators.LSHR, 16));
  }

  private static IntVector scramble(IntVector z, int shift, int factor) {
    return z.lanewise(VectorOperators.XOR, z.lanewise(VectorOperators.LSHR, shift)).mul(factor);
  }

  /**
   * e^x = 2^k e^r with k = round(x / ln 2), |r| ≤ ln 2 / 2; within 2 ULP. Infinite above 88.72283, the largest x with a finite result; 0
   * below -87.33654, where the result would be denormal.
   */
  public static FloatVector exp(FloatVector value) {
    VectorMask<Float> none = value.compare(VectorOperators.LT, -87.33654f);
    VectorMask<Float> endless = value.compare(VectorOperators.GT, 88.72283f);
    FloatVector x = value.blend(-87.33654f, none).blend(88.72283f, endless);
    // Adding 1.5 2^23 rounds to a whole number, which then stands in the low bits.
    FloatVector rounded = x.fma(FloatVector.broadcast(S, 1.44269504f), FloatVector.broadcast(S, 12582912f));
    FloatVector k = rounded.sub(12582912f);
    FloatVector r = k.fma(FloatVector.broadcast(S, -0.693359375f), x);
    r = k.fma(FloatVector.broadcast(S, 2.12194440e-4f), r);
    FloatVector p = FloatVector.broadcast(S, 1.9875691500e-4f);
    p = p.fma(r, FloatVector.broadcast(S, 1.3981999507e-3f));
    p = p.fma(r, FloatVector.broadcast(S, 8.3334519073e-3f));
    p = p.fma(r, FloatVector.broadcast(S, 4.1665795894e-2f));
    p = p.fma(r, FloatVector.broadcast(S, 1.6666665459e-1f));
    p = p.fma(r, FloatVector.broadcast(S, 5.0000001201e-1f));
    p = p.fma(r.mul(r), r).add(1f);
    // Where k is 128 e^r is below 1, and where it is -126 above: the exponent of the product is that of a normal number.
    IntVector exponent = rounded.reinterpretAsInts().sub(0x4B400000).lanewise(VectorOperators.LSHL, 23);
    FloatVector y = p.reinterpretAsInts().add(exponent).reinterpretAsFloats();
    return y.blend(0f, none).blend(Float.POSITIVE_INFINITY, endless);
  }

  /**
   * e^x - 1 = 2^k (e^r - 1) + (2^k - 1), with k and r as in {@link #exp}: nothing cancels near 0; within 2 ULP. Half of it is computed and
   * doubled, so that 2^k is finite.
   */
  static FloatVector expm1(FloatVector value) {
    VectorMask<Float> endless = value.compare(VectorOperators.GT, 88.72283f);
    // e^-18 is nothing beside 1.
    FloatVector x = value.blend(-18f, value.compare(VectorOperators.LT, -18f)).blend(88.72283f, endless);
    FloatVector rounded = x.fma(FloatVector.broadcast(S, 1.44269504f), FloatVector.broadcast(S, 12582912f));
    FloatVector k = rounded.sub(12582912f);
    FloatVector r = k.fma(FloatVector.broadcast(S, -0.693359375f), x);
    r = k.fma(FloatVector.broadcast(S, 2.12194440e-4f), r);
    FloatVector p = FloatVector.broadcast(S, 1.9845958e-4f);
    p = p.fma(r, FloatVector.broadcast(S, 1.3941653e-3f));
    p = p.fma(r, FloatVector.broadcast(S, 8.3333916e-3f));
    p = p.fma(r, FloatVector.broadcast(S, 4.1666348e-2f));
    p = p.fma(r, FloatVector.broadcast(S, 1.6666667e-1f));
    p = p.fma(r, FloatVector.broadcast(S, 0.5f));
    p = p.fma(r.mul(r), r);
    IntVector exponent = rounded.reinterpretAsInts().sub(0x4B400000 - 126).lanewise(VectorOperators.LSHL, 23);
    FloatVector half = exponent.reinterpretAsFloats();
    FloatVector y = p.fma(half, half.sub(0.5f));
    return y.add(y).blend(Float.POSITIVE_INFINITY, endless);
  }

  /**
   * log x = e ln 2 + log m, with m in [sqrt(1/2), sqrt 2); within 2 ULP. As IEEE 754 has it, -∞ of 0, ∞ of ∞, and no number of one below 0.
   */
  public static FloatVector log(FloatVector value) {
    // A denormal number is made a normal one, and what that added to the logarithm taken away again.
    VectorMask<Float> denormal = value.compare(VectorOperators.LT, Float.MIN_NORMAL);
    FloatVector x = value.blend(value.mul(8388608f), denormal);
    IntVector bits = x.reinterpretAsInts();
    IntVector shifted = bits.sub(0x3f3504f3);
    IntVector e = shifted.lanewise(VectorOperators.ASHR, 23);
    FloatVector f = bits.sub(e.lanewise(VectorOperators.LSHL, 23)).reinterpretAsFloats().sub(1f);
    FloatVector k = (FloatVector) e.convert(VectorOperators.I2F, 0);
    k = k.blend(k.sub(23f), denormal);
    FloatVector square = f.mul(f);
    FloatVector p = FloatVector.broadcast(S, 7.0376836292e-2f);
    p = p.fma(f, FloatVector.broadcast(S, -1.1514610310e-1f));
    p = p.fma(f, FloatVector.broadcast(S, 1.1676998740e-1f));
    p = p.fma(f, FloatVector.broadcast(S, -1.2420140846e-1f));
    p = p.fma(f, FloatVector.broadcast(S, 1.4249322787e-1f));
    p = p.fma(f, FloatVector.broadcast(S, -1.6668057665e-1f));
    p = p.fma(f, FloatVector.broadcast(S, 2.0000714765e-1f));
    p = p.fma(f, FloatVector.broadcast(S, -2.4999993993e-1f));
    p = p.fma(f, FloatVector.broadcast(S, 3.3333331174e-1f));
    FloatVector y = k.fma(FloatVector.broadcast(S, -2.12194440e-4f), p.mul(f).mul(square));
    y = square.fma(FloatVector.broadcast(S, -0.5f), y).add(f);
    y = k.fma(FloatVector.broadcast(S, 0.693359375f), y);
    y = y.blend(value, value.compare(VectorOperators.EQ, Float.POSITIVE_INFINITY));
    y = y.blend(Float.NEGATIVE_INFINITY, value.compare(VectorOperators.EQ, 0f));
    return y.blend(Float.NaN, value.compare(VectorOperators.GE, 0f).not());
  }

  /**
   * log(1 + x) = log u + (x - (u - 1)) / u with u = 1 + x as it is rounded: what was rounded away is added again (Kahan 1987); within 3 ULP.
   */
  static FloatVector log1p(FloatVector x) {
    FloatVector u = x.add(1f);
    FloatVector y = log(u);
    FloatVector corrected = x.sub(u.sub(1f)).div(u).add(y);
    // Of the ends, -1 and ∞, the correction is no number.
    return corrected.blend(y, y.abs().compare(VectorOperators.GE, Float.POSITIVE_INFINITY));
  }

  /** log(1 + e^x) = max(x, 0) + log(1 + e^-|x|). */
  static FloatVector softplus(FloatVector x) {
    return log1p(exp(x.abs().neg())).add(x.blend(0f, x.compare(VectorOperators.LT, 0f)));
  }

  static FloatVector abs(FloatVector x) {
    return x.abs();
  }

  static FloatVector sqrt(FloatVector x) {
    return x.sqrt();
  }

  static FloatVector sigmoid(FloatVector x) {
    return FloatVector.broadcast(S, 1f).div(exp(x.neg()).add(1f));
  }

  /**
   * The error function: below 7/8 x + x P(x²), so that nothing is lost near 0; above, 1 - e^(-x Q(x)). P and Q were fitted so that the largest
   * relative error is as small as can be; within 2 ULP.
   */
  static FloatVector erf(FloatVector x) {
    FloatVector s = x.mul(x);
    FloatVector p = FloatVector.broadcast(S, 8.6753914e-5f);
    p = p.fma(s, FloatVector.broadcast(S, -8.2111039e-4f));
    p = p.fma(s, FloatVector.broadcast(S, 5.2067474e-3f));
    p = p.fma(s, FloatVector.broadcast(S, -2.6861584e-2f));
    p = p.fma(s, FloatVector.broadcast(S, 1.1283733e-1f));
    p = p.fma(s, FloatVector.broadcast(S, -3.7612635e-1f));
    p = p.fma(s, FloatVector.broadcast(S, 1.2837917e-1f));
    FloatVector near = p.fma(x, x);
    FloatVector a = x.abs();
    // From there on it is 1.
    FloatVector t = a.blend(3.93f, a.compare(VectorOperators.GT, 3.93f));
    FloatVector q = FloatVector.broadcast(S, 9.3646577e-6f);
    q = q.fma(t, FloatVector.broadcast(S, -3.0433162e-4f));
    q = q.fma(t, FloatVector.broadcast(S, 3.5682688e-3f));
    q = q.fma(t, FloatVector.broadcast(S, -2.3607211e-2f));
    q = q.fma(t, FloatVector.broadcast(S, 1.0605964e-1f));
    q = q.fma(t, FloatVector.broadcast(S, 6.3525689e-1f));
    q = q.fma(t, FloatVector.broadcast(S, 1.1286229f));
    FloatVector far = FloatVector.broadcast(S, 1f).sub(exp(q.mul(t).neg()));
    far = far.blend(far.neg(), x.compare(VectorOperators.LT, 0f));
    return far.blend(near, a.compare(VectorOperators.LT, 0.875f));
  }

  /**
   * The angle, near 0 by a polynomial; beyond tan(π/8) by that of (x - 1) / (x + 1), which is π/4 less, beyond tan(3π/8) by that of -1 / x, which is π/2 less (Cephes
   * atanf.c). What π/4 and π/2 lose in single precision is added again; within 2.5 ULP.
   */
  static FloatVector atan(FloatVector x) {
    FloatVector a = x.abs();
    FloatVector t = a.blend(a.sub(1f).div(a.add(1f)), a.compare(VectorOperators.GT, 0.41421356f)).blend(FloatVector.broadcast(S, -1f).div(a), a.compare(VectorOperators.GT, 2.4142137f));
    FloatVector whole = FloatVector.zero(S).blend(0.78539819f, a.compare(VectorOperators.GT, 0.41421356f)).blend(1.57079637f, a.compare(VectorOperators.GT, 2.4142137f));
    FloatVector lost = FloatVector.zero(S).blend(-2.18556941e-8f, a.compare(VectorOperators.GT, 0.41421356f)).blend(-4.37113883e-8f, a.compare(VectorOperators.GT, 2.4142137f));
    FloatVector z = t.mul(t);
    FloatVector p = FloatVector.broadcast(S, 8.05374449538e-2f);
    p = p.fma(z, FloatVector.broadcast(S, -1.38776856032e-1f));
    p = p.fma(z, FloatVector.broadcast(S, 1.99777106478e-1f));
    p = p.fma(z, FloatVector.broadcast(S, -3.33329491539e-1f));
    FloatVector y = whole.add(p.mul(z).fma(t, t).add(lost));
    return y.blend(y.neg(), x.compare(VectorOperators.LT, 0f));
  }

  /** Where fractions are smaller than the last place, adding rounds them away, to even where it is a half. From 2^23 on there are none. */
  static FloatVector round(FloatVector x) {
    FloatVector a = x.abs();
    FloatVector whole = a.add(8388608f).sub(8388608f);
    whole = whole.blend(whole.neg(), x.compare(VectorOperators.LT, 0f));
    return x.blend(whole, a.compare(VectorOperators.LT, 8388608f));
  }

  static FloatVector floor(FloatVector x) {
    FloatVector near = round(x);
    return near.blend(near.sub(1f), near.compare(VectorOperators.GT, x));
  }

  static FloatVector ceil(FloatVector x) {
    FloatVector near = round(x);
    return near.blend(near.add(1f), near.compare(VectorOperators.LT, x));
  }

  static FloatVector sin(FloatVector x) {
    return wave(x, 0);
  }

  static FloatVector cos(FloatVector x) {
    return wave(x, 1);
  }

  /** The same for x that is known to be within 2^18, such as an angle: a kernel without the way for others has no vector that becomes an object. */
  public static FloatVector cosOfNear(FloatVector x) {
    return near(x, 1);
  }

  private static FloatVector wave(FloatVector x, int quarters) {
    FloatVector y = near(x, quarters);
    return x.abs().compare(VectorOperators.LE, NEAR).allTrue() ? y : far(x, quarters, y);
  }

  /**
   * sin(x + quarters π/2): x is brought to [-π/4, π/4] by whole quarters, and the quarter says which polynomial with which sign (Cephes
   * sinf.c). π/2 is taken away in three parts of 24 bits each: what a fused multiply-add leaves is exact where it is small, so the zeros are
   * met; within 2 ULP. Beyond 2^18 the whole quarters are not known well enough any more: there each lane is computed by itself, in double.
   */
  private static FloatVector near(FloatVector x, int quarters) {
    FloatVector rounded = x.fma(FloatVector.broadcast(S, 0.636619772f), FloatVector.broadcast(S, 12582912f));
    FloatVector k = rounded.sub(12582912f);
    FloatVector r = k.fma(FloatVector.broadcast(S, -1.57079637f), x);
    r = k.fma(FloatVector.broadcast(S, 4.37113883e-8f), r);
    r = k.fma(FloatVector.broadcast(S, 1.71512450e-15f), r);
    FloatVector z = r.mul(r);
    FloatVector sin = FloatVector.broadcast(S, -1.9515295891e-4f);
    sin = sin.fma(z, FloatVector.broadcast(S, 8.3321608736e-3f));
    sin = sin.fma(z, FloatVector.broadcast(S, -1.6666654611e-1f));
    sin = sin.mul(z).fma(r, r);
    FloatVector cos = FloatVector.broadcast(S, 2.443315711809948e-5f);
    cos = cos.fma(z, FloatVector.broadcast(S, -1.388731625493765e-3f));
    cos = cos.fma(z, FloatVector.broadcast(S, 4.166664568298827e-2f));
    cos = cos.fma(z, FloatVector.broadcast(S, -0.5f)).fma(z, FloatVector.broadcast(S, 1f));
    IntVector quarter = rounded.reinterpretAsInts().add(quarters);
    FloatVector y =
        sin.blend(cos, quarter.and(1).compare(VectorOperators.EQ, 1).cast(S));
    return y.blend(y.neg(), quarter.and(2).compare(VectorOperators.EQ, 2).cast(S));
  }

  /** @param near what is right where x is near */
  private static FloatVector far(FloatVector x, int quarters, FloatVector near) {
    float[] values = x.toArray();
    float[] waves = near.toArray();
    for (int i = 0; i < values.length; i++) {
      if (!(Math.abs(values[i]) <= NEAR)) {
        waves[i] = (float) (quarters == 0 ? StrictMath.sin(values[i]) : StrictMath.cos(values[i]));
      }
    }
    return FloatVector.fromArray(S, waves, 0);
  }

  /** tanh |x| = t / (t + 2) with t = e^{2|x|} - 1, which is exact near zero; beyond 20 it is 1. */
  static FloatVector tanh(FloatVector x) {
    FloatVector a = x.abs();
    FloatVector t = expm1(a.add(a).blend(40f, a.compare(VectorOperators.GT, 20f)));
    FloatVector y = t.div(t.add(2f));
    return y.blend(y.neg(), x.compare(VectorOperators.LT, 0f));
  }

  /** The largest value of each lane in {@code [count][16]}; no number where one of them is none. */
  public static FloatVector max(float[] x, int xo, int count) {
    return max(x, xo, count, Lanes.BLOCK);
  }

  /** The same of rows that lie so far from each other. */
  public static FloatVector max(float[] x, int xo, int count, int stride) {
    FloatVector max = FloatVector.fromArray(S, x, xo);
    for (int i = 1; i < count; i++) {
      FloatVector v = FloatVector.fromArray(S, x, xo + i * stride);
      max = v.blend(max, v.compare(VectorOperators.GT, max).not());
    }
    return max;
  }

  /** The sum of each lane in {@code [count][16]}; what each addition rounds away is carried along (Kahan 1965, see {@link LaneSums#rows}). */
  public static FloatVector sum(float[] x, int xo, int count) {
    return sum(x, xo, count, Lanes.BLOCK);
  }

  /** The same of rows that lie so far from each other. */
  public static FloatVector sum(float[] x, int xo, int count, int stride) {
    FloatVector sum = FloatVector.zero(S);
    FloatVector lost = FloatVector.zero(S);
    for (int i = 0; i < count; i++) {
      FloatVector added = FloatVector.fromArray(S, x, xo + i * stride).add(lost);
      FloatVector more = added.add(sum);
      lost = sum.sub(more).add(added);
      sum = more;
    }
    return sum;
  }
}
