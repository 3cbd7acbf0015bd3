package dev.lanewise.runtime.data.corpus;

/** The tokens of one long text, in their order. */
sealed interface TokenRow permits KeptTokens, MappedTokens {
  long size();

  /** Writes some tokens into every {@code stride}-th element. */
  void read(long from, int count, float[] out, int offset, int stride);

  /** Whether they may have to be waited for. */
  boolean isOnDisk();
}
