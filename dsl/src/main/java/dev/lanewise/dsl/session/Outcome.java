package dev.lanewise.dsl.session;

/** How a script ended, with the status a process ends with. */
public enum Outcome {
  OK(0),
  /** An {@code expect} did not hold. */
  EXPECTATION_FAILED(1),
  /** The script, or a file it names, has a mistake. */
  MISTAKE(2),
  INTERRUPTED(130);

  private final int status;

  Outcome(int status) {
    this.status = status;
  }

  public int status() {
    return status;
  }
}
