package dev.lanewise.repl.command;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.Later;
import dev.lanewise.dsl.diagnostic.Severity;
import dev.lanewise.dsl.language.TextWidth;
import dev.lanewise.dsl.run.Outcome;
import dev.lanewise.dsl.typing.Vocabulary;
import dev.lanewise.repl.help.Help;
import dev.lanewise.repl.text.Output;
import dev.lanewise.repl.text.Voice;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code lanewise explain L012}, {@code lanewise explain conv}. */
@Command(
    name = "explain",
    description = "Tell the story behind the code of a mistake, with a wrong and a right example; or what a word of the language means.",
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  lanewise explain L012",
      "  lanewise explain conv     a layer, a setting, a verb: as :help conv at the prompt",
      "  lanewise explain          all codes, a line each"
    })
final class ExplainCommand implements Callable<Integer> {
  private final LanewiseCommand lanewise;

  @Parameters(paramLabel = "WHAT", arity = "0..1", description = "A code as a message shows it, L012; or a word of the language, conv.")
  private String what;

  ExplainCommand(LanewiseCommand lanewise) {
    this.lanewise = lanewise;
  }

  @Override
  public Integer call() {
    Output out = lanewise.console().out();
    if (what == null) {
      Arrays.stream(Code.values()).sorted(Comparator.comparing(Code::name))
          .forEach(c -> out.println(c + "  " + severity(c) + "  " + lanewise.console().voice().say(c.summary())));
      return Outcome.OK.status();
    }
    Help help = new Help(lanewise.console().voice());
    Optional<List<String>> found = help.about(what).or(() -> help.about(what.toLowerCase(Locale.ROOT)));
    if (found.isEmpty() && Later.has(what)) {
      lanewise.problem(Later.message(what));
      return Outcome.MISTAKE.status();
    }
    if (found.isEmpty()) {
      lanewise.problem("there is no code and no word `" + what + "`. " + Vocabulary.nearest(what, help.topics())
          .map(near -> "did you mean `" + near + "`?").orElse("`lanewise explain` lists the codes."));
      return Outcome.MISTAKE.status();
    }
    found.get().forEach(out::println);
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
