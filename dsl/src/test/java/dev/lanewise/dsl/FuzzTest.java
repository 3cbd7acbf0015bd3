package dev.lanewise.dsl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.dsl.check.Checker;
import dev.lanewise.dsl.diagnostic.Diagnostic;
import dev.lanewise.dsl.diagnostic.Report;
import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.lower.Lowering;
import dev.lanewise.dsl.mend.Fix;
import dev.lanewise.dsl.parse.Layout;
import dev.lanewise.dsl.parse.Parsed;
import dev.lanewise.dsl.parse.ScriptParser;
import dev.lanewise.dsl.scope.Action;
import dev.lanewise.dsl.scope.Checked;
import dev.lanewise.dsl.scope.Scope;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Golden scripts, changed at random: parse, check, format and lower answer with diagnostics and never throw.
 * {@code -Dlanewise.fuzz=1000000} tries as many, {@code -Dlanewise.fuzz.seed=7} others.
 */
class FuzzTest {
  /** Larger networks are legal, and take seconds to lower. */
  private static final int MOST_PARAMETERS = 2_000_000;
  private static final int MOST_LAYERS = 2_000;

  @Test
  void anyTextHasAnAnswer() {
    int count = Integer.getInteger("lanewise.fuzz", 6_000);
    long seed = Long.getLong("lanewise.fuzz.seed", 1);
    List<Scripts.Golden> scripts = Scripts.all();
    for (int i = 0; i < count; i++) {
      String text = Mutation.of(scripts, seed * 1_000_003 + i);
      try {
        tryOut(text);
      } catch (RuntimeException | StackOverflowError | AssertionError e) {
        throw new AssertionError("seed " + seed + ", input " + i + ":\n" + text, e);
      }
    }
  }

  /** What is certain is done without end nowhere, and what is left is what a new look finds. */
  @Test
  void whatIsMendedIsMendedForGood() {
    int count = Integer.getInteger("lanewise.fuzz", 6_000) / 6;
    long seed = Long.getLong("lanewise.fuzz.seed", 1);
    List<Scripts.Golden> scripts = Scripts.all();
    for (int i = 0; i < count; i++) {
      String text = Mutation.of(scripts, seed * 7_000_003 + i);
      try {
        Fix fix = Fix.of(new Source("fuzz.net", text), FuzzTest::mistakes);
        List<Diagnostic> again = mistakes(new Source("fuzz.net", fix.text()));
        assertThat(again.stream().map(Report::of).toList()).isEqualTo(fix.left().stream().map(Report::of).toList());
        assertThat(fix.text().length()).isLessThan(20 * text.length() + 10_000);
      } catch (RuntimeException | StackOverflowError | AssertionError e) {
        throw new AssertionError("seed " + seed + ", input " + i + ":\n" + text, e);
      }
    }
  }

  private static List<Diagnostic> mistakes(Source source) {
    Parsed parsed = ScriptParser.parse(source);
    List<Diagnostic> all = new ArrayList<>(parsed.diagnostics());
    all.addAll(Checker.check(source, parsed.script(), new Scope()).diagnostics());
    return all;
  }

  private static void tryOut(String text) {
    Source source = new Source("fuzz.net", text);
    Parsed parsed = ScriptParser.parse(source);
    Checked checked = Checker.check(source, parsed.script(), new Scope());
    for (Diagnostic d : parsed.diagnostics()) {
      assertThat(Report.of(d)).isNotBlank();
    }
    for (Diagnostic d : checked.diagnostics()) {
      assertThat(Report.of(d)).isNotBlank();
    }
    if (parsed.diagnostics().isEmpty()) {
      String once = Layout.of(text);
      assertThat(ScriptParser.parse(new Source("once.net", once)).diagnostics()).isEmpty();
      assertThat(Layout.of(once)).isEqualTo(once);
    }
    for (Action action : checked.actions()) {
      if (action instanceof Action.DefineNet(var net) && net.parameters() < MOST_PARAMETERS && net.layers().size() < MOST_LAYERS) {
        assertThat(Lowering.graph(net).output().shape()).isEqualTo(net.output());
      }
    }
  }
}
