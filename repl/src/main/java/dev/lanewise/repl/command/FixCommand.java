package dev.lanewise.repl.command;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import dev.lanewise.dsl.diagnostic.Diagnostic;
import dev.lanewise.dsl.diagnostic.Reasons;
import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.diagnostic.SourceFile;
import dev.lanewise.dsl.mend.Fix;
import dev.lanewise.dsl.run.Options;
import dev.lanewise.dsl.run.Outcome;
import dev.lanewise.dsl.run.SessionEvent;
import dev.lanewise.dsl.session.Session;
import dev.lanewise.repl.render.Renderer;
import dev.lanewise.repl.render.Renderers;
import dev.lanewise.repl.text.Console;
import dev.lanewise.repl.text.Window;
import dev.lanewise.runtime.file.AtomicFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code lanewise fix FILE…}. */
@Command(
    name = "fix",
    description = "Mend scripts: do what `check` proposes where it is certain what was meant. What is left is told.",
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  lanewise fix lenet.net",
      "  lanewise fix --dry-run lenet.net     show what would change, as a diff; change nothing",
      "  lanewise fix --stdout lenet.net      print the mended script; change nothing",
      "",
      "Exit status: 0 if no mistake is left; 2 if there is."
    })
final class FixCommand implements Callable<Integer> {
  private static final int CONTEXT = 2;

  private final LanewiseCommand lanewise;

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
    Console console = lanewise.console();
    Renderer renderer = Renderers.of(console, lanewise.json(), Window.NONE);
    Options options = lanewise.options();
    int status = 0;
    for (String file : files) {
      boolean piped = file.equals("-");
      ScriptFile.Reader reader = () -> piped ? SourceFile.standardInput(System.in) : SourceFile.read(Path.of(file));
      status = Math.max(status, ScriptFile.with(reader, renderer, source -> mend(source, print || piped && !dry, options, renderer)));
    }
    return status;
  }

  private Outcome mend(Source source, boolean toOutput, Options options, Renderer renderer) {
    Fix fix;
    try (Session session = new Session(options, renderer)) {
      fix = Fix.of(source, session::check);
    }
    boolean changed = !fix.text().equals(source.text());
    if (toOutput) {
      lanewise.script(fix.text());
    } else if (dry) {
      diff(source.name(), source.text(), fix.text()).forEach(lanewise.console().out()::println);
    } else if (changed && !isWritten(source, fix.text(), renderer)) {
      return Outcome.MISTAKE;
    }
    fix.left().forEach(d -> renderer.on(new SessionEvent.Diagnosed(d)));
    boolean wrong = fix.left().stream().anyMatch(Diagnostic::isError);
    if (!toOutput && !dry && !lanewise.json()) {
      lanewise.say(source.name() + ": mended " + fix.done().size() + ", left " + fix.left().size());
    }
    return wrong ? Outcome.MISTAKE : Outcome.OK;
  }

  private static boolean isWritten(Source source, String text, Renderer renderer) {
    try {
      AtomicFile.write(Path.of(source.name()), channel -> AtomicFile.writeFully(channel, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8))));
      return true;
    } catch (IOException e) {
      renderer.problem(source.name() + " cannot be written: " + Reasons.of(e));
      return false;
    }
  }

  private static List<String> diff(String name, String before, String after) {
    List<String> old = before.lines().toList();
    return UnifiedDiffUtils.generateUnifiedDiff(name, name, old, DiffUtils.diff(old, after.lines().toList()), CONTEXT);
  }
}
