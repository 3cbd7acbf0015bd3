package dev.lanewise.runtime.kernel.window;

import static dev.lanewise.runtime.kernel.lane.Lanes.BLOCK;

import dev.lanewise.runtime.kernel.conv.ConvShape;
import dev.lanewise.runtime.kernel.lane.ImageShape;

/**
 * Sizes and distances of a {@link WinnersGradient}, without its kernels.
 *
 * @param input whether the gradient of the convolution's input is wanted too
 */
public record WinnersLayout(ConvShape shape, PoolShape pool, boolean input) {
  /** Floats of x that are worked on at a time: 32 KB. */
  private static final int NEAR = 1 << 13;

  /** From how many channels on the lanes are filled well enough. */
  private static final int FEWEST_CHANNELS = 8;

  /**
   * Whether this knows the shape, and beats the dense kernels: the windows must not overlap, and the channels fill the
   * lanes.
   */
  public boolean pays() {
    return shape.inChannels() >= FEWEST_CHANNELS
        && shape.rows().dilation() == 1
        && shape.columns().dilation() == 1
        && shape.rows().padding() == shape.columns().padding()
        && pool.isSquare()
        && pool.stride() >= pool.size()
        && pool.size() > 1;
  }

  ImageShape image() {
    return new ImageShape(shape.inChannels(), shape.height(), shape.width(), shape.columns().padding());
  }

  /** The number of floats of the packed weights, and of the sums. */
  public int packedSize() {
    return shape.outChannels() * shape.taps() * image().channels();
  }

  /** Floats of working memory. */
  public int scratchSize() {
    return (input ? 2 : 1) * BLOCK * image().size() + valuesSize() + 2 * BLOCK * row();
  }

  /** Floats of the winners' gradients: whole vectors are written. */
  int valuesSize() {
    return (lists() * capacity() + 2 * BLOCK - 1) / BLOCK * BLOCK;
  }

  /** Windows of an output channel. */
  int windows() {
    return pool.outHeight() * pool.outWidth();
  }

  /** Floats of an image's pooled values, whole vectors and one more, so that one can be read from any window on. */
  int row() {
    return (shape.outChannels() * windows() / BLOCK + 2) * BLOCK;
  }

  /** Integers of working memory: how long each list is, then the lists. */
  public int placesSize() {
    return lists() + lists() * capacity() + BLOCK;
  }

  /** Images that are worked on at a time. */
  int group() {
    return Integer.highestOneBit(Math.clamp(NEAR / image().size(), 1, BLOCK));
  }

  /** Lists of winners: one for each output channel and group of images. */
  int lists() {
    return (BLOCK / group()) * shape.outChannels();
  }

  /** The most winners of a list. */
  int capacity() {
    return windows() * group();
  }

  /** The distance in an image between a position of the convolution's result and its first. */
  int place(int row, int column) {
    return (row * shape.rows().stride() * image().rowLength() + column * shape.columns().stride()) * image().channels();
  }

  /** The distance in an image between a tap and the first. */
  int tap(int tap) {
    return (tap / shape.kernelWidth() * image().rowLength() + tap % shape.kernelWidth()) * image().channels();
  }
}
