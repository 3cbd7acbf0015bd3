package dev.lanewise.runtime.kernel.conv;

import dev.lanewise.runtime.tensor.Taps;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which taps of a window fall inside the image, along one axis: padding clips the window at the edges. */
public final class SeenTaps {
  private SeenTaps() {}

  /** The positions of the result by the taps they see, positions and taps in rising order. */
  static Map<List<Integer>, List<Integer>> along(int in, Taps kernel) {
    Map<List<Integer>, List<Integer>> byTaps = new LinkedHashMap<>();
    for (int position = 0; position < kernel.out(in); position++) {
      List<Integer> seen = new ArrayList<>();
      for (int k = 0; k < kernel.count(); k++) {
        int at = position * kernel.stride() + k * kernel.dilation() - kernel.padding();
        if (at >= 0 && at < in) {
          seen.add(k);
        }
      }
      byTaps.computeIfAbsent(seen, key -> new ArrayList<>()).add(position);
    }
    return byTaps;
  }

  /** The rows of the result by the taps they see. */
  public static Map<List<Integer>, List<Integer>> rows(ConvShape s) {
    return along(s.height(), s.rows());
  }

  /** The columns of the result by the taps they see. */
  public static Map<List<Integer>, List<Integer>> columns(ConvShape s) {
    return along(s.width(), s.columns());
  }

  /** Numbers with a constant step between them. */
  public record Run(int first, int step, int count) {}

  /** Cuts rising numbers into runs, each as long as possible. */
  public static List<Run> runs(List<Integer> numbers) {
    List<Run> runs = new ArrayList<>();
    for (int i = 0; i < numbers.size(); ) {
      int step = i + 1 < numbers.size() ? numbers.get(i + 1) - numbers.get(i) : 1;
      int end = i + 1;
      while (end < numbers.size() && numbers.get(end) - numbers.get(end - 1) == step) {
        end++;
      }
      runs.add(new Run(numbers.get(i), step, end - i));
      i = end;
    }
    return runs;
  }
}
