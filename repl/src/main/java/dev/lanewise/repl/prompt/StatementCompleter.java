package dev.lanewise.repl.prompt;

import dev.lanewise.dsl.language.Printable;
import dev.lanewise.dsl.typing.Completions.Completion;
import java.util.List;
import java.util.function.Function;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;

/** Offers what the conversation says could be typed. */
final class StatementCompleter implements Completer {
  private final Function<String, List<Completion>> completions;

  /** @param completions for what stands before the cursor */
  StatementCompleter(Function<String, List<Completion>> completions) {
    this.completions = completions;
  }

  @Override
  public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
    for (Completion c : completions.apply(line.line().substring(0, line.cursor()))) {
      candidates.add(new Candidate(c.text(), Printable.line(shown(c.text())), null, c.help().isEmpty() ? null : c.help(), null, null, false));
    }
  }

  /** Of a command with its argument, or of a file with its folders, the last part. */
  private static String shown(String text) {
    String last = text.startsWith(":") ? text.strip().substring(text.strip().lastIndexOf(' ') + 1) : text.strip();
    int slash = last.lastIndexOf('/', last.length() - 2);
    return slash < 0 ? last : last.substring(slash + 1);
  }
}
