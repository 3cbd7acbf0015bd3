package dev.lanewise.spark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.run.Options;
import dev.lanewise.dsl.session.Session;
import dev.lanewise.runtime.plan.KernelSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page about Spark: its scripts are without mistakes, and in Chinese it has the same ones, the same sections and figures. */
class DocsTest {
  private static String page(String name) throws IOException {
    return Files.readString(Path.of("../docs", name));
  }

  private static List<String> all(String text, String pattern) {
    return Pattern.compile(pattern, Pattern.MULTILINE | Pattern.DOTALL).matcher(text).results().map(MatchResult::group).toList();
  }

  @Test
  void itsScriptsCheck() throws IOException {
    List<String> scripts = all(page("spark.md"), "```\nnet .*?```");
    assertThat(scripts).hasSizeGreaterThan(2);
    for (String script : scripts) {
      try (Session session = new Session(new Options(1, OptionalLong.empty(), KernelSet.SCALAR), _ -> { })) {
        assertThat(session.check(new Source("spark.md", script.replace("```", "")))).as(script).isEmpty();
      }
    }
  }

  @Test
  void inChineseItSaysTheSame() throws IOException {
    String english = page("spark.md");
    String chinese = page("spark.zh.md");
    for (String pattern : List.of("```.*?```", "^##? ", "\\d+[.,]\\d+")) {
      assertThat(all(chinese, pattern)).hasSameSizeAs(all(english, pattern));
    }
    assertThat(all(chinese, "```.*?```")).isEqualTo(all(english, "```.*?```"));
    assertThat(all(chinese, "\\d+[.,]\\d+").stream().sorted().toList()).isEqualTo(all(english, "\\d+[.,]\\d+").stream().sorted().toList());
  }
}
