package dev.lanewise.runtime.spec;

/** A layer cannot take the shape it is given. The language turns it into a diagnostic at the layer's place. */
public final class ShapeException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  /** What kind of clash it is; the language has one diagnostic code for each. */
  public enum Problem {
    /** Takes a vector of features only. */
    NEEDS_FLAT,
    /** Takes channels x height x width only. */
    NEEDS_IMAGE,
    /** Takes channels x length only. */
    NEEDS_SEQUENCE,
    /** Heads that do not divide the channels. */
    HEADS,
    /** The window is larger than the padded image. */
    WINDOW_TOO_LARGE,
    /** An argument's value makes no sense. */
    BAD_ARGUMENT,
    /** The output does not fit the loss or the data. */
    WRONG_OUTPUT,
    /** The values that meet differ in shape. */
    BRANCHES,
    /** Values that a formula reads together differ in shape. */
    ELEMENTS,
    /** A matrix and a vector that cannot be multiplied. */
    PRODUCT,
    /** Whole numbers below a bound where there should be numbers, or the other way round. */
    WHOLE,
    /** More values than the runtime can address. */
    TOO_LARGE
  }

  private final Problem problem;
  private final String remedy;

  /**
   * @param message one sentence: what was expected and what was found, both shapes in it
   * @param remedy what to do, or the empty string
   */
  public ShapeException(Problem problem, String message, String remedy) {
    super(message);
    this.problem = problem;
    this.remedy = remedy;
  }

  public Problem problem() {
    return problem;
  }

  public String remedy() {
    return remedy;
  }
}
