package dev.lanewise.runtime.train;

/** What a file holds does not fit the network or the training. The message says for the user what is missing or different. */
public final class UnfitException extends RuntimeException {
  private static final long serialVersionUID = 1;

  UnfitException(String message) {
    super(message);
  }
}
