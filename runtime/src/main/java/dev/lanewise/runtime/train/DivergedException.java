package dev.lanewise.runtime.train;

/** Training cannot go on because the loss is not a number any more. The message is a diagnosis for the user. */
public final class DivergedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public DivergedException(String diagnosis) {
    super(diagnosis);
  }
}
