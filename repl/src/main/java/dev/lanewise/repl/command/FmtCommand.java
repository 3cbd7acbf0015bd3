package dev.lanewise.repl.command;

import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.parse.Layout;
import dev.lanewise.dsl.parse.Parsed;
import dev.lanewise.dsl.parse.ScriptParser;
import dev.lanewise.dsl.run.Outcome;
import dev.lanewise.dsl.run.SessionEvent;
import dev.lanewise.repl.render.Renderer;
import dev.lanewise.repl.render.Renderers;
import dev.lanewise.repl.text.Window;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code lanewise fmt FILE…}. */
@Command(
    name = "fmt",
    description = "Bring scripts into their one canonical layout. Comments and line ends stay where they are.",
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  lanewise fmt samples/*.net",
      "  lanewise fmt --check samples/*.net     only say which would change: exit status 1 if any",
      "  lanewise fmt - < lenet.net             from standard input to standard output"
    })
final class FmtCommand implements Callable<Integer> {
  private final LanewiseCommand lanewise;

  @Parameters(paramLabel = "FILE", arity = "1..*", description = "The scripts; - is standard input.")
  private List<String> files;

  @Option(names = "--check", description = "Change nothing; say which files would change.")
  private boolean check;

  FmtCommand(LanewiseCommand lanewise) {
    this.lanewise = lanewise;
  }

  @Override
  public Integer call() throws IOException {
    Renderer renderer = Renderers.of(lanewise.console(), lanewise.json(), Window.NONE);
    return ScriptFile.each(files, renderer, (source, piped) -> format(source, piped, renderer));
  }

  private Outcome format(Source source, boolean piped, Renderer renderer) {
    Parsed parsed = ScriptParser.parse(source);
    if (!parsed.diagnostics().isEmpty()) {
      parsed.diagnostics().forEach(d -> renderer.on(new SessionEvent.Diagnosed(d)));
      return Outcome.MISTAKE;
    }
    String text = Layout.of(source.text());
    if (piped && !check) {
      lanewise.script(text);
      return Outcome.OK;
    }
    if (text.equals(source.text())) {
      return Outcome.OK;
    }
    if (check) {
      lanewise.say("would change " + source.name());
      return Outcome.EXPECTATION_FAILED;
    }
    Outcome written = ScriptFile.write(source, text, renderer);
    if (written == Outcome.OK) {
      lanewise.say("changed " + source.name());
    }
    return written;
  }
}
