package dev.lanewise.repl.command;

import dev.lanewise.dsl.diagnostic.Reasons;
import dev.lanewise.dsl.run.Outcome;
import dev.lanewise.repl.play.Play;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code lanewise play FILE}. */
@Command(
    name = "play",
    description = "Open a page in the browser on which a network is seen: layer by layer, forward and backward, while it learns.",
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  lanewise play",
      "  lanewise play samples/mnist-cnn.net",
      "  lanewise play --no-browser --port 7071      only print the address",
      "",
      "The page is for this machine alone, and its address holds a secret. Ctrl-C ends it."
    })
final class PlayCommand implements Callable<Integer> {
  private static final int USUAL = 7070;

  private final LanewiseCommand lanewise;

  @Parameters(paramLabel = "FILE", arity = "0..1", description = "The script that the page opens (default: the classic network for MNIST).")
  private Path file;

  @Option(names = "--no-browser", description = "Print the address, and open no browser.")
  private boolean quiet;

  @Option(names = "--port", paramLabel = "N", description = "The port to listen at (default: 7070, or another that is free).")
  private Integer port;

  @Option(names = "--host", paramLabel = "ADDRESS", description = "The address to listen at (default: 127.0.0.1, which only this machine reaches).")
  private String host = "127.0.0.1";

  PlayCommand(LanewiseCommand lanewise) {
    this.lanewise = lanewise;
  }

  @Override
  public Integer call() throws IOException {
    if (port != null && (port < 1 || port > 65_535)) {
      throw lanewise.wrong("--port takes a number from 1 to 65535, not " + port);
    }
    String name = file == null ? "" : file.toString();
    try (Play play = port == null ? Play.start(lanewise.options(), name, host, USUAL, true) : Play.start(lanewise.options(), name, host, port, false)) {
      lanewise.say("Play: " + play.address());
      lanewise.say("Ctrl-C ends it.");
      if (!quiet && !play.browse()) {
        lanewise.say("No browser could be opened: open this address in one.");
      }
      CountDownLatch end = new CountDownLatch(1);
      Interrupts.stop(end::countDown);
      end.await();
      return Outcome.OK.status();
    } catch (IOException e) {
      lanewise.problem("the page cannot be served: " + Reasons.of(e));
      return Outcome.MISTAKE.status();
    } catch (InterruptedException e) {
      return Outcome.INTERRUPTED.status();
    }
  }
}
