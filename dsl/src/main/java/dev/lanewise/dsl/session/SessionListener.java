package dev.lanewise.dsl.session;

/** Receives what a session has to tell, on the thread that runs it. */
@FunctionalInterface
public interface SessionListener {
  void on(SessionEvent event);
}
