package dev.lanewise.dsl.diagnostic;

/** Ends a run at a mistake that only running could find. It never leaves the session. */
public final class MistakeException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final Code code;
  private final transient Span span;
  private final transient Remedy remedy;

  /** With a remedy in words alone. */
  public MistakeException(Code code, Span span, String message, String remedy) {
    this(code, span, message, Remedy.say(remedy));
  }

  public MistakeException(Code code, Span span, String message, Remedy remedy) {
    super(message);
    this.code = code;
    this.span = span;
    this.remedy = remedy;
  }

  public Diagnostic in(Source source) {
    return new Diagnostic(source, code, span, getMessage(), remedy);
  }
}
