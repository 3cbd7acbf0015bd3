package dev.lanewise.dsl.session;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.Diagnostic;
import dev.lanewise.dsl.diagnostic.Span;

/** Ends a run at a mistake that only running could find. It never leaves the session. */
final class MistakeException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient Diagnostic diagnostic;

  MistakeException(Code code, Span span, String message, String remedy) {
    super(message);
    this.diagnostic = new Diagnostic(code, span, message, remedy);
  }

  Diagnostic diagnostic() {
    return diagnostic;
  }
}
