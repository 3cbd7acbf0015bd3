package dev.lanewise.dsl.session;

import dev.lanewise.dsl.diagnostic.Diagnostic;
import dev.lanewise.dsl.run.SessionEvent;
import java.util.List;

/** What a session has found wrong. */
public final class Diagnosed {
  private Diagnosed() {}

  public static List<Diagnostic> in(List<SessionEvent> events) {
    return events.stream()
        .filter(SessionEvent.Diagnosed.class::isInstance)
        .map(e -> ((SessionEvent.Diagnosed) e).diagnostic())
        .toList();
  }
}
