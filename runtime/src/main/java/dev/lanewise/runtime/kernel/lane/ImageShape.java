package dev.lanewise.runtime.kernel.lane;

/**
 * How an image lies in memory whose lanes are channels: {@code [H][W][channels]}, with a border for the padding.
 *
 * @param inChannels channels that the image has; in memory they are rounded up to a multiple of 16
 */
public record ImageShape(int inChannels, int height, int width, int border) {
  /** Channels in memory. */
  public int channels() {
    return (inChannels + Lanes.BLOCK - 1) / Lanes.BLOCK * Lanes.BLOCK;
  }

  /** Positions of a row in memory. */
  public int rowLength() {
    return width + 2 * border;
  }

  /** The number of floats from one image to the next. */
  public int size() {
    return (height + 2 * border) * rowLength() * channels();
  }
}
