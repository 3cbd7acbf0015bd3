package dev.lanewise.dsl.run;

/** How a script ended, with the status a process ends with. */
public enum Outcome {
  OK(0),
  /** An {@code expect} did not hold. */
  EXPECTATION_FAILED(1),
  /** The script, or a file it names, has a mistake. */
  MISTAKE(2),
  /** A training or a sweep was stopped; what it has learned is kept. */
  INTERRUPTED(130),
  /** A statement was stopped before it had a result: it has changed nothing. */
  ABANDONED(130),
  /** Lanewise itself failed; a statement that was typed has changed nothing. 70 is what sysexits.h calls an internal error. */
  FAULT(70);

  private final int status;

  Outcome(int status) {
    this.status = status;
  }

  /** Whether what was done stays done; a statement that is typed and fails changes nothing. */
  public boolean isKept() {
    return this == OK || this == INTERRUPTED;
  }

  /** Whether somebody stopped it. */
  public boolean isStopped() {
    return this == INTERRUPTED || this == ABANDONED;
  }

  public int status() {
    return status;
  }
}
