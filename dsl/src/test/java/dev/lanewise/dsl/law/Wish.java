package dev.lanewise.dsl.law;

/**
 * What a random network may have in it.
 *
 * @param dropout random numbers
 * @param batchnorm sums over the batch
 * @param heads further outputs
 * @param ties kinks at values that may be exactly 0, where derivatives are a matter of convention, see {@link Known}
 */
record Wish(boolean dropout, boolean batchnorm, boolean heads, boolean ties) {
  private static final boolean TIES = !Known.TIES.avoided();

  /** All that the language has. */
  static final Wish ALL = new Wish(true, true, true, TIES);

  /** The same function of an example each time. */
  static final Wish FIXED = new Wish(false, true, true, TIES);

  /** Examples that know nothing of each other. */
  static final Wish ALONE = new Wish(false, false, true, TIES);

  Wish withoutHeads() {
    return new Wish(dropout, batchnorm, false, ties);
  }
}
