package dev.lanewise.repl.play;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.dsl.diagnostic.Source;
import org.junit.jupiter.api.Test;

class RestTest {
  private static final String SCRIPT = "net N = input 2 -> dense(2)\ndata d = xor()\ntrain N on d { epochs = 10; batch = 4 }\nexpect test(N, d).accuracy > 0\n";

  @Test
  void whatIsLeftStandsWhereItStood() {
    Rest rest = Rest.of(new Source("a.net", SCRIPT), 2, 7).orElseThrow();
    assertThat(rest.script().text()).isEqualTo(SCRIPT.replace("batch = 4", "batch = 2"));
    assertThat(rest.left().text()).hasLineCount(4).contains("{ epochs = 7; batch = 2 }").doesNotContain("net N");
    assertThat(rest.left().text().indexOf("train")).isEqualTo(SCRIPT.indexOf("train"));
  }

  @Test
  void whatIsNotWrittenIsAdded() {
    assertThat(Rest.of(new Source("a.net", SCRIPT.replace("; batch = 4", "")), 2, 7).orElseThrow().script().text()).contains("{ epochs = 10; batch = 2 }");
    assertThat(Rest.of(new Source("a.net", SCRIPT.replace(" { epochs = 10; batch = 4 }", "")), 2, 7).orElseThrow().left().text()).contains("train N on d { batch = 2; epochs = 7 }");
    assertThat(Rest.of(new Source("a.net", "data d = xor()"), 2, 7)).isEmpty();
  }
}
