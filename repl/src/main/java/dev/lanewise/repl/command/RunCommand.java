package dev.lanewise.repl.command;

import dev.lanewise.dsl.diagnostic.SourceFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code lanewise run FILE}. */
@Command(
    name = "run",
    description = "Run a script: define its networks, train them, test them.",
    sortOptions = false,
    footer = {
      "",
      "Example:",
      "  lanewise run samples/mnist-cnn.net --seed 7",
      "",
      "Ctrl-C stops training after the current batch and shows what was reached; a second Ctrl-C leaves at once."
    })
final class RunCommand implements Callable<Integer> {
  private final LanewiseCommand lanewise;

  @Parameters(paramLabel = "FILE", description = "The script.")
  private Path file;

  RunCommand(LanewiseCommand lanewise) {
    this.lanewise = lanewise;
  }

  @Override
  public Integer call() throws IOException {
    return lanewise.runScript(() -> SourceFile.read(file));
  }
}
