package dev.lanewise.runtime.tensor;

/** A batch needs more memory than the JVM may have. The message says so for the user. */
public final class MemoryException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String remedy;

  public MemoryException(String message, String remedy) {
    super(message);
    this.remedy = remedy;
  }

  /** What to do, as the user would write it. */
  public String remedy() {
    return remedy;
  }
}
