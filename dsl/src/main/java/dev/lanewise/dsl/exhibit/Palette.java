package dev.lanewise.dsl.exhibit;

/** Colours that most people can tell apart, also the colour-blind (Okabe and Ito 2008). */
public final class Palette {
  public static final int INK = 0x333333;
  public static final int FAINT = 0xdddddd;
  public static final int PAPER = 0xffffff;

  private static final int[] SERIES = {0x0072b2, 0xd55e00, 0x009e73, 0xcc79a7, 0xe69f00, 0x56b4e9, 0x8c564b, 0x7f7f7f, 0xbcbd22, 0x9467bd};

  /** From black by violet and red to light yellow; each brighter than the one before. */
  private static final int[] HEAT = {0x000004, 0x3b0f70, 0x8c2981, 0xde4968, 0xfe9f6d, 0xfcfdbf};

  private static final int NEGATIVE = 0x16318f;
  private static final int ZERO = 0x858585;
  private static final int POSITIVE = 0xffe07a;

  private Palette() {}

  /** How much of something there is, from 0 to 1: the brighter, the more. */
  public static int heat(double share) {
    double place = Math.clamp(share, 0, 1) * (HEAT.length - 1);
    int from = (int) Math.min(place, HEAT.length - 2);
    return Picture.between(HEAT[from], HEAT[from + 1], place - from);
  }

  /** Of a number from -1 to 1: dark blue below zero, grey at zero, light yellow above. */
  public static int signed(double value) {
    return Picture.between(ZERO, value < 0 ? NEGATIVE : POSITIVE, Math.abs(value));
  }

  /** One of several things that are to be told apart. */
  public static int colour(int index) {
    return SERIES[Math.floorMod(index, SERIES.length)];
  }
}
