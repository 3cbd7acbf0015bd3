package dev.lanewise.dsl.mend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.Diagnostic;
import dev.lanewise.dsl.diagnostic.Edit;
import dev.lanewise.dsl.diagnostic.Remedy;
import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.diagnostic.Span;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Which remedies are done, and when it ends. */
class FixTest {
  private static List<Diagnostic> at(Source source, String word, Function<Span, Remedy> remedy) {
    int start = source.text().indexOf(word);
    Span span = new Span(Math.max(0, start), Math.max(0, start) + word.length());
    return start < 0 ? List.of() : List.of(new Diagnostic(source, Code.L001, span, "", remedy.apply(span)));
  }

  private static Fix fix(String text, String word, Function<Span, Remedy> remedy) {
    return Fix.of(new Source("a.net", text), source -> at(source, word, remedy));
  }

  @Test
  void oneRoundAfterTheOther() {
    Fix fix = fix("xxx", "x", span -> Remedy.write(span, "y"));
    assertThat(fix.text()).isEqualTo("yyy");
    assertThat(fix.done()).hasSize(3);
    assertThat(fix.left()).isEmpty();
  }

  @Test
  void aProposalIsLeft() {
    Fix fix = fix("x", "x", span -> Remedy.write(span, "y").perhaps());
    assertThat(fix.text()).isEqualTo("x");
    assertThat(fix.left()).hasSize(1);
  }

  @Test
  void linesThatAreAddedEndLikeTheOthers() {
    assertThat(fix("a\r\nx\r\n", "x", span -> Remedy.write(span, "y\nz")).text()).isEqualTo("a\r\ny\r\nz\r\n");
    assertThat(fix("a\nx\n", "x", span -> Remedy.write(span, "y\nz")).text()).isEqualTo("a\ny\nz\n");
  }

  @Test
  void aRemedyThatBringsTheMistakeBackEnds() {
    Fix fix = Fix.of(new Source("a.net", "x"), source -> {
      String other = source.text().equals("x") ? "y" : "x";
      return at(source, source.text(), span -> Remedy.write(span, other));
    });
    assertThat(fix.left()).hasSize(1);
  }

  @Test
  void whatIsWrongInAnotherFileIsLeft() {
    Source imported = new Source("b.net", "x");
    Fix fix = Fix.of(new Source("a.net", "import"), _ -> List.of(new Diagnostic(imported, Code.L001, new Span(0, 1), "", Remedy.of("", Edit.remove(new Span(0, 1))))));
    assertThat(fix.text()).isEqualTo("import");
    assertThat(fix.left()).hasSize(1);
  }
}
