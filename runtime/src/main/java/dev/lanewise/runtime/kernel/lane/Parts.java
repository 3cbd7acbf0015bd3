package dev.lanewise.runtime.kernel.lane;

/**
 * How long sums of products are cut. A sum of n terms in one float is off by about √n units in the last place, and by n/2 where all roundings
 * go one way; a sum of sums of 320 terms by √320 and the root of their number. Longer parts would be less exact, shorter ones slower.
 */
public final class Parts {
  private static final int MOST = 320;
  /** Of channels, which must come in equal parts: from what is worth the sums between them. */
  private static final int LEAST_OF_CHANNELS = 64;
  private static final int MOST_OF_CHANNELS = 256;

  private Parts() {}

  /** So many terms of a part; the last one may have fewer. They are as long as each other, but for that. */
  public static int of(int terms) {
    int parts = Math.max(1, (terms + MOST - 1) / MOST);
    return (terms + parts - 1) / parts;
  }

  /** So many channels of a part, where each has so many terms: a number that divides the channels; all of them where no other is fit. */
  public static int ofChannels(int channels, int terms) {
    for (int part = Math.min(channels, MOST_OF_CHANNELS / terms); (long) part * terms >= LEAST_OF_CHANNELS; part--) {
      if (channels % part == 0) {
        return part;
      }
    }
    return channels;
  }
}
