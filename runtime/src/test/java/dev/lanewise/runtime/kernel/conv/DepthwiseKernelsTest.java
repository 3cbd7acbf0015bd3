package dev.lanewise.runtime.kernel.conv;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.runtime.kernel.lane.Samples;
import dev.lanewise.runtime.symbolic.Term;
import dev.lanewise.runtime.tensor.Taps;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Against the textbook's convolution of one channel, channel by channel. */
@Tag("kernels")
class DepthwiseKernelsTest {
  private static final int OFFSET = 3;

  static Stream<ConvShape> shapes() {
    return Stream.of(
        shape(1, 1, 1, 1, 1, 0, 1),
        shape(3, 5, 6, 3, 1, 0, 1),
        shape(2, 14, 14, 3, 1, 1, 1),
        shape(3, 7, 13, 5, 1, 2, 1),
        shape(2, 9, 11, 7, 1, 3, 1),
        shape(2, 9, 10, 3, 2, 1, 1),
        shape(2, 8, 7, 2, 3, 1, 1),
        shape(2, 10, 9, 3, 3, 0, 2),
        shape(2, 9, 17, 3, 1, 2, 2),
        shape(2, 5, 4, 1, 1, 2, 1),
        shape(2, 5, 6, 2, 2, 5, 1),
        shape(1, 11, 12, 3, 4, 4, 3),
        new ConvShape(3, 1, 19, 3, new Taps(1, 1, 0, 1), new Taps(5, 1, 2, 1)),
        new ConvShape(2, 9, 13, 2, new Taps(3, 1, 1, 1), new Taps(5, 1, 2, 1)),
        new ConvShape(3, 11, 10, 3, new Taps(5, 1, 2, 1), new Taps(1, 1, 0, 1)),
        new ConvShape(2, 9, 12, 2, new Taps(3, 2, 1, 1), new Taps(3, 1, 1, 1)),
        new ConvShape(2, 9, 12, 2, new Taps(2, 1, 0, 3), new Taps(3, 3, 2, 2)),
        new ConvShape(2, 1, 12, 2, new Taps(1, 2, 0, 2), new Taps(3, 2, 1, 2)));
  }

  private static ConvShape shape(int channels, int height, int width, int kernel, int stride, int padding, int dilation) {
    return new ConvShape(channels, height, width, channels, new Taps(kernel, stride, padding, dilation), new Taps(kernel, stride, padding, dilation));
  }

  private static ConvShape channel(ConvShape s) {
    return new ConvShape(1, s.height(), s.width(), 1, s.rows(), s.columns());
  }

  private static int in(ConvShape s) {
    return s.height() * s.width() * 16;
  }

  private static int out(ConvShape s) {
    return s.outHeight() * s.outWidth() * 16;
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void forwardWithBiasAndActivation(ConvShape s) {
    float[] x = Samples.random(1, s.inChannels() * in(s) + OFFSET);
    float[] w = Samples.random(2, s.inChannels() * s.taps());
    float[] bias = Samples.random(3, s.inChannels());
    double[] expected = new double[s.inChannels() * out(s)];
    for (int c = 0; c < s.inChannels(); c++) {
      float[] filter = Arrays.copyOfRange(w, c * s.taps(), (c + 1) * s.taps());
      double[] y = ConvReference.forward(channel(s), x, OFFSET + c * in(s), filter, new float[] {bias[c]});
      for (int i = 0; i < y.length; i++) {
        expected[c * y.length + i] = Math.max(0, y[i]);
      }
    }
    float[] y = Samples.blank(expected.length + 2 * OFFSET);
    DepthwiseTaps.forward(s, true, Term.variable("x").max(Term.number(0)))
        .run(x, OFFSET, w, 0, bias, 0, y, OFFSET, scratch(s), OFFSET);
    Samples.assertClose(y, OFFSET, expected, 1e-5, s);
    Samples.assertUntouched(y, OFFSET, OFFSET + expected.length, s);
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void inputGradient(ConvShape s) {
    float[] dy = Samples.random(1, s.inChannels() * out(s) + OFFSET);
    float[] w = Samples.random(2, s.inChannels() * s.taps());
    double[] expected = new double[s.inChannels() * in(s)];
    for (int c = 0; c < s.inChannels(); c++) {
      float[] filter = Arrays.copyOfRange(w, c * s.taps(), (c + 1) * s.taps());
      double[] dx = ConvReference.inputGradient(channel(s), dy, OFFSET + c * out(s), filter);
      System.arraycopy(dx, 0, expected, c * dx.length, dx.length);
    }
    float[] dx = Samples.blank(expected.length + 2 * OFFSET);
    DepthwiseTaps.inputGradient(s).run(dy, OFFSET, w, 0, null, 0, dx, OFFSET, scratch(s), OFFSET);
    Samples.assertClose(dx, OFFSET, expected, 1e-5, s);
    Samples.assertUntouched(dx, OFFSET, OFFSET + expected.length, s);
  }

  static Stream<ConvShape> withGradient() {
    return shapes().filter(DepthwiseWeightGradient::pays);
  }

  @ParameterizedTest
  @MethodSource("withGradient")
  void weightGradient(ConvShape s) {
    float[] x = Samples.random(1, s.inChannels() * in(s) + OFFSET);
    float[] dy = Samples.random(2, s.inChannels() * out(s) + OFFSET);
    double[] expected = new double[s.inChannels() * s.taps() * 16];
    for (int c = 0; c < s.inChannels(); c++) {
      double[] sums = ConvReference.weightGradient(channel(s), x, OFFSET + c * in(s), dy, OFFSET + c * out(s));
      for (int i = 0; i < sums.length; i++) {
        expected[c * sums.length + i] = sums[i] + 1;
      }
    }
    float[] sums = Samples.blank(expected.length + 2 * OFFSET);
    Arrays.fill(sums, OFFSET, OFFSET + expected.length, 1f);
    new DepthwiseWeightGradient(s).run(x, OFFSET, dy, OFFSET, sums, OFFSET, scratch(s), OFFSET);
    Samples.assertClose(sums, OFFSET, expected, 1e-4, s);
    Samples.assertUntouched(sums, OFFSET, OFFSET + expected.length, s);
  }

  /** {@code lanewise.vector} must not change a bit, though tiles and passes differ. */
  @Test
  void sameBitsAtEveryWidth() {
    ConvShape s = shape(3, 7, 13, 3, 1, 2, 2);
    float[] x = Samples.random(1, s.inChannels() * in(s));
    float[] dy = Samples.random(2, s.inChannels() * out(s));
    float[] w = Samples.random(3, s.inChannels() * s.taps());
    float[] y = new float[dy.length];
    float[] dx = new float[x.length];
    float[] sums = new float[w.length * 16];
    DepthwiseTaps.forward(s, false, Term.variable("x")).run(x, 0, w, 0, null, 0, y, 0, scratch(s), 0);
    DepthwiseTaps.inputGradient(s).run(dy, 0, w, 0, null, 0, dx, 0, scratch(s), 0);
    new DepthwiseWeightGradient(s).run(x, 0, dy, 0, sums, 0, scratch(s), 0);
    assertThat(List.of(Samples.crc(y), Samples.crc(dx), Samples.crc(sums))).containsExactly("c3d0c8d2", "8d6c4f6c", "796e0702");
  }

  /** Working memory full of what must not matter. */
  private static float[] scratch(ConvShape s) {
    return Samples.blank(OFFSET + Math.max(DepthwiseTaps.scratchSize(s), DepthwiseWeightGradient.scratchSize(s)));
  }
}
