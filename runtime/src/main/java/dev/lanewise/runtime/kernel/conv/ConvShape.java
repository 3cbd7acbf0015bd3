package dev.lanewise.runtime.kernel.conv;

/**
 * A 2-d convolution of {@code [inChannels][height][width]}, giving {@code [outChannels][outHeight][outWidth]}. One of a sequence is one
 * of an image with a single row: height, kernelHeight 1 and rowPadding 0.
 *
 * @param padding columns of zeros on either side
 * @param rowPadding rows of zeros above and below
 * @param dilation the distance between neighbouring taps, in x
 */
public record ConvShape(
    int inChannels, int height, int width, int outChannels, int kernelHeight, int kernelWidth, int stride,
    int padding, int rowPadding, int dilation) {

  /** One with the same padding on all sides, whose taps lie beside each other. */
  public ConvShape(
      int inChannels, int height, int width, int outChannels, int kernelHeight, int kernelWidth, int stride, int padding) {
    this(inChannels, height, width, outChannels, kernelHeight, kernelWidth, stride, padding, padding, 1);
  }

  /** The height of the result. */
  public int outHeight() {
    return (height + 2 * rowPadding - spanHeight()) / stride + 1;
  }

  /** The width of the result. */
  public int outWidth() {
    return (width + 2 * padding - spanWidth()) / stride + 1;
  }

  /** Rows from the first row of taps to the last. */
  int spanHeight() {
    return (kernelHeight - 1) * dilation + 1;
  }

  /** Columns from the first column of taps to the last. */
  int spanWidth() {
    return (kernelWidth - 1) * dilation + 1;
  }

  /** Whether nothing is padded, and the taps lie beside each other. */
  public boolean isPlain() {
    return padding == 0 && rowPadding == 0 && dilation == 1;
  }

  /** The number of taps, the positions of the kernel's window. */
  public int taps() {
    return kernelHeight * kernelWidth;
  }
}
