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

/** Names that are used before they are bound: in which line that is, and the script with that statement where it is needed. */
record Order(Source source, Script script) {
  private static final Set<Code> UNKNOWN = Set.of(Code.L006, Code.L071);

  List<Diagnostic> told(List<Diagnostic> found) {
    return found.stream().map(d -> d.source() == source && UNKNOWN.contains(d.code()) ? told(d) : d).toList();
  }

  private Diagnostic told(Diagnostic d) {
    String name = source.text(d.span()).split("\\.", 2)[0];
    Optional<Statement> user = script.statements().stream().filter(s -> s.span().start() <= d.span().start() && d.span().end() <= s.span().end()).findFirst();
    return script.statements().stream()
        .filter(s -> s.span().start() > d.span().end() && s.binds().filter(n -> n.text().equals(name)).isPresent())
        .findFirst().flatMap(s -> user.map(u -> new Diagnostic(source, d.code(), d.span(), d.message(), moved(name, s, u), d.notes())))
        .orElse(d);
  }

  private Remedy moved(String name, Statement bound, Statement user) {
    String text = source.text();
    int start = lineStart(bound.span().start());
    int end = lineEnd(bound.span().end());
    String words = "`" + name + "` comes only in line " + source.position(bound.span().start()).line() + ": write that before this";
    boolean alone = text.substring(start, bound.span().start()).isBlank() && text.substring(bound.span().end(), end).strip().matches("(#.*)?");
    if (!alone) {
      return Remedy.say(words);
    }
    // A remark above it belongs to it.
    while (start > user.span().end() && text.substring(lineStart(start - 1), start).strip().startsWith("#")) {
      start = lineStart(start - 1);
    }
    return Remedy.of(words, Edit.insert(lineStart(user.span().start()), text.substring(start, end) + "\n"), Edit.remove(new Span(start, Math.min(text.length(), end + 1))));
  }

  private int lineStart(int at) {
    return source.text().lastIndexOf('\n', at - 1) + 1;
  }

  private int lineEnd(int at) {
    int end = source.text().indexOf('\n', at);
    return end < 0 ? source.text().length() : end;
  }
}
