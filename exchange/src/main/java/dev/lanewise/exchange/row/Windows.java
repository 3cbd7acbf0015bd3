package dev.lanewise.exchange.row;

import dev.lanewise.exchange.draft.Live;
import dev.lanewise.exchange.draft.RefusedException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Windows along an axis.
 *
 * @param sides how many values there are @param size of a window @param stride from one to the next @param dilation from one value of a window to the next
 * @param begin how far the first one reaches over the edge @param end how far the last one may
 */
public record Windows(int sides, int size, int stride, int dilation, int begin, int end, boolean ceil) {
  /** How much a window covers. */
  private int reach() {
    return (size - 1) * dilation + 1;
  }

  private int room() {
    return sides + begin + end - reach();
  }

  public int count() {
    if (room() < 0) {
      throw new RefusedException("its window is larger than the image");
    }
    int count = (ceil ? Math.ceilDiv(room(), stride) : room() / stride) + 1;
    // None begins behind the last value.
    return ceil && (count - 1) * stride >= sides + begin ? count - 1 : count;
  }

  /** Whether a pooling of the language has them. */
  public boolean isPlain() {
    return dilation == 1 && begin == end && 2 * begin <= size && (!ceil || room() % stride == 0);
  }

  /** Whether all values that are looked at stand one dilation apart: those between them can be left out first. */
  public boolean isSparse() {
    return dilation > 1 && stride % dilation == 0 && begin % dilation == 0 && end % dilation == 0 && sides % dilation == 0;
  }

  /** The same of what is left then. */
  public Windows dense() {
    return new Windows(sides / dilation, size, stride / dilation, 1, begin / dilation, end / dilation, ceil);
  }

  public boolean isOne() {
    return size == 1 && stride == 1 && begin == 0 && end == 0;
  }

  private List<Integer> places(int window) {
    return IntStream.range(0, size).map(i -> window * stride - begin + i * dilation).boxed().toList();
  }

  /** The largest of each window, or its mean. @param padding whether what is over the edge counts in a mean */
  public Live pooled(Rows rows, Live x, int axis, boolean mean, boolean padding) {
    List<String> made = new ArrayList<>();
    for (int window = 0; window < count(); window++) {
      List<String> inside = places(window).stream().filter(p -> p >= 0 && p < sides).map(Rows::row).toList();
      long counting = places(window).stream().filter(p -> padding ? p < sides + end : p >= 0 && p < sides).count();
      if (inside.isEmpty() && !(mean && padding)) {
        throw new RefusedException("a window of it has no value in it");
      }
      made.add(!mean ? Rows.largest(inside) : inside.isEmpty() ? "0 * x[0]" : counting == 1 ? inside.getFirst() : "(" + String.join(" + ", inside) + ") / " + counting);
    }
    return rows.along(x, axis, mean ? "means" : "largest", made);
  }
}
