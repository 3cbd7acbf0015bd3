package dev.lanewise.dsl.diagnostic;

/**
 * Something wrong with a script, as a value: it is collected, not thrown.
 *
 * @param message one sentence: what was expected, and what was found
 * @param remedy what to do, if possible to paste; empty if there is nothing to propose
 */
public record Diagnostic(Code code, Span span, String message, String remedy) {
  public Severity severity() {
    return code.severity();
  }

  public boolean isError() {
    return severity() == Severity.ERROR;
  }
}
