package dev.lanewise.runtime.data.corpus;

/** Tokens in memory, two bytes each, or four where a vocabulary is large. */
record KeptTokens(char[] few, int[] many) implements TokenRow {
  private static final int FEW = 1 << 16;

  static KeptTokens of(int[] tokens, int kinds) {
    if (kinds > FEW) {
      return new KeptTokens(null, tokens);
    }
    char[] few = new char[tokens.length];
    for (int i = 0; i < few.length; i++) {
      few[i] = (char) tokens[i];
    }
    return new KeptTokens(few, null);
  }

  @Override
  public long size() {
    return few == null ? many.length : few.length;
  }

  @Override
  public void read(long from, int count, float[] out, int offset, int stride) {
    for (int i = 0; i < count; i++) {
      int at = (int) from + i;
      out[offset + i * stride] = few == null ? many[at] : few[at];
    }
  }

  @Override
  public boolean isOnDisk() {
    return false;
  }
}
