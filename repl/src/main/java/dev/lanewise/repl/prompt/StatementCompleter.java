package dev.lanewise.repl.prompt;

import dev.lanewise.dsl.check.Completions;
import dev.lanewise.dsl.session.Session;
import java.util.List;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;

/** Offers what the session says could be typed. */
final class StatementCompleter implements Completer {
  private static final List<String> COMMANDS = List.of(":explain ", ":help", ":ls", ":quit", ":save ");

  private final Session session;

  StatementCompleter(Session session) {
    this.session = session;
  }

  @Override
  public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
    String before = line.line().substring(0, line.cursor());
    if (before.startsWith(":")) {
      COMMANDS.forEach(c -> candidates.add(new Candidate(c, c.strip(), null, null, null, null, false)));
      return;
    }
    for (Completions.Completion c : session.completions(before)) {
      candidates.add(new Candidate(c.text(), c.text().strip(), null, c.help().isEmpty() ? null : c.help(), null, null, false));
    }
  }
}
