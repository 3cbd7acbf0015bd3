package dev.lanewise.dsl.session;

import dev.lanewise.dsl.diagnostic.Diagnostic;
import java.util.List;

/** What a session has found wrong. */
final class Diagnosed {
  private Diagnosed() {}

  static List<Diagnostic> in(List<SessionEvent> events) {
    return events.stream()
        .filter(SessionEvent.Diagnosed.class::isInstance)
        .map(e -> ((SessionEvent.Diagnosed) e).diagnostic())
        .toList();
  }
}
