package dev.lanewise.dsl.meaning;

/** Why the batches of a training keep their size on its way. */
public enum KeptSize {
  OF_TWO("the batches of two networks against each other keep their size"),
  ELSEWHERE("batches that are computed elsewhere keep their size"),
  OF_CLIENTS("the batches of clients keep their size"),
  OF_SERIES("the batches of trials and folds keep their size: they are to be compared");

  private final String why;

  KeptSize(String why) {
    this.why = why;
  }

  /** A sentence without its end. */
  public String why() {
    return why;
  }
}
