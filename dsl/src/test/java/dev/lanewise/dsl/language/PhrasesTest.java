package dev.lanewise.dsl.language;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.dsl.Scripts;
import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.Explanation;
import dev.lanewise.dsl.run.Options;
import dev.lanewise.dsl.run.SessionEvent;
import dev.lanewise.dsl.session.Session;
import dev.lanewise.dsl.typing.Vocabulary;
import dev.lanewise.dsl.word.SettingNames;
import dev.lanewise.runtime.plan.KernelSet;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every sentence is said in every language; the book is consistent. */
class PhrasesTest {
  private static final Phrases CHINESE = Phrases.of(Language.CHINESE);

  static List<Scripts.Golden> scripts() {
    return Scripts.all().stream().filter(s -> s.feature().equals("syntax")).toList();
  }

  /** Those with mistakes of syntax; what all others are told is looked up where they run, in {@code GoldenTest}. */
  @ParameterizedTest
  @MethodSource("scripts")
  void whatIsSaidOfSyntaxIsInTheBook(Scripts.Golden script) {
    List<SessionEvent> events = new ArrayList<>();
    try (Session session = new Session(new Options(1, OptionalLong.empty(), KernelSet.SCALAR), events::add)) {
      session.run(script.source());
    }
    assertThat(InTheBook.missing(events)).as("not in phrases.zh").isEmpty();
  }

  @Test
  void whatHelpSaysIsInTheBook() {
    List<String> all = new ArrayList<>();
    Vocabulary.all().forEach(s -> {
      all.add(s.summary());
      s.arguments().forEach(a -> all.add(a.doc()));
    });
    Stream.of(SettingNames.train(), SettingNames.data(), SettingNames.sweep()).map(Map::values).forEach(all::addAll);
    Arrays.stream(Code.values()).map(Code::summary).forEach(all::add);
    assertThat(new TreeSet<>(all)).filteredOn(t -> InTheBook.isEnglish(CHINESE.say(t))).as("not in phrases.zh").isEmpty();
  }

  /** In the file itself: of two the book would have the last. */
  @Test
  void noSentenceStandsTwice() throws IOException {
    try (InputStream file = Phrases.class.getResourceAsStream("phrases.zh")) {
      assertThat(new String(file.readAllBytes(), StandardCharsets.UTF_8).lines().filter(l -> !l.isBlank() && !l.startsWith("  ") && !l.startsWith("#"))).doesNotHaveDuplicates();
    }
  }

  @Test
  void bothSidesHaveTheSamePlaces() {
    assertThat(CHINESE.entries()).isNotEmpty().allMatch(Phrases.Entry::isConsistent);
  }

  @ParameterizedTest
  @EnumSource(Code.class)
  void everyStoryIsTold(Code code) {
    assertThat(InTheBook.isEnglish(Explanation.of(code, Language.CHINESE).text())).isFalse();
    assertThat(Explanation.of(code, Language.CHINESE).wrong()).isEqualTo(Explanation.of(code).wrong());
  }

  @Test
  void partsAreSaidToo() {
    assertThat(CHINESE.say("expected a name, found the end of the line")).isEqualTo("此处应为名称，却是行尾");
    assertThat(CHINESE.say("`N` is a network, but data is needed here")).isEqualTo("`N` 是网络，但这里需要数据");
    assertThat(CHINESE.say("`kernel` of `conv` is a whole number, not 1.5")).isEqualTo("`conv` 的 `kernel` 应为整数，而不是 1.5");
  }

  @Test
  void codeStaysAsItIs() {
    assertThat(CHINESE.say("loss")).isEqualTo("损失");
    assertThat(CHINESE.say("unknown name `loss`")).isEqualTo("未知的名称：`loss`");
  }

  @Test
  void whatIsUnknownStaysEnglish() {
    assertThat(CHINESE.say("nobody has said this before")).isEqualTo("nobody has said this before");
    assertThat(CHINESE.say("")).isEmpty();
    assertThat(Phrases.ENGLISH.say("a layer")).isEqualTo("a layer");
  }

  @Test
  void aBookCanBeAddedTo() {
    Phrases more = CHINESE.and(new ByteArrayInputStream("# remark\n{} hats\n  {} 顶帽子\n".getBytes(StandardCharsets.UTF_8)));
    assertThat(more.say("3 hats")).isEqualTo("3 顶帽子");
    assertThat(more.say("a layer")).isEqualTo("层");
  }

  @Test
  void theEnvironmentNamesALanguage() {
    assertThat(Language.of(Map.of("LANG", "zh_CN.UTF-8"))).isEqualTo(Language.CHINESE);
    assertThat(Language.of(Map.of("LANG", "zh_CN.UTF-8", "LC_ALL", "en_US.UTF-8"))).isEqualTo(Language.ENGLISH);
    assertThat(Language.of(Map.of("LANG", "zh_CN", "LC_ALL", ""))).isEqualTo(Language.CHINESE);
    assertThat(Language.of(Map.of("LANG", "C.UTF-8"))).isEqualTo(Language.ENGLISH);
    assertThat(Language.of(Map.of())).isEqualTo(Language.ENGLISH);
    assertThat(Language.named("fr")).isEmpty();
  }
}
