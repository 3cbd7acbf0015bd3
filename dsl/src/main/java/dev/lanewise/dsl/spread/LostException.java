package dev.lanewise.dsl.spread;

/** Other processes are not there, or cannot do what they are asked to. The message is for users. */
public final class LostException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String remedy;

  public LostException(String message, String remedy) {
    super(message);
    this.remedy = remedy;
  }

  /** What can be done about it; empty where nobody knows. */
  public String remedy() {
    return remedy;
  }
}
