package dev.lanewise.dsl.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FullWidthTest {
  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
    "net N = input ２８x２８ －＞ dense（３，bias ＝ false） | net N = input 28x28 -> dense(3,bias = false)",
    "a ＝ ２ × ３；b = 【1、2】 | a = 2 * 3;b = [1,2]",
    "save（N，“a（1）.net”） | save(N,\"a（1）.net\")",
    "save(N, \"a（1）.net\")　＃ 全角（）“ | save(N, \"a（1）.net\")　# 全角（）“",
    "“a\\”b” | \"a\\”b\"",
    "“a\" ＋ \"”（\" ＋ １ | \"a\" + \"”（\" + 1",
    "“offen（ | \"offen（",
    "权重１ ＝ １２．５ － x２ | 权重１ = 12.5 - x２",
  })
  void whatIsMeantStandsInItsPlace(String typed, String plain) {
    assertThat(FullWidth.plain(typed)).isEqualTo(plain).hasSameSizeAs(typed);
  }

  @Test
  void aTextEndsWithItsLine() {
    assertThat(FullWidth.plain("“a\\\n（“")).isEqualTo("\"a\\\n(\"");
  }

  /** What is right without full-width signs is left as it is; nothing is ever longer or shorter, or changed by a second time. */
  @Test
  void plainTextStays() {
    long seed = 42;
    Random random = new Random(seed);
    String some = "ab1 \"\\#\n(),;:“”（）＃１权";
    for (int i = 0; i < 2000; i++) {
      StringBuilder text = new StringBuilder();
      IntStream.range(0, random.nextInt(20)).forEach(_ -> text.append(some.charAt(random.nextInt(some.length()))));
      String plain = FullWidth.plain(text.toString());
      assertThat(plain).as("seed %s: %s", seed, text).hasSameSizeAs(text);
      assertThat(FullWidth.plain(plain)).as("seed %s: %s", seed, text).isEqualTo(plain);
      String ascii = text.toString().replaceAll("[“”（）＃１]", "");
      assertThat(FullWidth.plain(ascii)).isEqualTo(ascii);
    }
  }
}
