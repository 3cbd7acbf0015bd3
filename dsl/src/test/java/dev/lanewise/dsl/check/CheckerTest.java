package dev.lanewise.dsl.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.dsl.Scripts;
import dev.lanewise.dsl.diagnostic.Diagnostic;
import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.parse.ScriptParser;
import dev.lanewise.dsl.scope.Scope;
import java.util.List;
import org.junit.jupiter.api.Test;

class CheckerTest {
  @Test
  void theClassicNetworkHasNoMistakes() {
    Source source = Scripts.all().stream().filter(s -> s.title().equals("two-convolutions")).findFirst().orElseThrow().source();
    assertThat(Checker.check(source, ScriptParser.parse(source).script(), new Scope()).diagnostics()).isEmpty();
  }

  @Test
  void aNameMayBeBoundAgainAtThePrompt() {
    Source prompt = new Source("prompt", "a = 1\na = 2\n");
    assertThat(Checker.check(prompt, ScriptParser.parse(prompt).script(), new Scope()).diagnostics()).isEmpty();
  }

  /** Which layers there are only the network says, wherever it stands. */
  @Test
  void aLayerIsReadTogetherWithItsNetwork() {
    assertThat(told("show(kernel = c)")).containsExactly("`show` needs a network");
    assertThat(told("show(Cnn, kernel = c)")).containsExactly("unknown layer `c`");
    assertThat(told("show(kernel = c, Cnn)")).containsExactly("unknown layer `c`");
    assertThat(told("show(kernel = conv1, Cnn, Cnn)")).hasSize(1);
  }

  private static List<String> told(String statement) {
    Source source = new Source("a.net", "net Cnn { input 1x8x8; conv1: conv(3, 5); flatten; dense(2) }\n" + statement + "\n");
    return Checker.check(source, ScriptParser.parse(source).script(), new Scope()).diagnostics().stream().map(Diagnostic::message).toList();
  }
}
