package dev.lanewise.repl.command;

import dev.lanewise.dsl.run.Outcome;
import dev.lanewise.dsl.session.Session;
import java.util.concurrent.atomic.AtomicBoolean;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * Ctrl-C while a script runs. There need not be a terminal (a script in a pipeline, a supervisor that sends SIGINT), so this listens to
 * the signal itself.
 */
final class Interrupts {
  private Interrupts() {}

  /** The first one asks the session to stop after the current batch, the second leaves at once. */
  static void stop(Session session) {
    stop(session::interrupt);
  }

  /** The first one asks for an end, the second leaves at once. */
  static void stop(Runnable asks) {
    AtomicBoolean asked = new AtomicBoolean();
    Signal interrupt = new Signal("INT");
    SignalHandler before = Signal.handle(interrupt, _ -> {
      if (asked.getAndSet(true)) {
        Runtime.getRuntime().halt(Outcome.INTERRUPTED.status());
      }
      asks.run();
    });
    if (SignalHandler.SIG_IGN.equals(before)) {
      // Started with the signal ignored, as nohup and background jobs are: it stays so.
      Signal.handle(interrupt, SignalHandler.SIG_IGN);
    }
  }
}
