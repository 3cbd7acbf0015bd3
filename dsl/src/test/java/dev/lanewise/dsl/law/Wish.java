package dev.lanewise.dsl.law;

/**
 * What a random network may have in it.
 *
 * @param dropout random numbers
 * @param batchnorm sums over the batch
 * @param heads further outputs
 */
record Wish(boolean dropout, boolean batchnorm, boolean heads) {
  /** All that the language has. */
  static final Wish ALL = new Wish(true, true, true);

  /** The same function of an example each time. */
  static final Wish FIXED = new Wish(false, true, true);

  /** Examples that know nothing of each other. */
  static final Wish ALONE = new Wish(false, false, true);

  Wish withoutHeads() {
    return new Wish(dropout, batchnorm, false);
  }
}
