package dev.lanewise.dsl.language;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.dsl.Scripts;
import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.Diagnostic;
import dev.lanewise.dsl.diagnostic.Explanation;
import dev.lanewise.dsl.diagnostic.Report;
import dev.lanewise.dsl.doctor.Cause;
import dev.lanewise.dsl.exhibit.Boundary;
import dev.lanewise.dsl.exhibit.Figure;
import dev.lanewise.dsl.exhibit.Gallery;
import dev.lanewise.dsl.exhibit.Spectrum;
import dev.lanewise.dsl.exhibit.Table;
import dev.lanewise.dsl.exhibit.Walked;
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
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every sentence is said in every language; the book is consistent. */
class PhrasesTest {
  private static final Phrases CHINESE = Phrases.of(Language.CHINESE);

  /** What is code: in backticks, calls, names with a dot or a capital. */
  private static final Pattern CODE = Pattern.compile("`[^`]*`|\\w+\\(.*?\\)|\\S*[A-Z._=]\\S*");
  /** Headers that are the same in every language: classes by their names or numbers, parts of examples, settings, units. */
  private static final String MEASURES = "user|film|rating|image|box|f1|auc|top\\d|kB|µs|G.*/s|\\S+\\.\\S+|batch|epochs|\\d+|";

  static List<Scripts.Golden> scripts() {
    return Scripts.all();
  }

  /** What has no Chinese is listed: add it to {@code phrases.zh}. */
  @ParameterizedTest
  @MethodSource("scripts")
  void whatGoldenScriptsAreToldIsInTheBook(Scripts.Golden script) {
    TreeSet<String> missing = new TreeSet<>();
    Options options = new Options(1, OptionalLong.empty(), KernelSet.SCALAR);
    try (Session session = new Session(options, e -> {
      if (e instanceof SessionEvent.Diagnosed(Diagnostic d)) {
        Stream.of(d.message(), d.remedy().text()).filter(t -> !t.isEmpty() && isEnglish(CHINESE.say(t))).forEach(missing::add);
        assertThat(Report.of(d, CHINESE)).contains(d.code().name(), d.isError() ? "错误" : "警告");
      }
      told(e).filter(t -> isLeft(CHINESE.say(t))).forEach(missing::add);
      headers(e).filter(t -> !t.matches(MEASURES) && isLeft("the " + CHINESE.say(t))).forEach(missing::add);
    })) {
      session.run(script.source());
    }
    assertThat(missing).as("not in phrases.zh").isEmpty();
  }

  /** What is said around a user's own words and numbers. */
  private static Stream<String> told(SessionEvent event) {
    return switch (event) {
      case SessionEvent.Defined d -> Stream.of(d.kind(), d.summary());
      case SessionEvent.Value v -> Stream.of(v.text());
      case SessionEvent.Shown(Table t) -> Stream.of(t.title());
      case SessionEvent.Shown(Figure f) -> Stream.of(f.title(), f.across());
      case SessionEvent.Shown(Gallery g) -> Stream.of(g.title());
      case SessionEvent.Shown(Boundary b) -> Stream.of(b.title());
      case SessionEvent.Shown(Walked w) -> Stream.concat(Stream.of(w.title()), w.notes().stream());
      case SessionEvent.Shown(Spectrum s) -> Stream.of(s.title());
      case SessionEvent.Wrote w -> Stream.of(w.what());
      case SessionEvent.Read r -> Stream.of(r.what());
      case SessionEvent.Adopted a -> Stream.of(a.text());
      case SessionEvent.Stopped s -> Stream.of(s.what());
      case SessionEvent.Findings f -> Stream.concat(f.causes().stream().map(Cause::title), Stream.of(f.more()));
      case SessionEvent.Diagnosed _, SessionEvent.Training _, SessionEvent.Trial _, SessionEvent.FoldBegan _, SessionEvent.Fold _, SessionEvent.Folded _, SessionEvent.Expected _, SessionEvent.Fetching _, SessionEvent.Failed _, SessionEvent.Spoken _ -> Stream.empty();
    };
  }

  private static Stream<String> headers(SessionEvent event) {
    return switch (event) {
      case SessionEvent.Shown(Table t) -> t.header().stream();
      case SessionEvent.Shown(Walked w) -> w.columns().stream().map(Walked.Column::name);
      case SessionEvent.Trial t -> t.header().stream();
      case SessionEvent _ -> Stream.empty();
    };
  }

  /** Two English words; one alone may be somebody's name. */
  private static boolean isLeft(String said) {
    boolean chinese = said.codePoints().anyMatch(c -> Character.UnicodeScript.of(c) == Character.UnicodeScript.HAN);
    String words = CODE.matcher(said).replaceAll("|");
    return Pattern.compile(chinese ? "\\b[a-z]+ [a-z]{2,}\\b" : "[a-z]{2,}[^|]* [a-z]{2,}").matcher(words).find();
  }

  /** A sentence without a single Chinese character, or with two English words in a row. What is code alone stays as it is. */
  private static boolean isEnglish(String said) {
    boolean code = said.matches("(def |weight )\\S.*");
    boolean words = Pattern.compile("\\b[a-z]+ [a-z]{2,}\\b").matcher(CODE.matcher(said).replaceAll("|")).find();
    return !code && (words || said.codePoints().noneMatch(c -> Character.UnicodeScript.of(c) == Character.UnicodeScript.HAN));
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
    assertThat(new TreeSet<>(all)).filteredOn(t -> isEnglish(CHINESE.say(t))).as("not in phrases.zh").isEmpty();
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
    assertThat(isEnglish(Explanation.of(code, Language.CHINESE).text())).isFalse();
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
