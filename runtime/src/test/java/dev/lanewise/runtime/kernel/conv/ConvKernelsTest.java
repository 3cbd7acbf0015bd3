package dev.lanewise.runtime.kernel.conv;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.runtime.kernel.lane.Samples;
import dev.lanewise.runtime.kernel.window.MaxPoolKernel;
import dev.lanewise.runtime.kernel.window.PoolShape;
import dev.lanewise.runtime.symbolic.Term;
import dev.lanewise.runtime.tensor.Taps;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("kernels")
class ConvKernelsTest {
  private static final int OFFSET = 3;
  private static final ConvShape CLASSIC = new ConvShape(10, 12, 12, 20, 5, 5, 1, 0);
  private static final ConvShape PADDED = new ConvShape(3, 9, 7, 7, 3, 3, 2, 1);

  /** Its inner positions come in fives, its channels in two parts. */
  private static final ConvShape DEEP = new ConvShape(32, 7, 7, 32, 3, 3, 1, 1);

  static Stream<ConvShape> shapes() {
    return Stream.of(
        new ConvShape(1, 1, 1, 1, 1, 1, 1, 0),
        new ConvShape(1, 28, 28, 10, 5, 5, 1, 0),
        CLASSIC,
        PADDED,
        new ConvShape(2, 5, 6, 3, 3, 3, 1, 1),
        new ConvShape(3, 7, 5, 5, 2, 2, 1, 0),
        new ConvShape(5, 8, 8, 2, 2, 2, 2, 0),
        new ConvShape(2, 6, 9, 7, 5, 5, 1, 2),
        new ConvShape(7, 4, 4, 1, 1, 1, 1, 0),
        new ConvShape(1, 10, 10, 4, 3, 3, 3, 0),
        new ConvShape(2, 11, 8, 3, 2, 2, 3, 1),
        new ConvShape(3, 6, 6, 6, 1, 1, 2, 0),
        new ConvShape(2, 3, 3, 2, 5, 5, 2, 2),
        new ConvShape(2, 9, 6, 5, 3, 2, 1, 1),
        new ConvShape(4, 8, 8, 8, 3, 3, 1, 1),
        new ConvShape(2, 8, 7, 4, 1, 5, 1, 2),
        new ConvShape(33, 7, 9, 10, 3, 3, 1, 1),
        new ConvShape(32, 8, 9, 8, 3, 3, 1, 0),
        new ConvShape(34, 6, 6, 8, 1, 1, 1, 0),
        new ConvShape(32, 9, 11, 35, 3, 3, 2, 1),
        new ConvShape(6, 9, 9, 33, 2, 3, 2, 1),
        new ConvShape(5, 7, 8, 32, 3, 3, 1, 1),
        new ConvShape(3, 9, 10, 5, new Taps(3, 1, 2, 2), new Taps(3, 1, 2, 2)),
        new ConvShape(2, 12, 11, 4, new Taps(3, 2, 1, 3), new Taps(2, 2, 1, 3)),
        new ConvShape(2, 13, 12, 3, new Taps(3, 4, 2, 2), new Taps(3, 4, 2, 2)),
        new ConvShape(33, 9, 10, 7, new Taps(3, 1, 0, 2), new Taps(3, 1, 0, 2)),
        new ConvShape(8, 9, 13, 33, new Taps(3, 2, 2, 3), new Taps(3, 2, 2, 3)),
        new ConvShape(4, 1, 17, 6, new Taps(1, 1, 0, 1), new Taps(3, 1, 1, 1)),
        new ConvShape(3, 1, 20, 5, new Taps(1, 3, 0, 2), new Taps(4, 3, 2, 2)),
        new ConvShape(3, 9, 11, 5, new Taps(3, 1, 1, 1), new Taps(5, 1, 2, 1)),
        new ConvShape(2, 9, 12, 7, new Taps(3, 1, 0, 1), new Taps(2, 2, 1, 1)),
        new ConvShape(4, 12, 9, 3, new Taps(4, 3, 2, 1), new Taps(1, 1, 0, 1)),
        new ConvShape(33, 8, 11, 9, new Taps(2, 2, 1, 2), new Taps(3, 1, 2, 3)),
        new ConvShape(35, 11, 7, 33, new Taps(3, 1, 2, 2), new Taps(3, 2, 0, 1)),
        new ConvShape(3, 10, 9, 6, new Taps(2, 2, 0, 1), new Taps(4, 1, 0, 1)),
        new ConvShape(16, 9, 8, 6, 5, 5, 1, 2),
        new ConvShape(64, 7, 8, 5, 3, 3, 1, 0),
        new ConvShape(48, 6, 7, 64, 3, 3, 2, 1),
        new ConvShape(300, 4, 5, 3, 1, 1, 1, 0),
        DEEP,
        new ConvShape(4, 12, 12, 8, 3, 3, 1, 1),
        new ConvShape(3, 5, 26, 1, 1, 1, 1, 0),
        new ConvShape(2, 6, 19, 2, 3, 3, 1, 1),
        new ConvShape(48, 5, 12, 6, 3, 3, 1, 1),
        new ConvShape(64, 9, 9, 4, 3, 3, 1, 0));
  }

  /** All terms of one sign, where roundings add up: the error of a sum hardly grows with the channels. */
  @Test
  void longSumsAreNearlyAsExactAsShortOnes() {
    for (ConvShape s : List.of(new ConvShape(512, 5, 6, 6, 3, 3, 1, 1), new ConvShape(6, 5, 6, 512, 3, 3, 1, 1))) {
      float[] x = positive(x(s));
      float[] dy = positive(dy(s));
      float[] w = positive(w(s));
      ConvForward forward = new ConvForward(s, false);
      float[] packed = new float[forward.packedSize()];
      forward.pack(w, 0, packed, 0);
      double[] y = ConvReference.forward(s, x, OFFSET, w, null);
      float[] actual = new float[y.length];
      forward.run(x, OFFSET, packed, 0, null, 0, actual, 0, null, 0, scratch(s), OFFSET);
      assertRelative(actual, y, s);
      ConvInputGradient back = new ConvInputGradient(s);
      packed = new float[back.packedSize()];
      back.pack(w, 0, packed, 0);
      double[] dx = ConvReference.inputGradient(s, dy, OFFSET, w);
      actual = new float[dx.length];
      back.run(dy, OFFSET, packed, 0, actual, 0, new float[ConvInputGradient.scratchSize(s) + OFFSET], OFFSET);
      assertRelative(actual, dx, s);
    }
  }

  private static float[] positive(float[] values) {
    for (int i = 0; i < values.length; i++) {
      values[i] = 0.5f + Math.abs(values[i]);
    }
    return values;
  }

  private static void assertRelative(float[] actual, double[] expected, ConvShape s) {
    for (int i = 0; i < expected.length; i++) {
      assertThat(actual[i] / expected[i] - 1).as("%s, element %d", s, i).isBetween(-2e-6, 2e-6);
    }
  }

  static Stream<ConvShape> poolable() {
    return shapes().filter(s -> ConvForward.canPool(s) && s.outHeight() > 1 && s.outWidth() > 1);
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void forward(ConvShape s) {
    double[] expected = ConvReference.forward(s, x(s), OFFSET, w(s), bias(s));
    float[] y = forward(s, false);
    Samples.assertClose(y, OFFSET, expected, 1e-5, s);
    Samples.assertUntouched(y, OFFSET, OFFSET + expected.length, s);
    for (int i = 0; i < expected.length; i++) {
      expected[i] = Math.max(0, expected[i]);
    }
    Samples.assertClose(forward(s, true), OFFSET, expected, 1e-5, s);
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void forwardWithoutBias(ConvShape s) {
    ConvForward conv = new ConvForward(s, false);
    float[] packed = new float[conv.packedSize() + OFFSET];
    conv.pack(w(s), 0, packed, OFFSET);
    double[] expected = ConvReference.forward(s, x(s), OFFSET, w(s), null);
    float[] y = new float[expected.length];
    conv.run(x(s), OFFSET, packed, OFFSET, null, 0, y, 0, null, 0, scratch(s), OFFSET);
    Samples.assertClose(y, 0, expected, 1e-5, s);
  }

  @ParameterizedTest
  @MethodSource("poolable")
  void pooledIsForwardThenMaxPool(ConvShape s) {
    for (boolean relu : new boolean[] {false, true}) {
      PoolShape pool = new PoolShape(s.outChannels(), s.outHeight(), s.outWidth(), 2, 2, 0);
      int size = pool.channels() * pool.outHeight() * pool.outWidth() * 16;
      float[] expected = new float[size];
      float[] expectedArgmax = new float[size];
      MaxPoolKernel.forward(pool, forward(s, false), OFFSET, expected, 0, expectedArgmax, 0);
      if (relu) {
        for (int i = 0; i < size; i++) {
          expected[i] = Math.max(0, expected[i]);
        }
      }
      float[][] actual = pooled(s, relu);
      for (int i = 0; i < size; i++) {
        assertThat(actual[0][OFFSET + i]).as("%s, element %d", s, i).isEqualTo(expected[i]);
        assertThat(actual[1][OFFSET + i]).as("%s, argmax %d", s, i).isEqualTo(expectedArgmax[i]);
      }
      Samples.assertUntouched(actual[0], OFFSET, OFFSET + size, s);
    }
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void inputGradient(ConvShape s) {
    double[] expected = ConvReference.inputGradient(s, dy(s), OFFSET, w(s));
    float[] dx = inputGradientOf(s);
    Samples.assertClose(dx, OFFSET, expected, 1e-5, s);
    Samples.assertUntouched(dx, OFFSET, OFFSET + expected.length, s);
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void weightGradient(ConvShape s) {
    double[] expected = ConvReference.weightGradient(s, x(s), OFFSET, dy(s), OFFSET);
    float[] sums = new float[expected.length + OFFSET];
    java.util.Arrays.fill(sums, 1f);
    new ConvWeightGradient(s)
        .run(x(s), OFFSET, dy(s), OFFSET, sums, OFFSET, new float[ConvWeightGradient.scratchSize(s) + OFFSET], OFFSET);
    for (int i = 0; i < expected.length; i++) {
      expected[i] += 1;
    }
    Samples.assertClose(sums, OFFSET, expected, 1e-4, s);
  }

  /** The check sums hold at every vector width: {@code lanewise.vector} must not change a bit. */
  @Test
  void sameBitsAtEveryWidth() {
    float[] sums = new float[CLASSIC.outChannels() * CLASSIC.inChannels() * CLASSIC.taps() * 16];
    new ConvWeightGradient(CLASSIC).run(x(CLASSIC), 0, dy(CLASSIC), 0, sums, 0, new float[0], 0);
    assertThat(List.of(
        Samples.crc(forward(CLASSIC, false), forward(PADDED, true)),
        Samples.crc(pooled(CLASSIC, true)),
        Samples.crc(inputGradientOf(CLASSIC), inputGradientOf(PADDED)),
        Samples.crc(sums),
        Samples.crc(forward(DEEP, true), inputGradientOf(DEEP))))
        .containsExactly("61c338ff", "b700ae87", "9aae78d1", "3f2fbdbb", "9cf87959");
  }

  private static float[] forward(ConvShape s, boolean relu) {
    ConvForward conv = new ConvForward(s, true, false, activation(relu));
    float[] packed = new float[conv.packedSize()];
    conv.pack(w(s), 0, packed, 0);
    float[] y = Samples.blank(s.outChannels() * s.outHeight() * s.outWidth() * 16 + 2 * OFFSET);
    conv.run(x(s), OFFSET, packed, 0, bias(s), 0, y, OFFSET, null, 0, scratch(s), OFFSET);
    return y;
  }

  private static float[][] pooled(ConvShape s, boolean relu) {
    ConvForward conv = new ConvForward(s, true, true, activation(relu));
    float[] packed = new float[conv.packedSize()];
    conv.pack(w(s), 0, packed, 0);
    float[] y = Samples.blank(s.outChannels() * (s.outHeight() / 2) * (s.outWidth() / 2) * 16 + 2 * OFFSET);
    float[] argmax = Samples.blank(y.length);
    conv.run(x(s), OFFSET, packed, 0, bias(s), 0, y, OFFSET, argmax, OFFSET, scratch(s), OFFSET);
    return new float[][] {y, argmax};
  }

  private static float[] inputGradientOf(ConvShape s) {
    ConvInputGradient gradient = new ConvInputGradient(s);
    float[] packed = new float[gradient.packedSize()];
    gradient.pack(w(s), 0, packed, 0);
    float[] dx = Samples.blank(s.inChannels() * s.height() * s.width() * 16 + 2 * OFFSET);
    gradient.run(dy(s), OFFSET, packed, 0, dx, OFFSET, scratch(s), OFFSET);
    return dx;
  }

  private static float[] x(ConvShape s) {
    return Samples.random(1, s.inChannels() * s.height() * s.width() * 16 + OFFSET);
  }

  private static float[] dy(ConvShape s) {
    return Samples.random(2, s.outChannels() * s.outHeight() * s.outWidth() * 16 + OFFSET);
  }

  private static float[] w(ConvShape s) {
    return Samples.random(3, s.outChannels() * s.inChannels() * s.taps());
  }

  private static float[] bias(ConvShape s) {
    return Samples.random(4, s.outChannels());
  }

  /** Working memory for both directions, full of what must not matter. */
  private static float[] scratch(ConvShape s) {
    return Samples.blank(OFFSET + Math.max(ConvForward.scratchSize(s), ConvInputGradient.scratchSize(s)));
  }

  private static Term activation(boolean relu) {
    Term x = Term.variable("x");
    return relu ? x.max(Term.number(0)) : x;
  }
}
