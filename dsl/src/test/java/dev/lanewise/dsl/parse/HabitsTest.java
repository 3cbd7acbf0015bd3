package dev.lanewise.dsl.parse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.dsl.Scripts;
import dev.lanewise.dsl.diagnostic.Report;
import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.mend.Fix;
import dev.lanewise.dsl.parse.habit.Habits;
import dev.lanewise.dsl.parse.habit.Page;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class HabitsTest {
  /** What somebody wrote, and what is written here. */
  record Written(String mistaken, String meant) {}

  @ParameterizedTest
  @MethodSource
  void whatOtherLanguagesWriteIsMended(Written written) {
    Source source = new Source("a.net", written.mistaken());
    Fix fix = Fix.of(source, s -> ScriptParser.parse(s).diagnostics());
    assertThat(fix.text()).isEqualTo(written.meant());
    assertThat(Report.of(fix.left())).isEmpty();
  }

  static Stream<Written> whatOtherLanguagesWriteIsMended() throws IOException {
    String all = new String(HabitsTest.class.getResourceAsStream("/habits/written.txt").readAllBytes(), StandardCharsets.UTF_8);
    return Arrays.stream(all.strip().split("\n\n")).map(c -> c.split("\n---\n")).map(c -> new Written(c[0], c[1]));
  }

  @Test
  void whatIsRightIsNeverTakenForAnotherLanguage() {
    for (Scripts.Golden script : Scripts.all()) {
      String text = script.source().text();
      if (ScriptParser.parse(script.source()).diagnostics().isEmpty()) {
        assertThat(Habits.of(new Page(text, Lines.tokens(text)))).as(script.toString()).isEmpty();
      }
    }
  }

  /** One mistake is one message. */
  @ParameterizedTest
  @ValueSource(strings = {
    "net N\n  input 6\n  dense(4)\n}\n",
    "net N {\n  input 6\n  dense(4)\n\ndata d = xor()\n",
    "net N {\n  input 6\n  dense(4\n  relu\n}\n",
    "net N:\n  input 6\n  repeat 3:\n    dense(4)\n",
    "net N = input 40, dense(9), relu, dense(2)\n",
    "train N on d { epochs = 3, batch = 2, seed = 4 }\n",
    "net N\n{\n  input 4\n}\n",
    "net N (\n  input 6\n  dense(4)\n)\n",
    "net tiny-net = input 4 -> dense(2)\ntrain tiny-net on d\n",
    "train Gate on truth:\n  epochs = 5\n  batch = 2\n",
    "data d = csv(「garden.csv」)\n",
    "net N = input （4） －＞ conv（3，2）\n"
  })
  void aMistakeIsToldOnce(String text) {
    assertThat(ScriptParser.parse(new Source("a.net", text)).diagnostics()).hasSize(1);
  }

  /** Texts that nobody wrote by hand, and that are no scripts at all. */
  @ParameterizedTest
  @ValueSource(strings = {"// ", "1×1", "( ", "{ ", "if a then ", "a ? b : ", "'", "net N\n  x\n", "| a ", "for i in range(3):\n ", "-> -> ", "net a, ", "\"epochs\": 5, ", "x = y = lambda ", "path x "})
  void aHopelessTextHasAnAnswer(String piece) {
    for (String head : List.of("", "net N { ", "train N on d { ")) {
      for (int length : List.of(29_000, 200_000)) {
        String text = head + piece.repeat(length / piece.length());
        assertThat(ScriptParser.parse(new Source("a.net", text)).diagnostics()).isNotEmpty();
      }
    }
  }
}
