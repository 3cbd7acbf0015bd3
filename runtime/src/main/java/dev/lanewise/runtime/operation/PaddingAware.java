package dev.lanewise.runtime.operation;

/**
 * A layer of sequences that looks at more than one place, and does not look at places that are padding. How it does so is said apart: that has one more
 * input behind its data, the tokens that one of its inputs was made of, of which number 0 is padding.
 *
 * @param of what is done where there is no padding
 * @param sequence which of the inputs it does not look at everywhere
 * @param padded what is done where there is
 */
public record PaddingAware(Computation of, int sequence, Computation padded) implements Decorator {
  /** What is done where there is no padding. */
  public static Computation plain(Computation computation) {
    return computation instanceof PaddingAware p ? p.of : computation;
  }
}
