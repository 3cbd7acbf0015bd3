package dev.lanewise.repl.text;

import dev.lanewise.dsl.check.Checker;
import dev.lanewise.dsl.diagnostic.Diagnostic;
import dev.lanewise.dsl.diagnostic.Explanation;
import dev.lanewise.dsl.diagnostic.Report;
import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.parse.Parsed;
import dev.lanewise.dsl.parse.ScriptParser;
import dev.lanewise.dsl.scope.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The story behind a code, for people: the text, a wrong example with what is said about it, a right one. */
public final class Explained {
  private static final int COLUMNS = 76;

  private Explained() {}

  public static List<String> lines(Explanation explanation, Voice voice) {
    Style style = voice.style();
    List<String> lines = new ArrayList<>();
    lines.add(style.strong(explanation.code() + ": " + voice.say(explanation.code().summary())));
    lines.add("");
    lines.addAll(voice.wrapped(explanation.text()));
    explanation.wrong().ifPresent(script -> {
      example(lines, style.bad(voice.say("Wrong:")), script);
      reports(explanation, script, voice).lines().map(l -> "  " + l).forEach(lines::add);
    });
    explanation.right().ifPresent(script -> example(lines, style.good(voice.say("Right:")), script));
    return lines;
  }

  private static void example(List<String> lines, String title, String script) {
    lines.add("");
    lines.add(title);
    // The nesting that nobody could read is not shown either.
    script.lines().map(l -> l.length() > 2 * COLUMNS ? l.substring(0, COLUMNS) + " …" : l).forEach(l -> lines.add("  " + l));
  }

  /** What is said about the example, as far as it is known without a run. */
  private static String reports(Explanation explanation, String script, Voice voice) {
    Source source = new Source("example.net", script);
    Parsed parsed = ScriptParser.parse(source);
    List<Diagnostic> checked = Checker.check(source, parsed.script(), new Scope()).diagnostics();
    return Stream.concat(parsed.diagnostics().stream(), checked.stream())
        .filter(d -> d.code() == explanation.code() && source.lineAt(d.span().start()).length() < 2 * COLUMNS)
        .findFirst()
        .map(d -> System.lineSeparator() + Report.of(d, voice.phrases()))
        .orElse("");
  }
}
