package dev.lanewise.repl.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.Diagnostic;
import dev.lanewise.dsl.diagnostic.Edit;
import dev.lanewise.dsl.diagnostic.Remedy;
import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.dsl.mend.Fix;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A mistake that was mended is told in a line that says enough. */
class MendedTest {
  private static final Source SOURCE = new Source("a.net", "a = 1\nnet A = input 1x4x4 -> dense(2)\n");

  private static String told(Edit... edits) {
    Diagnostic d = new Diagnostic(SOURCE, Code.L012, new Span(30, 38), "", Remedy.of("", edits));
    return Mended.of(new Fix("", List.of(d), List.of())).getFirst().toString();
  }

  @Test
  void saysWhatStoodThereAndWhatStandsThere() {
    assertThat(told(new Edit(new Span(14, 19), "INPUT"))).isEqualTo("a.net:2:9 L012: `input` → `INPUT`");
    assertThat(told(new Edit(new Span(6, 9), "let"), new Edit(new Span(10, 11), "B"))).isEqualTo("a.net:2:1 L012: `net A` → `let B`");
  }

  @Test
  void whatIsAddedOrTakenAwayIsToldWithItsLine() {
    assertThat(told(Edit.insert(29, "flatten -> "))).isEqualTo("a.net:2:24 L012: `net A = input 1x4x4 -> dense(2)` → `net A = input 1x4x4 -> flatten -> dense(2)`");
    assertThat(told(Edit.remove(new Span(0, 5)))).isEqualTo("a.net:1:1 L012: `a = 1` → -");
  }

  @Test
  void severalLinesAreToldInOne() {
    assertThat(told(new Edit(new Span(0, 9), "net B {\n  input 2\n}"))).isEqualTo("a.net:1:1 L012: `a = 1; net` → `net B {; input 2; }`");
  }
}
