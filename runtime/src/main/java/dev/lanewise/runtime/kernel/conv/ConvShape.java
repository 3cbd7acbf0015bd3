package dev.lanewise.runtime.kernel.conv;

import dev.lanewise.runtime.tensor.Taps;

/**
 * A 2-d convolution of {@code [inChannels][height][width]}, giving {@code [outChannels][outHeight][outWidth]}. One of a sequence is one
 * of an image with a single row.
 *
 * @param rows the kernel from top to bottom, {@code columns} from left to right
 */
public record ConvShape(int inChannels, int height, int width, int outChannels, Taps rows, Taps columns) {

  /** One with the same stride in both directions and the same padding on all sides, whose taps lie beside each other. */
  public ConvShape(
      int inChannels, int height, int width, int outChannels, int kernelHeight, int kernelWidth, int stride, int padding) {
    this(inChannels, height, width, outChannels, new Taps(kernelHeight, stride, padding, 1), new Taps(kernelWidth, stride, padding, 1));
  }

  /** The height of the result. */
  public int outHeight() {
    return rows.out(height);
  }

  /** The width of the result. */
  public int outWidth() {
    return columns.out(width);
  }

  /** Rows of the kernel. */
  public int kernelHeight() {
    return rows.count();
  }

  /** Columns of the kernel. */
  public int kernelWidth() {
    return columns.count();
  }

  /** Whether nothing is padded, and the taps lie beside each other. */
  public boolean isPlain() {
    return rows.isPlain() && columns.isPlain();
  }

  /** Whether all places are looked at, not every second one. */
  public boolean isDense() {
    return rows.stride() == 1 && columns.stride() == 1;
  }

  /** The number of taps, the positions of the kernel's window. */
  public int taps() {
    return rows.count() * columns.count();
  }
}
