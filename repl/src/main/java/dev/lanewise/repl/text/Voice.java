package dev.lanewise.repl.text;

import dev.lanewise.dsl.exhibit.Figure;
import dev.lanewise.dsl.exhibit.Table;
import dev.lanewise.dsl.language.Language;
import dev.lanewise.dsl.language.Phrases;
import dev.lanewise.dsl.language.TextWidth;
import java.util.List;

/**
 * How Lanewise talks to somebody: where to, in which colours, in which language. Sentences are given to it in English.
 *
 * @param out for results
 * @param window it is looked at in
 */
public record Voice(Output out, Style style, Phrases phrases, Window window) {
  /** Longer lines are hard to read. */
  private static final int WIDEST = 76;

  /** With the phrases of the command beside those of the language. */
  public static Voice of(Output out, Style style, Language language, Window window) {
    Phrases phrases = Phrases.of(language);
    if (language != Language.ENGLISH) {
      phrases = phrases.and(Voice.class.getResourceAsStream("phrases." + language.code()));
    }
    return new Voice(out, style, phrases, window);
  }

  public String say(String english) {
    return phrases.say(english);
  }

  /** Between a name and what it stands for; the Chinese one is wide and needs no space. */
  public String colon() {
    String colon = say(":");
    return TextWidth.of(colon) == 1 ? colon + " " : colon;
  }

  /** Between things in a row. */
  public String comma() {
    String comma = say(",");
    return TextWidth.of(comma) == 1 ? comma + " " : comma;
  }

  public Table say(Table table) {
    return new Table(
        say(table.title()),
        table.header().stream().map(this::say).toList(),
        table.rows().stream().map(r -> r.stream().map(this::say).toList()).toList(),
        table.tones());
  }

  public Figure say(Figure figure) {
    List<Figure.Curve> curves = figure.curves().stream().map(c -> new Figure.Curve(say(c.name()), c.points(), c.isDotted())).toList();
    return new Figure(say(figure.title()), say(figure.across()), figure.ratios(), curves, figure.marks());
  }

  /** Text to read, broken into lines that fit. */
  public List<String> wrapped(String text) {
    return Wrapping.lines(text, Math.clamp(window.columns() - 1, 20, WIDEST));
  }

  /** A line as it is. */
  public void print(String line) {
    out.println(line);
  }

  /** Lines that belong together; page by page if they are more than the window shows. */
  public void show(List<String> lines) {
    if (!isLong(lines) || !window.pages(lines.stream().map(Output::sent).toList())) {
      lines.forEach(this::print);
    }
  }

  private boolean isLong(List<String> lines) {
    int columns = window.columns();
    int rows = lines.stream().mapToInt(l -> Math.max(1, (LiveLines.length(l) + columns - 1) / columns)).sum();
    // The next prompt takes a row, too.
    return window.isTerminal() && rows >= window.rows();
  }

  public Language language() {
    return phrases.language();
  }

  /** What a file of this voice's language is called: {@code topics.md}, {@code topics.zh.md}. */
  public String file(String name, String ending) {
    return language() == Language.ENGLISH ? name + ending : name + "." + language().code() + ending;
  }
}
