package dev.lanewise.dsl.run;

import dev.lanewise.runtime.train.Control;

/** Receives what a session has to tell, and answers where it asks, on the thread that runs it. */
@FunctionalInterface
public interface SessionListener {
  void on(SessionEvent event);

  /** A training was interrupted and waits: how it goes on. Where nobody can be asked it stops. */
  default Control.Next paused(Paused training) {
    return Control.STOP;
  }
}
