package dev.lanewise.runtime.tensor;

/** A batch needs more memory than the JVM may have. The message says so for the user. */
public final class MemoryException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public MemoryException(String message) {
    super(message);
  }
}
