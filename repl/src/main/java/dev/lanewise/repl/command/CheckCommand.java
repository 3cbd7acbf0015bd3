package dev.lanewise.repl.command;

import dev.lanewise.dsl.diagnostic.Diagnostic;
import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.session.Outcome;
import dev.lanewise.dsl.session.Session;
import dev.lanewise.dsl.session.SessionEvent;
import dev.lanewise.repl.render.Console;
import dev.lanewise.repl.render.Renderer;
import dev.lanewise.repl.render.Renderers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code lanewise check FILE}. */
@Command(
    name = "check",
    description = "Find the mistakes of a script without running it.",
    sortOptions = false,
    footer = {"", "Example:", "  lanewise check samples/mnist-cnn.net"})
final class CheckCommand implements Callable<Integer> {
  private final LanewiseCommand lanewise;

  @Parameters(paramLabel = "FILE", description = "The script.")
  private Path file;

  CheckCommand(LanewiseCommand lanewise) {
    this.lanewise = lanewise;
  }

  @Override
  public Integer call() throws IOException {
    Console console = lanewise.console();
    Renderer renderer = Renderers.of(console, lanewise.json(), () -> 80);
    Session.Options options = lanewise.options();
    return ScriptFile.with(() -> ScriptFile.read(file), renderer, source -> check(options, source, renderer));
  }

  private Outcome check(Session.Options options, Source source, Renderer renderer) {
    List<Diagnostic> diagnostics;
    try (Session session = new Session(options, renderer)) {
      diagnostics = session.check(source);
    }
    diagnostics.forEach(d -> renderer.on(new SessionEvent.Diagnosed(source, d)));
    boolean wrong = diagnostics.stream().anyMatch(Diagnostic::isError);
    if (!wrong && !lanewise.json()) {
      lanewise.console().out().println(source.name() + ": no mistakes");
    }
    return wrong ? Outcome.MISTAKE : Outcome.OK;
  }
}
