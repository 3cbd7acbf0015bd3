package dev.lanewise.repl.command;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.Explanation;
import dev.lanewise.dsl.diagnostic.Severity;
import dev.lanewise.dsl.language.TextWidth;
import dev.lanewise.dsl.run.Outcome;
import dev.lanewise.repl.text.Explained;
import dev.lanewise.repl.text.Output;
import dev.lanewise.repl.text.Voice;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code lanewise explain L012}. */
@Command(
    name = "explain",
    description = "Tell the story behind the code of a mistake, with a wrong and a right example.",
    sortOptions = false,
    footer = {"", "Examples:", "  lanewise explain L012", "  lanewise explain          all codes, a line each"})
final class ExplainCommand implements Callable<Integer> {
  private final LanewiseCommand lanewise;

  @Parameters(paramLabel = "CODE", arity = "0..1", description = "As a message shows it: L012.")
  private String code;

  ExplainCommand(LanewiseCommand lanewise) {
    this.lanewise = lanewise;
  }

  @Override
  public Integer call() {
    Output out = lanewise.console().out();
    if (code == null) {
      Arrays.stream(Code.values()).sorted(java.util.Comparator.comparing(Code::name))
          .forEach(c -> out.println(c + "  " + severity(c) + "  " + lanewise.console().voice().say(c.summary())));
      return Outcome.OK.status();
    }
    Optional<Explanation> found = Explanation.named(code, lanewise.console().language());
    if (found.isEmpty()) {
      lanewise.problem("there is no code " + code + ". `lanewise explain` lists them.");
      return Outcome.MISTAKE.status();
    }
    Explained.lines(found.get(), lanewise.console().voice()).forEach(out::println);
    return Outcome.OK.status();
  }

  /** As wide as the widest. */
  private String severity(Code code) {
    Voice voice = lanewise.console().voice();
    int widest = Arrays.stream(Severity.values()).mapToInt(s -> TextWidth.of(voice.say(s.toString()))).max().orElseThrow();
    String said = voice.say(code.severity().toString());
    return said + " ".repeat(widest - TextWidth.of(said));
  }
}
