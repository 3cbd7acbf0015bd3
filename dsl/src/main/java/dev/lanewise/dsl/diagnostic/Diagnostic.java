package dev.lanewise.dsl.diagnostic;

import dev.lanewise.dsl.language.Phrases;
import java.util.List;

/**
 * Something wrong with a script, as a value: it is collected, not thrown.
 *
 * @param source in which it stands
 * @param message one sentence: what was expected, and what was found
 * @param remedy what to do, in words and as changes of the source's text
 * @param notes what led there, in the order of the script
 */
public record Diagnostic(Source source, Code code, Span span, String message, Remedy remedy, List<Note> notes) {
  /** Something that is so at an earlier place: the shape that a line makes. */
  public record Note(Span span, String text) {}

  public Diagnostic {
    notes = List.copyOf(notes);
  }

  public Diagnostic(Source source, Code code, Span span, String message, Remedy remedy) {
    this(source, code, span, message, remedy, List.of());
  }

  /** With a remedy in words alone. */
  public Diagnostic(Source source, Code code, Span span, String message, String remedy) {
    this(source, code, span, message, Remedy.say(remedy));
  }

  /** The same in another language. */
  public Diagnostic in(Phrases phrases) {
    return new Diagnostic(source, code, span, phrases.say(message), remedy.saying(phrases.say(remedy.text())), notes);
  }

  public Severity severity() {
    return code.severity();
  }

  public boolean isError() {
    return severity() == Severity.ERROR;
  }
}
