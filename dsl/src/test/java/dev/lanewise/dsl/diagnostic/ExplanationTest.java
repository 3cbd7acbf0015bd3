package dev.lanewise.dsl.diagnostic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.dsl.run.Options;
import dev.lanewise.dsl.run.SessionEvent;
import dev.lanewise.dsl.session.Session;
import dev.lanewise.runtime.plan.KernelSet;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every code is explained, and what the explanation says is true. */
class ExplanationTest {
  @ParameterizedTest
  @EnumSource(Code.class)
  void wrongIsWrongAndRightIsRight(Code code) {
    Explanation explanation = Explanation.of(code);
    assertThat(explanation.text()).isNotBlank();
    explanation.wrong().ifPresent(script -> assertThat(told(script)).as(script).contains(code));
    explanation.right().ifPresent(script -> assertThat(told(script)).as(script).isEmpty());
  }

  private static List<Code> told(String script) {
    List<Code> told = new ArrayList<>();
    Options options = new Options(1, OptionalLong.empty(), KernelSet.SCALAR);
    try (Session session = new Session(options, e -> {
      if (e instanceof SessionEvent.Diagnosed(Diagnostic d)) {
        told.add(d.code());
      }
    })) {
      Source source = new Source("example.net", script);
      // Only what a run alone can find is run.
      if (session.check(source).stream().noneMatch(Diagnostic::isError) && !script.contains("mnist")) {
        session.run(source);
      } else {
        session.check(source).forEach(d -> told.add(d.code()));
      }
    }
    return told;
  }

  @Test
  void codesAreFoundAsPeopleWriteThem() {
    assertThat(Explanation.named("L012")).contains(Explanation.of(Code.L012));
    assertThat(Explanation.named("l12")).contains(Explanation.of(Code.L012));
    assertThat(Explanation.named("12")).contains(Explanation.of(Code.L012));
    assertThat(Explanation.named("L999")).isEmpty();
  }
}
