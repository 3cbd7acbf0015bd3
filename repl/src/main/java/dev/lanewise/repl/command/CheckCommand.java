package dev.lanewise.repl.command;

import dev.lanewise.dsl.diagnostic.Diagnostic;
import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.diagnostic.SourceFile;
import dev.lanewise.dsl.run.Options;
import dev.lanewise.dsl.run.Outcome;
import dev.lanewise.dsl.run.SessionEvent;
import dev.lanewise.dsl.session.Session;
import dev.lanewise.repl.conversation.Info;
import dev.lanewise.repl.render.Renderer;
import dev.lanewise.repl.render.Renderers;
import dev.lanewise.repl.render.Sarif;
import dev.lanewise.repl.text.Console;
import dev.lanewise.repl.text.Window;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code lanewise check FILE}. */
@Command(
    name = "check",
    description = "Find the mistakes of a script without running it.",
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  lanewise check samples/mnist-cnn.net",
      "  lanewise check lenet.net --format sarif > lenet.sarif     for code hosts and editors"
    })
final class CheckCommand implements Callable<Integer> {
  /** How mistakes are reported. */
  enum Format {
    TEXT,
    JSON,
    SARIF
  }

  private final LanewiseCommand lanewise;

  @Parameters(paramLabel = "FILE", description = "The script.")
  private Path file;

  @Option(names = "--format", paramLabel = "FORM",
      description = "text (default); json, an object on each line, as --json; or sarif, SARIF 2.1.0.")
  private Format format = Format.TEXT;

  CheckCommand(LanewiseCommand lanewise) {
    this.lanewise = lanewise;
  }

  @Override
  public Integer call() throws IOException {
    Console console = lanewise.console();
    Renderer renderer = Renderers.of(console, json(), Window.NONE);
    Options options = lanewise.options();
    return ScriptFile.with(() -> SourceFile.read(file), renderer, source -> check(options, source, renderer));
  }

  private boolean json() {
    return lanewise.json() || format == Format.JSON;
  }

  private Outcome check(Options options, Source source, Renderer renderer) {
    List<Diagnostic> diagnostics;
    try (Session session = new Session(options, renderer)) {
      diagnostics = session.check(source);
    }
    if (format == Format.SARIF) {
      lanewise.console().out().print(Sarif.of(Info.version(), diagnostics));
    } else {
      diagnostics.forEach(d -> renderer.on(new SessionEvent.Diagnosed(d)));
    }
    boolean wrong = diagnostics.stream().anyMatch(Diagnostic::isError);
    if (!wrong && format == Format.TEXT && !json()) {
      lanewise.say(source.name() + ": no mistakes");
    }
    return wrong ? Outcome.MISTAKE : Outcome.OK;
  }
}
