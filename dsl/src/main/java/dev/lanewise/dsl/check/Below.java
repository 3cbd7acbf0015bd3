package dev.lanewise.dsl.check;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.Diagnostic;
import dev.lanewise.dsl.diagnostic.Edit;
import dev.lanewise.dsl.diagnostic.Remedy;
import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.dsl.syntax.Script;
import dev.lanewise.dsl.syntax.Statement;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Names that nobody knows yet, since their statements stand further down: in which line, and the statement moves up. */
final class Below {
  private static final Set<Code> UNKNOWN = Set.of(Code.L006, Code.L071);

  private Below() {}

  static List<Diagnostic> told(Source source, Script script, List<Diagnostic> found) {
    return found.stream().map(d -> d.source() == source && UNKNOWN.contains(d.code()) ? told(source, script, d) : d).toList();
  }

  private static Diagnostic told(Source source, Script script, Diagnostic found) {
    String word = source.text(found.span());
    Optional<Statement> use = script.statements().stream().filter(s -> s.span().start() <= found.span().start() && found.span().end() <= s.span().end()).findFirst();
    Optional<Statement> below = script.statements().stream()
        .filter(s -> s.span().start() > found.span().start() && s.binds().filter(n -> n.text().equals(word)).isPresent()).findFirst();
    if (use.isEmpty() || below.isEmpty()) {
      return found;
    }
    int line = source.position(below.get().span().start()).line();
    return new Diagnostic(source, found.code(), found.span(), "`" + word + "` is bound further down, in line " + line, moved(source, use.get(), below.get()), found.notes());
  }

  /** Both stand on lines of their own, else nobody knows what goes with them. */
  private static Remedy moved(Source source, Statement use, Statement below) {
    Optional<Span> lines = lines(source, below.span());
    Optional<Span> before = lines(source, use.span());
    String said = "move it up";
    if (lines.isEmpty() || before.isEmpty()) {
      return Remedy.say(said);
    }
    String text = source.text(lines.get());
    return Remedy.of(said, Edit.insert(before.get().start(), text.endsWith("\n") ? text : text + "\n"), Edit.remove(lines.get()));
  }

  /** The whole lines of a statement, with the end of the last one; nothing if something else stands in them. */
  private static Optional<Span> lines(Source source, Span span) {
    String text = source.text();
    int from = text.lastIndexOf('\n', Math.max(0, span.start() - 1)) + 1;
    int newLine = text.indexOf('\n', span.end());
    int to = newLine < 0 ? text.length() : newLine + 1;
    String behind = text.substring(span.end(), to).strip();
    boolean alone = text.substring(Math.min(from, span.start()), span.start()).isBlank() && (behind.isEmpty() || behind.startsWith("#"));
    return alone ? Optional.of(new Span(Math.min(from, span.start()), to)) : Optional.empty();
  }
}
