package dev.lanewise.dsl.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.dsl.Mutation;
import dev.lanewise.dsl.Scripts;
import dev.lanewise.dsl.diagnostic.Report;
import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.parse.ScriptParser;
import java.util.List;
import org.junit.jupiter.api.Test;

class CheckerTest {
  @Test
  void anyTextCanBeChecked() {
    List<Scripts.Golden> scripts = Scripts.all();
    for (long seed = 0; seed < 3_000; seed++) {
      Source source = new Source("seed " + seed, Mutation.of(scripts, seed));
      try {
        Checked checked = Checker.check(source, ScriptParser.parse(source).script(), new Scope());
        Report.of(checked.diagnostics());
      } catch (RuntimeException | StackOverflowError e) {
        throw new AssertionError("seed " + seed + ": " + source.text(), e);
      }
    }
  }

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
