package dev.lanewise.repl.play;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.dsl.diagnostic.Source;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RestTest {
  private static final String SCRIPT = "net N = input 2 -> dense(2)\ndata d = xor()\ntrain N on d { epochs = 10; batch = 4 }\nexpect test(N, d).accuracy > 0\n";

  @Test
  void whatIsLeftStandsWhereItStood() {
    Rest rest = Rest.batch(new Source("a.net", SCRIPT), 2).orElseThrow();
    assertThat(rest.script().text()).isEqualTo(SCRIPT.replace("batch = 4", "batch = 2"));
    assertThat(rest.left().text()).hasLineCount(4).contains("{ epochs = 10; batch = 2 }").contains("expect").doesNotContain("net N");
    assertThat(rest.left().text().indexOf("train")).isEqualTo(SCRIPT.indexOf("train"));
  }

  @Test
  void whatIsNotWrittenIsAdded() {
    assertThat(Rest.batch(new Source("a.net", SCRIPT.replace("; batch = 4", "")), 2).orElseThrow().script().text()).contains("{ epochs = 10; batch = 2 }");
    assertThat(Rest.batch(new Source("a.net", SCRIPT.replace(" { epochs = 10; batch = 4 }", "")), 7).orElseThrow().left().text()).contains("train N on d { batch = 7 }");
    assertThat(Rest.batch(new Source("a.net", "data d = xor()"), 2)).isEmpty();
    assertThat(Rest.rate(new Source("a.net", "data d = xor()"), 0.1, "sgd")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "sgd(0.5)                 | sgd(0.0032)",
      "sgd(0.5, momentum = 0.9) | sgd(0.0032, momentum = 0.9)",
      "sgd(lr = 0.5)            | sgd(lr = 0.0032)",
      "adam                     | adam(0.0032)",
      "adam()                   | adam(0.0032)",
      "adam(beta1 = 0.8)        | adam(lr = 0.0032, beta1 = 0.8)",
      "sgd(2 * (1 + 3))         | sgd(0.0032)"})
  void theRateIsWrittenIntoTheOptimizer(String before, String after) {
    String script = SCRIPT.replace("batch = 4", "optimizer = " + before + "; batch = 4");
    assertThat(Rest.rate(new Source("a.net", script), 0.0032, "sgd").orElseThrow().script().text()).isEqualTo(script.replace(before, after));
  }

  @Test
  void withoutAnOptimizerTheOneThatItHasIsNamed() {
    assertThat(Rest.rate(new Source("a.net", SCRIPT), 1e-5, "adam").orElseThrow().script().text()).contains("{ epochs = 10; batch = 4; optimizer = adam(0.00001) }");
  }
}
