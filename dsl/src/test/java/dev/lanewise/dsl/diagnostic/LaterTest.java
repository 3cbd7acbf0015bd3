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
    "federated(N)", "a = Federated(N)", "FEDERATED(N)", "Federated N", "federated N", "federated",
    "train N on d { federated = 3 }", "train N on d { federated { clients = 3 } }", "train N on d { Federated { clients = 3 } }", "train N on d { init = 3 }",
  })
  void isToldOnce(String lines) {
    assertThat(check(lines)).singleElement().satisfies(d -> {
      assertThat(d.code()).isEqualTo(Code.L008);
      assertThat(d.message()).matches("`[a-z]+` is not there yet");
    });
  }

  @ParameterizedTest
  @ValueSource(strings = {"def federated(x) = x + 1\na = federated(2)", "federated = 3\na = federated + 1"})
  void aNameOfTheUsersIsHis(String lines) {
    assertThat(check(lines)).isEmpty();
  }
}
