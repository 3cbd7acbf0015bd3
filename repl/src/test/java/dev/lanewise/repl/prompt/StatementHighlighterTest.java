package dev.lanewise.repl.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStyle;
import org.junit.jupiter.api.Test;

class StatementHighlighterTest {
  private static final AttributedStyle PLAIN = AttributedStyle.DEFAULT;
  private static final AttributedStyle WAITING = PLAIN.bold().foreground(AttributedStyle.YELLOW);

  private static AttributedStyle style(String text, int at) {
    AttributedString highlighted = new StatementHighlighter(true).highlight(null, text);
    assertThat(highlighted.toString()).isEqualTo(text);
    return highlighted.styleAt(at);
  }

  @Test
  void wordsAreColouredByTheirKind() {
    String text = "net N = input 784 -> dense(10)  # ten";
    assertThat(style(text, 0)).isEqualTo(PLAIN.foreground(AttributedStyle.MAGENTA));
    assertThat(style(text, text.indexOf("784"))).isEqualTo(PLAIN.foreground(AttributedStyle.CYAN));
    assertThat(style(text, text.indexOf("dense"))).isEqualTo(PLAIN.foreground(AttributedStyle.BLUE));
    assertThat(style(text, text.indexOf("#"))).isEqualTo(PLAIN.faint());
    assertThat(style(text, 4)).isEqualTo(PLAIN);
  }

  @Test
  void bracketsWithoutAPartnerAreShown() {
    String text = "net N { input 2 -> dense(2 -> add { path { } \"}\" # }";
    assertThat(style(text, text.indexOf('{'))).isEqualTo(WAITING);
    assertThat(style(text, text.indexOf('('))).isEqualTo(WAITING);
    assertThat(style(text, text.lastIndexOf('{'))).isEqualTo(PLAIN);
    assertThat(style("a = (1))", 7)).isEqualTo(PLAIN.foreground(AttributedStyle.RED));
    assertThat(style("a = (1))", 4)).isEqualTo(PLAIN);
    assertThat(style("a = [1)", 6)).isEqualTo(PLAIN.foreground(AttributedStyle.RED));
  }

  @Test
  void commandsAndPlainTerminalsHaveNoColours() {
    assertThat(style(":help net", 6)).isEqualTo(PLAIN);
    assertThat(new StatementHighlighter(false).highlight(null, "net {").styleAt(0)).isEqualTo(PLAIN);
    assertThat(new StatementHighlighter(true).highlight(null, "").toString()).isEmpty();
  }
}
