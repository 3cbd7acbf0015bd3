package dev.lanewise.exchange.draft;

/** What has no counterpart in the language, in words. */
public final class RefusedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public RefusedException(String reason) {
    super(reason, null, false, false);
  }
}
