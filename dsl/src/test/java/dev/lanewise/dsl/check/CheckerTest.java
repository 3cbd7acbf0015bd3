package dev.lanewise.dsl.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.dsl.Scripts;
import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.parse.ScriptParser;
import dev.lanewise.dsl.scope.Scope;
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
}
