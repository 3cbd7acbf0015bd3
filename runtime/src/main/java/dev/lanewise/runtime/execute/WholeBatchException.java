package dev.lanewise.runtime.execute;

/** A training whose batches cannot be cut into shards that are computed apart from each other. The message is for users. */
public final class WholeBatchException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  /** @param why in words, after a colon */
  public WholeBatchException(String why) {
    super("the batches of this training cannot be shared with other processes: " + why);
  }
}
