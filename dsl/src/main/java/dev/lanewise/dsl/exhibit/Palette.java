package dev.lanewise.dsl.exhibit;

/** Colours that most people can tell apart, also the colour-blind (Okabe and Ito 2008). */
public final class Palette {
  public static final int INK = 0x333333;
  public static final int FAINT = 0xdddddd;
  public static final int PAPER = 0xffffff;

  private static final int[] SERIES = {0x0072b2, 0xd55e00, 0x009e73, 0xcc79a7, 0xe69f00, 0x56b4e9, 0x8c564b, 0x7f7f7f, 0xbcbd22, 0x9467bd};

  private Palette() {}

  /** One of several things that are to be told apart. */
  public static int colour(int index) {
    return SERIES[Math.floorMod(index, SERIES.length)];
  }
}
