package dev.lanewise.repl.command;

import dev.lanewise.dsl.diagnostic.Diagnostic;
import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.mend.Fix;
import dev.lanewise.dsl.run.Options;
import dev.lanewise.dsl.run.Outcome;
import dev.lanewise.dsl.run.SessionEvent;
import dev.lanewise.dsl.session.Session;
import dev.lanewise.repl.render.JsonLine;
import dev.lanewise.repl.render.Mended;
import dev.lanewise.repl.render.Renderer;
import dev.lanewise.repl.render.Renderers;
import dev.lanewise.repl.text.Output;
import dev.lanewise.repl.text.Window;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lanewise fix FILE…}. */
@Command(
    name = "fix",
    description = "Mend scripts: do what `check` proposes where it is certain what was meant. What is left is told.",
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  lanewise fix lenet.net",
      "  lanewise fix --dry-run lenet.net     show what would change, as a diff for `patch -p1`",
      "  lanewise fix - < lenet.net           from standard input to standard output",
      "",
      "Exit status: 0 if no mistake is left; 2 if one is, or a file cannot be read or written."
    })
final class FixCommand implements Callable<Integer> {
  private final LanewiseCommand lanewise;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE", arity = "1..*", description = "The scripts; - is standard input.")
  private List<String> files;

  @Option(names = "--stdout", description = "Change nothing; print the mended script.")
  private boolean print;

  @Option(names = "--dry-run", description = "Change nothing; print what would change, as a diff.")
  private boolean dry;

  FixCommand(LanewiseCommand lanewise) {
    this.lanewise = lanewise;
  }

  @Override
  public Integer call() throws IOException {
    if (print && dry) {
      throw new ParameterException(spec.commandLine(), "--stdout prints a script, --dry-run a diff: take one of them");
    }
    if (files.size() > 1 && !dry && (print || files.contains(ScriptFile.PIPED))) {
      throw new ParameterException(spec.commandLine(), "only one script can be printed at a time");
    }
    Renderer renderer = Renderers.of(lanewise.console(), lanewise.json(), Window.NONE);
    Options options = lanewise.options();
    return ScriptFile.each(files, renderer, (source, piped) -> mend(source, piped, options, renderer));
  }

  private Outcome mend(Source source, boolean piped, Options options, Renderer renderer) {
    Fix fix;
    try (Session session = new Session(options, renderer)) {
      fix = Fix.of(source, session::check);
    }
    boolean printed = print || piped && !dry;
    boolean changed = !fix.text().equals(source.text());
    if (changed && !printed && !dry && ScriptFile.write(source, fix.text(), renderer) != Outcome.OK) {
      return Outcome.MISTAKE;
    }
    String shown = dry ? Patch.of(source.name(), source.text(), fix.text()) : printed ? fix.text() : "";
    if (lanewise.json()) {
      tell(source, fix, shown);
    } else {
      // What is printed may go into a file: what else there is to say stays out of it.
      Output told = printed || dry ? lanewise.console().err() : lanewise.console().out();
      Mended.of(fix).forEach(m -> told.println(m.toString()));
      lanewise.script(shown);
      told.println(lanewise.console().voice().say(source.name() + ": " + summary(fix)));
    }
    fix.left().forEach(d -> renderer.on(new SessionEvent.Diagnosed(d)));
    return fix.left().stream().anyMatch(Diagnostic::isError) ? Outcome.MISTAKE : Outcome.OK;
  }

  private static String summary(Fix fix) {
    return fix.done().isEmpty() ? "nothing to mend" : "mended " + fix.done().size();
  }

  private void tell(Source source, Fix fix, String shown) {
    JsonLine json = new JsonLine(lanewise.console().out());
    Mended.of(fix).forEach(m -> m.tell(json));
    json.event("fixed").put("file", source.name()).put("mended", fix.done().size()).put("left", fix.left().size());
    (print || dry ? json.put(dry ? "diff" : "script", shown) : json).end();
  }
}
