package dev.lanewise.dsl.diagnostic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.dsl.run.Options;
import dev.lanewise.dsl.session.Session;
import dev.lanewise.runtime.plan.KernelSet;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is to come is told in one way, wherever its word stands. */
class LaterTest {
  private static List<Diagnostic> check(String lines) {
    Source source = new Source("a.net", "net N = input 2 -> dense(2)\ndata d = moons()\n" + lines + "\n");
    try (Session session = new Session(new Options(1, OptionalLong.empty(), KernelSet.SCALAR), _ -> { })) {
      return session.check(source);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {
    "init(N)", "a = Init(N)", "INIT(N)", "Init N", "init N", "init",
    "train N on d { init = 3 }", "train N on d { init { mean = 3 } }", "train N on d { Init { mean = 3 } }",
  })
  void isToldOnce(String lines) {
    assertThat(check(lines)).singleElement().satisfies(d -> {
      assertThat(d.code()).isEqualTo(Code.L008);
      assertThat(d.message()).matches("`[a-z]+` is not there yet");
    });
  }

  @ParameterizedTest
  @ValueSource(strings = {"def init(x) = x + 1\na = init(2)", "init = 3\na = init + 1"})
  void aNameOfTheUsersIsHis(String lines) {
    assertThat(check(lines)).isEmpty();
  }
}
