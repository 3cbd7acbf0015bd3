package dev.lanewise.samples;

import static dev.lanewise.samples.Sample.changed;
import static dev.lanewise.samples.Sample.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.dsl.exhibit.Gallery;
import dev.lanewise.dsl.exhibit.Picture;
import dev.lanewise.dsl.exhibit.Table;
import dev.lanewise.dsl.run.Outcome;
import dev.lanewise.dsl.run.SessionEvent;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The samples that make a text of another one learn it, and look where it stands what they write. They run on fewer examples. */
class MadePairsTest {
  private static final int LOOKED_AT = 40;
  private static final Pattern DIGITS = Pattern.compile("\\d+");
  private static final Pattern WORD = Pattern.compile("\\b(?!hundred|thousand|and)[a-z]+|[一二三四五六七八九]");
  private static final Pattern MONTH = Pattern.compile("(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\\p{Alpha}*");

  private final Sample sample = new Sample();

  /** What the attention of dates.net looks at is a character with two on each side of it: so the one in the middle is at most two away from the year, the month or the day. */
  @Test
  void datesAreReadWhereTheyStand() throws IOException {
    String script = changed(text("dates.net"), "dates()", "dates(count = 12_000)");
    script = changed(script, "exact >= 0.99", "exact >= 0.95");
    int right = 0;
    double chance = 0;
    int all = 0;
    for (Look look : looks("dates.net", script, "days", "Dates")) {
      for (int i : new int[] {0, 1, 2, 3, 5, 6, 8, 9}) {
        int[] part = part(look.source(), i < 4 ? 0 : i < 7 ? 1 : 2);
        int[] near = IntStream.range(Math.max(0, part[0] - 2), Math.min(look.source().length(), part[1] + 2)).toArray();
        right += Arrays.stream(near).anyMatch(p -> p == look.most(i)) ? 1 : 0;
        chance += near.length / (double) look.source().length();
        all++;
      }
    }
    assertThat(right / (double) all).as("chance %s", chance / all).isGreaterThan(0.9).isGreaterThan(1.3 * chance / all);
  }

  /** Of a digit that both numbers have at its place, these two are looked at by the four heads more than by chance. */
  @Test
  void sumsAreReadDigitByDigit() throws IOException {
    String script = changed(text("sums.net"), "digits = 3, count = 60_000", "digits = 2, count = 7_000");
    script = changed(script, "epochs    = 12", "epochs    = 16");
    script = changed(script, "exact >= 0.99", "exact >= 0.8");
    double share = 0;
    double chance = 0;
    for (Look look : looks("sums.net", script, "added", "Adds")) {
      int plus = look.source().indexOf('+');
      int end = look.source().length();
      for (int back = 1; back <= Math.min(plus, end - plus - 1); back++) {
        int row = look.target().length() - back;
        share += look.share(row, plus - back) + look.share(row, end - back);
        chance += 2.0 / end;
      }
    }
    assertThat(share).isGreaterThan(1.2 * chance);
  }

  /** Of a digit the word that says it is looked at, or the sign before or behind that. Ten to nineteen say two digits at once, and are left out. */
  @Test
  void numeralsAreReadWordByWord() throws IOException {
    String script = changed(text("numerals.net"), "numerals()", "numerals(count = 12_000)");
    script = changed(script, "exact >= 0.99", "exact >= 0.9");
    int right = 0;
    double chance = 0;
    int all = 0;
    for (Look look : looks("numerals.net", script, "counted", "Counts")) {
      List<MatchResult> words = WORD.matcher(look.source()).results().toList();
      int[] digits = IntStream.range(0, look.target().length()).filter(i -> look.target().charAt(i) != '0').toArray();
      if (words.size() == digits.length) {
        for (int i = 0; i < digits.length; i++) {
          int from = Math.max(0, words.get(i).start() - 1);
          int to = Math.min(look.source().length(), words.get(i).end() + 1);
          int most = look.most(digits[i]);
          right += from <= most && most < to ? 1 : 0;
          chance += (to - from) / (double) look.source().length();
          all++;
        }
      }
    }
    assertThat(right / (double) all).as("chance %s", chance / all).isGreaterThan(0.7).isGreaterThan(1.5 * chance / all);
  }

  /** Where the year, the month or the day is said. */
  private static int[] part(String source, int which) {
    List<MatchResult> digits = DIGITS.matcher(source).results().toList();
    List<MatchResult> month = MONTH.matcher(source).results().toList();
    MatchResult year = digits.stream().filter(d -> d.group().length() == 4).findFirst().orElseThrow();
    List<MatchResult> others = digits.stream().filter(d -> d != year).toList();
    MatchResult found = switch (which) {
      case 0 -> year;
      case 1 -> !month.isEmpty() ? month.getFirst() : others.get(source.startsWith(year.group()) ? 0 : 1);
      default -> !month.isEmpty() || !source.startsWith(year.group()) ? others.getFirst() : others.get(1);
    };
    return new int[] {found.start(), found.end()};
  }

  /** Runs a sample, and looks at what its attention makes of some examples. */
  private List<Look> looks(String name, String script, String data, String net) throws IOException {
    String shown = IntStream.range(0, LOOKED_AT).mapToObj(i -> "show(" + net + ".look, " + data + ".test.item(" + i + "))\n").collect(Collectors.joining());
    String whole = script + "show(" + data + ".test.batch(0, size = " + LOOKED_AT + "))\n" + shown;
    assertThat(sample.run(Sample.FOLDER.resolve(name), whole)).as("%s", sample.events()).isEqualTo(Outcome.OK);
    List<Object> exhibits = sample.events().stream().filter(SessionEvent.Shown.class::isInstance).<Object>map(e -> ((SessionEvent.Shown) e).exhibit()).toList();
    List<Gallery> pictures = exhibits.subList(exhibits.size() - LOOKED_AT, exhibits.size()).stream().map(Gallery.class::cast).toList();
    Table table = (Table) exhibits.get(exhibits.size() - LOOKED_AT - 1);
    int source = table.header().indexOf("source");
    int next = table.header().indexOf("next");
    return IntStream.range(0, LOOKED_AT).mapToObj(i -> new Look(table.rows().get(i).get(source), table.rows().get(i).get(next).replace("<end>", ""), pictures.get(i).pictures())).toList();
  }

  /** Where a network looks: of each head a picture. */
  private record Look(String source, String target, List<Picture> heads) {
    /** How much of its attention a place of the target gives to one of the source: of all heads, as their pictures are light. */
    double share(int row, int column) {
      return heads.stream().mapToDouble(h -> light(h, row, column) / IntStream.range(0, h.width()).mapToDouble(x -> light(h, row, x)).sum()).sum() / heads.size();
    }

    int most(int row) {
      return IntStream.range(0, source.length()).boxed().max((a, b) -> Double.compare(share(row, a), share(row, b))).orElseThrow();
    }

    private static double light(Picture head, int row, int column) {
      double dark = Picture.brightness(0x14213d);
      return Math.max(0, Picture.brightness(head.at(column, row)) - dark);
    }
  }
}
