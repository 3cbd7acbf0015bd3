package dev.lanewise.runtime.train;

/** What was asked of an {@link Engine} has no result, because it was told to stop. Nothing has changed. */
public final class StoppedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public StoppedException() {
    super("stopped", null, false, false);
  }
}
