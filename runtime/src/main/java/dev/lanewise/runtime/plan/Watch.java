package dev.lanewise.runtime.plan;

import java.util.Optional;

/** Looks for the first value of a batch that is no number: that of the earliest stage, and there of the first example. */
public final class Watch {
  private int stage = Integer.MAX_VALUE;
  private Found found;

  /**
   * @param stage its name, as the plan calls it
   * @param backward whether it belongs to the gradients
   * @param parameter whose gradient it is; empty if it is none
   * @param example its place in the batch; -1 if it is of the whole block
   */
  public record Found(String stage, boolean backward, String parameter, int example, float value) {}

  public Optional<Found> found() {
    return Optional.ofNullable(found);
  }

  /** Whether a stage comes before what has been found. */
  boolean looksAt(int index) {
    return index < stage;
  }

  void found(int index, Found value) {
    stage = index;
    found = value;
  }
}
