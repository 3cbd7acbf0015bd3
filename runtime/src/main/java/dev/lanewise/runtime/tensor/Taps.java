package dev.lanewise.runtime.tensor;

/**
 * A convolution's kernel along one axis: result i reads in[i stride + k dilation - padding] at tap k, zero outside.
 *
 * @param count taps
 * @param padding zeros on either side
 * @param dilation the distance between neighbouring taps
 */
public record Taps(int count, int stride, int padding, int dilation) {
  /** Along the rows of a sequence, of which there is one. */
  public static final Taps ONE = new Taps(1, 1, 0, 1);

  /** Values from the first tap to the last. */
  public int span() {
    return (count - 1) * dilation + 1;
  }

  /** How many results come of so many values. */
  public int out(int in) {
    return (in + 2 * padding - span()) / stride + 1;
  }

  /** Whether nothing is padded, and the taps lie beside each other. */
  public boolean isPlain() {
    return padding == 0 && dilation == 1;
  }
}
