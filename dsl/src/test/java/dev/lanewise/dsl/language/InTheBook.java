package dev.lanewise.dsl.language;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.dsl.diagnostic.Diagnostic;
import dev.lanewise.dsl.diagnostic.Report;
import dev.lanewise.dsl.doctor.Cause;
import dev.lanewise.dsl.exhibit.Boundary;
import dev.lanewise.dsl.exhibit.Figure;
import dev.lanewise.dsl.exhibit.Gallery;
import dev.lanewise.dsl.exhibit.Spectrum;
import dev.lanewise.dsl.exhibit.Table;
import dev.lanewise.dsl.exhibit.Walked;
import dev.lanewise.dsl.run.SessionEvent;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Whether all that a session tells can be said in Chinese. */
public final class InTheBook {
  private static final Phrases CHINESE = Phrases.of(Language.CHINESE);

  /** What is code: in backticks, calls, names with a dot or a capital. */
  private static final Pattern CODE = Pattern.compile("`[^`]*`|\\w+\\(.*?\\)|\\S*[A-Z._=]\\S*");
  /** Headers that are the same in every language: classes by their names or numbers, parts of examples, settings, units. */
  private static final String MEASURES = "user|film|rating|image|box|f1|auc|top\\d|kB|µs|G.*/s|\\S+\\.\\S+|batch|epochs|\\d+|";

  private InTheBook() {}

  /** What has no Chinese: add it to {@code phrases.zh}. */
  public static Set<String> missing(List<SessionEvent> events) {
    Set<String> missing = new TreeSet<>();
    for (SessionEvent e : events) {
      if (e instanceof SessionEvent.Diagnosed(Diagnostic d)) {
        Stream.of(d.message(), d.remedy().text()).filter(t -> !t.isEmpty() && isEnglish(CHINESE.say(t))).forEach(missing::add);
        assertThat(Report.of(d, CHINESE)).contains(d.code().name(), d.isError() ? "错误" : "警告");
      }
      told(e).filter(t -> isLeft(CHINESE.say(t))).forEach(missing::add);
      headers(e).filter(t -> !t.matches(MEASURES) && isLeft("the " + CHINESE.say(t))).forEach(missing::add);
    }
    return missing;
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
  static boolean isEnglish(String said) {
    boolean code = said.matches("(def |weight )\\S.*");
    boolean words = Pattern.compile("\\b[a-z]+ [a-z]{2,}\\b").matcher(CODE.matcher(said).replaceAll("|")).find();
    return !code && (words || said.codePoints().noneMatch(c -> Character.UnicodeScript.of(c) == Character.UnicodeScript.HAN));
  }
}
