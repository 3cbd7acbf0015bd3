package dev.lanewise.runtime.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * e^x, log x and what follows from them, as polynomials on fused multiply-adds: the same bits at every vector width,
 * which the JDK's own lanewise functions do not promise. Constants as in Cephes (expf.c, logf.c).
 */
final class VectorFunctions {
  private static final VectorSpecies<Float> S = Lanes.SPECIES;

  private VectorFunctions() {}

  /** {@link dev.lanewise.runtime.random.Draws#bits}: of the index plus the key's low half, and its high half. */
  static IntVector bits(IntVector low, IntVector high) {
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

  /** e^x = 2^k e^r with k = round(x / ln 2), |r| ≤ ln 2 / 2; within 2 ULP. Below -87 it is e^-87, above 88 e^88. */
  static FloatVector exp(FloatVector value) {
    FloatVector low = value.blend(-87f, value.compare(VectorOperators.LT, -87f));
    FloatVector x = low.blend(88f, low.compare(VectorOperators.GT, 88f));
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
    IntVector exponent = rounded.reinterpretAsInts().sub(0x4B400000).lanewise(VectorOperators.LSHL, 23);
    return p.reinterpretAsInts().add(exponent).reinterpretAsFloats();
  }

  /** log x = e ln 2 + log m, with m in [sqrt(1/2), sqrt 2), for x > 0 that is not denormal; within 2 ULP. */
  static FloatVector log(FloatVector x) {
    IntVector bits = x.reinterpretAsInts();
    IntVector shifted = bits.sub(0x3f3504f3);
    IntVector e = shifted.lanewise(VectorOperators.ASHR, 23);
    FloatVector f = bits.sub(e.lanewise(VectorOperators.LSHL, 23)).reinterpretAsFloats().sub(1f);
    FloatVector k = (FloatVector) e.convert(VectorOperators.I2F, 0);
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
    return k.fma(FloatVector.broadcast(S, 0.693359375f), y);
  }

  static FloatVector sqrt(FloatVector x) {
    return x.sqrt();
  }

  static FloatVector sigmoid(FloatVector x) {
    return FloatVector.broadcast(S, 1f).div(exp(x.neg()).add(1f));
  }

  /** The error function by Abramowitz and Stegun 7.1.26: 1 - P(t) e^(-x²) with t = 1 / (1 + 0.3275911 |x|); within 3e-7. */
  static FloatVector erf(FloatVector x) {
    FloatVector a = x.abs();
    FloatVector t = FloatVector.broadcast(S, 1f).div(a.mul(0.3275911f).add(1f));
    FloatVector p = t.fma(FloatVector.broadcast(S, 1.061405429f), FloatVector.broadcast(S, -1.453152027f));
    p = p.fma(t, FloatVector.broadcast(S, 1.421413741f));
    p = p.fma(t, FloatVector.broadcast(S, -0.284496736f));
    p = p.fma(t, FloatVector.broadcast(S, 0.254829592f));
    FloatVector y = FloatVector.broadcast(S, 1f).sub(p.mul(t).mul(exp(a.mul(a).neg())));
    return y.blend(y.neg(), x.compare(VectorOperators.LT, 0f));
  }

  static FloatVector sin(FloatVector x) {
    return wave(x, 0);
  }

  static FloatVector cos(FloatVector x) {
    return wave(x, 1);
  }

  /**
   * sin(x + quarters π/2): x is brought to [-π/4, π/4] by whole quarters, taken away in three parts (Cody and Waite), and the
   * quarter says which polynomial with which sign (Cephes sinf.c); within 3e-7 for |x| up to 8192.
   */
  private static FloatVector wave(FloatVector x, int quarters) {
    FloatVector rounded = x.fma(FloatVector.broadcast(S, 0.636619772f), FloatVector.broadcast(S, 12582912f));
    FloatVector k = rounded.sub(12582912f);
    FloatVector r = k.fma(FloatVector.broadcast(S, -1.5703125f), x);
    r = k.fma(FloatVector.broadcast(S, -4.837512969970703125e-4f), r);
    r = k.fma(FloatVector.broadcast(S, -7.54978995489188216e-8f), r);
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

  /** tanh x = 1 - 2 / (e^{2x} + 1); near zero, where that cancels, x + x³ P(x²). */
  static FloatVector tanh(FloatVector x) {
    FloatVector far = FloatVector.broadcast(S, -2f).div(exp(x.add(x)).add(1f)).add(1f);
    FloatVector z = x.mul(x);
    FloatVector p = FloatVector.broadcast(S, -5.70498872745e-3f);
    p = p.fma(z, FloatVector.broadcast(S, 2.06390887954e-2f));
    p = p.fma(z, FloatVector.broadcast(S, -5.37397155531e-2f));
    p = p.fma(z, FloatVector.broadcast(S, 1.33314422036e-1f));
    p = p.fma(z, FloatVector.broadcast(S, -3.33332819422e-1f));
    FloatVector near = p.mul(z).fma(x, x);
    return far.blend(near, z.compare(VectorOperators.LT, 0.390625f));
  }
}
