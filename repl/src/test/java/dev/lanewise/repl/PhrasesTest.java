package dev.lanewise.repl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.dsl.language.Language;
import dev.lanewise.dsl.language.Phrases;
import dev.lanewise.repl.text.Output;
import dev.lanewise.repl.text.Style;
import dev.lanewise.repl.text.Voice;
import dev.lanewise.repl.text.Window;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the conversation, its help and its tutorial say is said in Chinese, too. */
class PhrasesTest {
  private static final Pattern SAID = Pattern.compile("(?:(?:say|said|mistaken)\\(\\s*|Refusal(?:\\.of)?\\((?:\\d+, )?)\"((?:[^\"\\\\]|\\\\.)*)\"\\s*[,)]");

  private final Phrases chinese = Voice.of(new Output(OutputStream.nullOutputStream()), Style.PLAIN, Language.CHINESE, Window.NONE).phrases();

  @Test
  void bothSidesHaveTheSamePlaces() {
    assertThat(chinese.entries()).allMatch(Phrases.Entry::isConsistent);
    assertThat(chinese.entries().stream().map(Phrases.Entry::english)).doesNotHaveDuplicates();
  }

  /** Whole sentences as they stand in the source; those that are put together are in ConversationTest. */
  @Test
  void everySentenceIsInTheBook() throws IOException {
    TreeSet<String> said = new TreeSet<>();
    Path root = Path.of(System.getProperty("basedir", "."), "src", "main", "java");
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
        SAID.matcher(Files.readString(file)).results().map(r -> r.group(1)).forEach(said::add);
      }
    }
    assertThat(said).hasSizeGreaterThan(10);
    assertThat(List.copyOf(said)).filteredOn(s -> chinese.find(s).isEmpty()).as("not in phrases.zh").isEmpty();
  }
}
