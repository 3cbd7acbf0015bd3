package dev.lanewise.runtime.data.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DecimalsTest {
  private static float of(String text, char point) {
    char[] letters = ("x" + text + "9").toCharArray();
    return Decimals.of(letters, 1, letters.length - 1, point);
  }

  @ParameterizedTest
  @ValueSource(strings = {
    "0", "-0", "1", "+1.5", ".5", "5.", "-1.25e-3", "1E+10", "3.4028235e38", "3.4028236e38", "1e39", "-1e400", "1e-46", "1e-45", "1.17549435e-38",
    "16777217", "16777219", "33554435", "0.1", "0.000000000000000000000000000001", "123456789012345678901234567890", "1.00000005960464477539062500001",
    "1.000000059604644775390625", "9007199254740993", "0000000000000000000000000.5", "1e22", "1e23", "8388608.5", "8388609.5", "1e0000000000000000001"
  })
  void numbersAreWhatJavaReads(String text) {
    assertThat(of(text, '.')).isEqualTo(Float.parseFloat(text));
    assertThat(of(text.replace('.', ','), ',')).isEqualTo(Float.parseFloat(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-", ".", "e5", "1e", "1e+", "1.2.3", "1,5", "0x1", "1f", "1d", "NaN", "inf", "1 2", "--1", "1e5.5", "\u0661"})
  void otherTextsAreNone(String text) {
    assertThat(of(text, '.')).isNaN();
  }

  @Test
  void aMillionDrawnNumbersAreRoundedAsJavaDoes() {
    Random random = new Random(1);
    for (int i = 0; i < 1_000_000; i++) {
      String text = switch (i % 5) {
        case 0 -> Float.toString(Float.intBitsToFloat(random.nextInt()));
        case 1 -> Double.toString(random.nextGaussian() * Math.pow(10, random.nextInt(80) - 40));
        case 2 -> Long.toString(random.nextLong() >> random.nextInt(60)) + "." + random.nextInt(1000);
        // Just in the middle between two floats, or next to it.
        case 3 -> new java.math.BigDecimal(1 + (2 * random.nextInt(1 << 23) + 1) * 0x1p-24).toPlainString() + (random.nextBoolean() ? "" : "1");
        default -> String.format(Locale.ROOT, "%.4e", random.nextGaussian());
      };
      float expected = Float.parseFloat(text.startsWith("N") || text.contains("I") ? "0" : text);
      assertThat(of(text.startsWith("N") || text.contains("I") ? "0" : text, '.')).as(text).isEqualTo(expected);
    }
  }
}
