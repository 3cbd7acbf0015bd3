package dev.lanewise.dsl.session;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.Diagnostic;
import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.diagnostic.Span;

/** Ends a run at a mistake that only running could find. It never leaves the session. */
final class MistakeException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final Code code;
  private final transient Span span;
  private final String remedy;

  MistakeException(Code code, Span span, String message, String remedy) {
    super(message);
    this.code = code;
    this.span = span;
    this.remedy = remedy;
  }

  Diagnostic in(Source source) {
    return new Diagnostic(source, code, span, getMessage(), remedy);
  }
}
