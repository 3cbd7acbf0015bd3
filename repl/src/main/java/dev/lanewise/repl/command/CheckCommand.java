package dev.lanewise.repl.command;

import dev.lanewise.dsl.diagnostic.Diagnostic;
import dev.lanewise.dsl.diagnostic.Reasons;
import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.diagnostic.SourceFile.Unreadable;
import dev.lanewise.dsl.run.Options;
import dev.lanewise.dsl.run.Outcome;
import dev.lanewise.dsl.run.SessionEvent;
import dev.lanewise.dsl.session.Session;
import dev.lanewise.repl.conversation.Info;
import dev.lanewise.repl.render.JsonLine;
import dev.lanewise.repl.render.Renderer;
import dev.lanewise.repl.render.Renderers;
import dev.lanewise.repl.render.Sarif;
import dev.lanewise.repl.text.Window;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code lanewise check FILE…}. */
@Command(
    name = "check",
    description = "Find the mistakes of scripts without running them.",
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  lanewise check samples/mnist-cnn.net",
      "  lanewise check samples                                    all scripts below a folder",
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
  /** Of all scripts, for a document that has them together. */
  private final Set<Diagnostic> found = new LinkedHashSet<>();
  private final List<String> unread = new ArrayList<>();
  private int read;
  private int mistaken;
  private String last = "";

  @Parameters(paramLabel = "FILE", arity = "1..*", description = "The scripts; a folder stands for all below it that end in .net, - for standard input.")
  private List<String> files;

  @Option(names = "--format", paramLabel = "FORM",
      description = "text (default); json, an object on each line, as --json; or sarif, SARIF 2.1.0.")
  private Format format = Format.TEXT;

  CheckCommand(LanewiseCommand lanewise) {
    this.lanewise = lanewise;
  }

  @Override
  public Integer call() throws IOException {
    if (lanewise.json() && format == Format.TEXT) {
      format = Format.JSON;
    }
    Renderer renderer = Renderers.of(lanewise.console(), format == Format.JSON, Window.NONE);
    Options options = lanewise.options();
    scripts(renderer).forEach(name -> check(options, name, renderer));
    tell();
    Outcome outcome = mistaken + unread.size() > 0 ? Outcome.MISTAKE : Outcome.OK;
    renderer.finish(outcome);
    return outcome.status();
  }

  /** What is named, and what is below folders that are named. */
  private List<String> scripts(Renderer renderer) {
    List<String> all = new ArrayList<>();
    for (String name : files) {
      if (name.equals(ScriptFile.PIPED) || !Files.isDirectory(Path.of(name))) {
        all.add(name);
        continue;
      }
      try {
        List<String> below = ScriptFolder.scripts(Path.of(name));
        all.addAll(below);
        if (below.isEmpty()) {
          unread(name + " is a folder without scripts: none below it ends in .net", renderer);
        }
      } catch (IOException e) {
        unread(name + " cannot be read: " + Reasons.of(e), renderer);
      }
    }
    return all;
  }

  private void unread(String why, Renderer renderer) {
    unread.add(why);
    renderer.problem(why);
  }

  private void check(Options options, String name, Renderer renderer) {
    Source source;
    try {
      source = ScriptFile.read(name);
    } catch (Unreadable unreadable) {
      unread(unreadable.getMessage(), renderer);
      return;
    }
    read++;
    last = source.name();
    List<Diagnostic> diagnostics;
    try (Session session = new Session(options, renderer)) {
      diagnostics = session.check(source);
    }
    // What several scripts import is told once.
    List<Diagnostic> fresh = diagnostics.stream().filter(found::add).toList();
    if (format != Format.SARIF) {
      fresh.forEach(d -> renderer.on(new SessionEvent.Diagnosed(d)));
    }
    if (diagnostics.stream().anyMatch(Diagnostic::isError)) {
      mistaken++;
    }
  }

  private void tell() {
    switch (format) {
      case SARIF -> lanewise.console().out().print(Sarif.of(Info.version(), List.copyOf(found), unread));
      case JSON -> new JsonLine(lanewise.console().out()).event("checked")
          .put("scripts", read).put("mistaken", mistaken).put("unread", unread.size()).end();
      case TEXT -> said().ifPresent(lanewise::say);
    }
  }

  /** Nothing of one script with mistakes: they are told already. */
  private Optional<String> said() {
    if (read > 1) {
      return Optional.of("checked " + read + " scripts: " + (mistaken == 0 ? "no mistakes" : "mistakes in " + mistaken));
    }
    return read == 1 && mistaken == 0 ? Optional.of(last + ": no mistakes") : Optional.empty();
  }
}
