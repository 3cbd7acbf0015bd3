package dev.lanewise.repl.command;

import dev.lanewise.dsl.run.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code lanewise package}. */
@Command(
    name = "package",
    description = "Make an archive that starts without a JDK and without Maven, on a system such as this one.",
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  lanewise package                   into the checkout's folder target",
      "  lanewise package ~/Downloads",
      "",
      "Unpack it with `tar xf` anywhere, and start the `lanewise` in it. Samples and docs are in it, too."
    })
final class PackageCommand implements Callable<Integer> {
  private final LanewiseCommand lanewise;

  @Parameters(paramLabel = "FOLDER", arity = "0..1", description = "Where to write it.")
  private Path folder;

  PackageCommand(LanewiseCommand lanewise) {
    this.lanewise = lanewise;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Optional<Checkout> checkout = Checkout.here();
    if (checkout.isEmpty()) {
      lanewise.problem("this needs the sources, which a package does not have");
      return Outcome.MISTAKE.status();
    }
    Path to = folder == null ? checkout.get().root().resolve("target") : folder.toAbsolutePath();
    return checkout.get().run("package.sh", lanewise.console().language().code(), List.of(to.toString()));
  }
}
