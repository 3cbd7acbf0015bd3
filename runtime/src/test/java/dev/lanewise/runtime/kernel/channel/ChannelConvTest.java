package dev.lanewise.runtime.kernel.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lanewise.runtime.kernel.conv.ConvForward;
import dev.lanewise.runtime.kernel.conv.ConvReference;
import dev.lanewise.runtime.kernel.conv.ConvShape;
import dev.lanewise.runtime.kernel.lane.Samples;
import dev.lanewise.runtime.tensor.Taps;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("kernels")
class ChannelConvTest {
  private static final int OFFSET = 3;

  static Stream<ConvShape> shapes() {
    return Stream.of(
        new ConvShape(1, 28, 28, 16, 5, 5, 1, 0),
        new ConvShape(3, 23, 21, 16, 7, 7, 2, 3),
        new ConvShape(16, 1, 1, 16, 1, 1, 1, 0),
        new ConvShape(16, 9, 8, 32, 3, 3, 1, 1),
        new ConvShape(32, 7, 7, 48, 3, 3, 1, 1),
        new ConvShape(64, 14, 14, 16, 3, 3, 2, 1),
        new ConvShape(96, 6, 7, 16, 3, 3, 1, 1),
        new ConvShape(80, 5, 5, 16, 3, 3, 1, 0),
        new ConvShape(48, 11, 12, 16, 5, 5, 1, 2),
        new ConvShape(32, 3, 3, 16, 5, 5, 2, 2),
        new ConvShape(64, 13, 13, 32, 1, 1, 2, 0),
        new ConvShape(320, 4, 5, 16, 1, 1, 1, 0),
        new ConvShape(16, 17, 40, 16, 3, 3, 1, 1),
        new ConvShape(16, 4, 300, 16, 1, 3, 1, 0),
        new ConvShape(16, 9, 13, 16, new Taps(3, 2, 2, 3), new Taps(3, 1, 2, 2)),
        new ConvShape(2, 13, 12, 16, new Taps(3, 4, 2, 2), new Taps(3, 4, 2, 2)),
        new ConvShape(32, 1, 20, 16, Taps.ONE, new Taps(4, 3, 2, 2)),
        new ConvShape(16, 4, 4, 16, 1, 1, 1, 2));
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void saysWhatTheTextbookSays(ConvShape s) {
    int in = s.inChannels() * s.height() * s.width(), places = s.outHeight() * s.outWidth(), out = s.outChannels() * places;
    float[] x = Samples.random(1, in), bias = Samples.random(3, s.outChannels());
    float[] w = Samples.random(2, s.outChannels() * s.inChannels() * s.taps());
    float[] block = new float[in * 16];
    for (int i = 0; i < block.length; i++) {
      block[i] = x[i / 16];
    }
    for (boolean biased : new boolean[] {true, false}) {
      double[] expected = ConvReference.forward(s, block, 0, w, biased ? bias : null);
      float[] alike = forward(s, biased, block, w, bias);
      for (boolean raw : s.inChannels() % 16 == 0 ? new boolean[] {true, false} : new boolean[] {true}) {
        float[] y = run(s, biased, raw, x, w, bias);
        Samples.assertUntouched(y, OFFSET, OFFSET + out, s);
        for (int o = 0; o < s.outChannels(); o++) {
          for (int p = 0; p < places; p++) {
            float actual = y[OFFSET + (o / 16 * places + p) * 16 + o % 16];
            int there = (o * places + p) * 16;
            assertThat(Math.abs(actual - expected[there])).as("%s, %d at %d", s, o, p).isLessThan(1e-5 * Math.max(1, Math.abs(expected[there])));
            assertThat(Float.floatToIntBits(actual)).as("%s, %d at %d: the bits", s, o, p).isEqualTo(Float.floatToIntBits(alike[there]));
          }
        }
      }
    }
  }

  private static float[] run(ConvShape s, boolean bias, boolean raw, float[] x, float[] w, float[] biases) {
    ChannelConv conv = new ChannelConv(s, bias, raw);
    int plane = s.height() * s.width();
    float[] laned = Samples.blank(x.length + OFFSET);
    for (int i = 0; i < x.length; i++) {
      laned[OFFSET + (raw ? i : (i / plane / 16 * plane + i % plane) * 16 + i / plane % 16)] = x[i];
    }
    float[] packed = Samples.blank(conv.packedSize() + OFFSET);
    conv.pack(w, 0, packed, OFFSET);
    float[] y = Samples.blank(s.outChannels() * s.outHeight() * s.outWidth() + 2 * OFFSET);
    for (int piece = conv.pieces() - 1; piece >= 0; piece--) {
      for (int band = conv.bands() - 1; band >= 0; band--) {
        conv.run(piece, band, laned, OFFSET, packed, OFFSET, bias ? biases : null, 0, y, OFFSET);
      }
    }
    return y;
  }

  private static float[] forward(ConvShape s, boolean bias, float[] block, float[] w, float[] biases) {
    ConvForward conv = new ConvForward(s, bias);
    float[] packed = new float[conv.packedSize()];
    conv.pack(w, 0, packed, 0);
    float[] y = new float[s.outChannels() * s.outHeight() * s.outWidth() * 16];
    conv.run(block, 0, packed, 0, biases, 0, y, 0, null, 0, new float[ConvForward.scratchSize(s)], 0);
    return y;
  }

  @Test
  void channelsMustFillLanes() {
    assertThat(ChannelConv.fits(new ConvShape(3, 5, 5, 16, 3, 3, 1, 0), true)).isTrue();
    assertThat(ChannelConv.fits(new ConvShape(3, 5, 5, 16, 3, 3, 1, 0), false)).isFalse();
    assertThatThrownBy(() -> new ChannelConv(new ConvShape(16, 5, 5, 10, 3, 3, 1, 0), true, false)).isInstanceOf(IllegalArgumentException.class);
  }
}
