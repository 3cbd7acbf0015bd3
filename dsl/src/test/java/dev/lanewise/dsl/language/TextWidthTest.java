package dev.lanewise.dsl.language;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.Diagnostic;
import dev.lanewise.dsl.diagnostic.Report;
import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.diagnostic.Span;
import java.util.List;
import org.junit.jupiter.api.Test;

class TextWidthTest {
  @Test
  void chineseLettersTakeTwoColumns() {
    assertThat(TextWidth.of("")).isZero();
    assertThat(TextWidth.of("epoch 轮，→é")).isEqualTo(6 + 2 + 2 + 2);
    assertThat(TextWidth.of("\uD840\uDC00")).isEqualTo(2);
  }

  @Test
  void isNeverCutThroughALetter() {
    assertThat(TextWidth.cut("剩余 0:07", 3)).isEqualTo("剩");
    assertThat(TextWidth.cut("剩余 0:07", 4)).isEqualTo("剩余");
    assertThat(TextWidth.cut("剩余 0:07", 9)).isEqualTo("剩余 0:07");
    assertThat(TextWidth.cut("a\uD840\uDC00", 2)).isEqualTo("a");
    assertThat(TextWidth.cut("a", 0)).isEmpty();
  }

  /** The carets stand below what is meant, however wide the letters before it are. */
  @Test
  void caretsStandBelowWideLetters() {
    String line = "net 网络 { 隐层 }";
    int at = line.indexOf("隐层");
    Diagnostic diagnostic = new Diagnostic(new Source("a.net", line), Code.L006, new Span(at, at + 2), "unknown name `隐层`", "");
    List<String> lines = Report.of(diagnostic, Phrases.of(Language.CHINESE)).lines().toList();
    assertThat(lines).containsExactly("a.net:1:10 错误 L006: 未知的名称：`隐层`", "   1 | net 网络 { 隐层 }", "     |            ^^^^");
  }
}
