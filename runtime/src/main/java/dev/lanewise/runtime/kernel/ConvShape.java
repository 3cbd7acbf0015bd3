package dev.lanewise.runtime.kernel;

/** A 2-d convolution of {@code [inChannels][height][width]}, giving {@code [outChannels][outHeight][outWidth]}. */
public record ConvShape(
    int inChannels, int height, int width, int outChannels, int kernelHeight, int kernelWidth, int stride,
    int padding) {

  /** The height of the result. */
  public int outHeight() {
    return (height + 2 * padding - kernelHeight) / stride + 1;
  }

  /** The width of the result. */
  public int outWidth() {
    return (width + 2 * padding - kernelWidth) / stride + 1;
  }

  /** The number of taps, the positions of the kernel's window. */
  int taps() {
    return kernelHeight * kernelWidth;
  }
}
