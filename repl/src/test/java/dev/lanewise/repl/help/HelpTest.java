package dev.lanewise.repl.help;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.dsl.diagnostic.Diagnostic;
import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.language.Language;
import dev.lanewise.dsl.run.Options;
import dev.lanewise.dsl.session.Session;
import dev.lanewise.dsl.typing.Vocabulary;
import dev.lanewise.dsl.word.SettingNames;
import dev.lanewise.dsl.word.Verbs;
import dev.lanewise.repl.text.Output;
import dev.lanewise.repl.text.Style;
import dev.lanewise.repl.text.Voice;
import dev.lanewise.repl.text.Window;
import dev.lanewise.runtime.plan.KernelSet;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Everything that can be asked has an answer, and its examples are right. */
class HelpTest {
  private static final Pattern SCRIPT = Pattern.compile("(?s)```net\\R(.*?)\\R```");

  /** What examples with files of the reader's own are told here, and nothing else may be. */
  private static final String OWN_FILE = "the data cannot be read: there is no (recordings|fruit\\.csv|trees\\.parquet|leaves|x\\.npy|data\\.npz|emoji-en-zh/emoji\\.tsv)";
  /** Whoever has built it has it. */
  private static final String OWN_MODULE = "`spark` is a module of its own, .*";

  private static Voice voice(Language language) {
    return Voice.of(new Output(OutputStream.nullOutputStream()), Style.PLAIN, language, Window.NONE);
  }

  private static void assertRight(String script) {
    try (Session session = new Session(new Options(1, OptionalLong.empty(), KernelSet.SCALAR), _ -> {})) {
      // At the prompt, where the same name may be bound again.
      assertThat(session.check(new Source("prompt", script)).stream().filter(Diagnostic::isError).map(Diagnostic::message)
              .filter(m -> !m.matches(OWN_FILE) && !m.matches(OWN_MODULE)))
          .as(script).isEmpty();
    }
  }

  private static List<String> scripts(Topics topics) {
    return topics.names().stream()
        .flatMap(n -> SCRIPT.matcher(topics.text(n).orElseThrow()).results().map(r -> r.group(1)))
        .toList();
  }

  @Test
  void everyExampleIsRight() {
    Topics topics = Topics.in(voice(Language.ENGLISH));
    assertThat(scripts(topics)).hasSizeGreaterThan(10).allSatisfy(HelpTest::assertRight);
    assertThat(topics.examples().values()).allSatisfy(HelpTest::assertRight);
  }

  @Test
  void topicsAndExamplesAreTheSameInEveryLanguage() {
    Topics english = Topics.in(voice(Language.ENGLISH));
    Topics chinese = Topics.in(voice(Language.CHINESE));
    assertThat(chinese.names()).isEqualTo(english.names());
    assertThat(scripts(chinese)).isEqualTo(scripts(english));
  }

  @Test
  void everyWordHasAnExample() {
    TreeSet<String> words = new TreeSet<>(Vocabulary.prelude());
    Vocabulary.all().forEach(s -> words.add(s.name()));
    Stream.of(SettingNames.train(), SettingNames.data(), SettingNames.sweep()).map(Map::keySet).forEach(words::addAll);
    words.removeIf(w -> w.contains(" ") || Verbs.names().contains(w));
    assertThat(words).allSatisfy(w -> assertThat(Topics.in(voice(Language.ENGLISH)).example(w)).as(w).hasValueSatisfying(
        e -> assertThat(e).isNotBlank()));
  }

  @ParameterizedTest
  @EnumSource(Language.class)
  void everyTopicHasAnAnswer(Language language) {
    Help help = new Help(voice(language));
    assertThat(help.topics()).contains("networks", "conv", "optimizer", "gelu", "L012");
    assertThat(help.topics()).allSatisfy(t -> assertThat(help.about(t)).as(t).isPresent());
    assertThat(help.about("nothing of the kind")).isEmpty();
    assertThat(help.overview()).isNotEmpty();
  }

  @Test
  void aLayerIsExplainedByItsSignature() {
    assertThat(new Help(voice(Language.ENGLISH)).about("dropout").orElseThrow())
        .startsWith(
            "dropout(p = 0.5)", "  in training, sets values to zero at random", "    p  probability of a zero  (otherwise 0.5)", "",
            "For example:");
    assertThat(new Help(voice(Language.ENGLISH)).about("gelu").orElseThrow()).contains("  def gelu(x) = x * (1 + erf(x / sqrt(2))) / 2");
  }
}
