package dev.lanewise.repl.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.dsl.language.TextWidth;
import org.junit.jupiter.api.Test;

class WrappingTest {
  @Test
  void linesBreakBetweenWords() {
    assertThat(Wrapping.lines("one two three four", 9)).containsExactly("one two", "three", "four");
    assertThat(Wrapping.lines("a verylongwordthatfitsnowhere b", 8)).containsExactly("a", "verylongwordthatfitsnowhere", "b");
    assertThat(Wrapping.lines("", 8)).containsExactly("");
  }

  @Test
  void wideCharactersTakeTwoColumnsAndPunctuationNeverBeginsALine() {
    assertThat(TextWidth.of("a层")).isEqualTo(3);
    assertThat(Wrapping.lines("这是一个层。", 10)).containsExactly("这是一个", "层。");
    assertThat(Wrapping.lines("用 dense(10) 结束", 12)).containsExactly("用 dense(10)", "结束");
  }
}
