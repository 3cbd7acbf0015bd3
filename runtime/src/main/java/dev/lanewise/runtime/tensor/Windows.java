package dev.lanewise.runtime.tensor;

/**
 * Where windows lie along one axis: those of pooling. A window may reach beyond either end; what lies there is not part of it.
 *
 * <pre>{@code new Windows.Sliding(7, 3, 2, 0).out() == 3 }</pre>
 */
public sealed interface Windows {
  /** How many values there are. */
  int in();

  /** How many windows. */
  int out();

  /** Values of the largest window. */
  int size();

  /** Where a window begins; before 0 if it reaches into the padding. */
  int from(int window);

  /** Where it ends, exclusive; perhaps behind the last value. */
  int to(int window);

  /** Windows of one size, a stride apart; the first begins in the padding. */
  record Sliding(int in, int size, int stride, int padding) implements Windows {
    @Override
    public int out() {
      return (in + 2 * padding - size) / stride + 1;
    }

    @Override
    public int from(int window) {
      return window * stride - padding;
    }

    @Override
    public int to(int window) {
      return from(window) + size;
    }
  }

  /**
   * So many windows that cover all values, the sizes as equal as can be, one value shared where they do not come out even; as
   * PyTorch's adaptive pooling has them.
   */
  record Bins(int in, int out) implements Windows {
    @Override
    public int size() {
      int most = 0;
      for (int i = 0; i < out; i++) {
        most = Math.max(most, to(i) - from(i));
      }
      return most;
    }

    @Override
    public int from(int window) {
      return (int) ((long) window * in / out);
    }

    @Override
    public int to(int window) {
      return (int) (((long) (window + 1) * in + out - 1) / out);
    }
  }

  /** A given number of windows that cover all values. */
  static Windows bins(int in, int out) {
    return in % out == 0 ? new Sliding(in, in / out, in / out, 0) : new Bins(in, out);
  }
}
