package dev.lanewise.dsl.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.exhibit.Table;
import dev.lanewise.dsl.run.Options;
import dev.lanewise.dsl.run.Outcome;
import dev.lanewise.dsl.run.SessionEvent;
import dev.lanewise.runtime.plan.KernelSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is recommended to one who has rated some. */
class RecommendTest {
  private static final String NET = """
      data d = csv("d.csv", parts = [user, film], target = rating, test = "d.csv")
      net Taste {
        user: input d.user
        film: input d.film
        @user -> warmth: embed(1, init = zeros)
        @film -> fame: embed(1, init = zeros)
        add(@warmth)
      }
      train Taste on d { epochs = 60; batch = 4; optimizer = adam(0.1) }
      """;

  private final List<SessionEvent> events = new ArrayList<>();

  @TempDir private Path folder;

  private Outcome run(String script) throws IOException {
    // Films a to f are worth 1 to 6; Ann has not seen c, e and f, Bob has seen all but a.
    Files.writeString(folder.resolve("d.csv"), "user,film,rating\nAnn,a,1\nAnn,b,2\nAnn,d,4\nBob,b,2\nBob,c,3\nBob,d,4\nBob,e,5\nBob,f,6\nCem,a,1\nCem,b,2\nCem,c,3\nCem,d,4\nCem,e,5\nCem,f,6\n");
    events.clear();
    try (Session session = new Session(new Options(1, OptionalLong.empty(), KernelSet.VECTOR), events::add)) {
      return session.run(new Source(folder.resolve("x.net").toString(), NET + script));
    }
  }

  private Table shown() {
    return events.stream().flatMap(e -> e instanceof SessionEvent.Shown s && s.exhibit() instanceof Table t ? Stream.of(t) : Stream.empty()).findFirst().orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({"0, 10, Ann, f e c", "0, 2, Ann, f e", "1, 1, Bob, a"})
  void theBestThatIsNotKnownComesFirst(int user, int count, String name, String films) throws IOException {
    assertThat(run("recommend(Taste, d, " + user + ", count = " + count + ")\n")).as("%s", Diagnosed.in(events)).isEqualTo(Outcome.OK);
    assertThat(shown().title()).isEqualTo("what Taste recommends to user " + name);
    assertThat(shown().rows()).extracting(List::getFirst).containsExactly(films.split(" "));
    assertThat(Double.parseDouble(shown().rows().getFirst().getLast())).isBetween(0.5, 6.5);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "recommend(Taste, d, 2) | L025 | user Cem has each film already: nothing is left to recommend",
    "recommend(Taste, d, 3) | L085 | Taste takes whole numbers from 0 to 2 for user, but here is 3",
    "net One { user: input d.user; embed(1) }¶recommend(One, d, 0) | L025 | One takes"
  })
  void whatCannotBeRecommendedIsTold(String script, Code code, String message) throws IOException {
    assertThat(run(script.replace("¶", "\n") + "\n")).isEqualTo(Outcome.MISTAKE);
    assertThat(Diagnosed.in(events)).singleElement().satisfies(d -> {
      assertThat(d.code()).isEqualTo(code);
      assertThat(d.message()).startsWith(message);
    });
  }

  /** Loaded elsewhere it knows the words still. */
  @Test
  void aFileKeepsTheWords() throws IOException {
    assertThat(run("save(Taste, \"t.safetensors\")\n")).isEqualTo(Outcome.OK);
    assertThat(run("load(Taste, \"t.safetensors\")\nrecommend(Taste, d, 0)\n")).as("%s", Diagnosed.in(events)).isEqualTo(Outcome.OK);
    assertThat(shown().rows()).extracting(List::getFirst).containsExactly("f", "e", "c");
  }
}
