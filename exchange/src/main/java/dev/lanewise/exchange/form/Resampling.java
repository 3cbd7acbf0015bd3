package dev.lanewise.exchange.form;

import dev.lanewise.runtime.operation.Resample;
import dev.lanewise.runtime.tensor.Blend;
import dev.lanewise.runtime.tensor.Windows;
import java.util.List;
import java.util.Optional;

/** What planes of another size are: means under windows, values so many times, zeros around or a part; or sums of weighted neighbours, as everything here is. */
public sealed interface Resampling {
  /** Means under windows, down and across; of a sequence across alone. Padding counts as zeros. */
  record Means(List<Windows.Sliding> windows) implements Resampling {
    public Means {
      windows = List.copyOf(windows);
    }
  }

  /** Means under so many windows that cover all values. */
  record Covered(List<Integer> windows) implements Resampling {
    public Covered {
      windows = List.copyOf(windows);
    }
  }

  /** Values so many times, or on lines between them. */
  record Enlarged(int factor, boolean onLines) implements Resampling {}

  /** So many zeros before and behind, or so many values less. */
  record Moved(List<Integer> before, List<Integer> behind) implements Resampling {
    public Moved {
      before = List.copyOf(before);
      behind = List.copyOf(behind);
    }
  }

  /** Anything else. */
  record Weighted(List<Blend> sides) implements Resampling {
    public Weighted {
      sides = List.copyOf(sides);
    }
  }

  static Resampling of(Resample r) {
    List<Blend> sides = r.in().isSequence() ? List.of(r.columns()) : List.of(r.rows(), r.columns());
    List<Windows.Sliding> windows = sides.stream().map(Resampling::windows).flatMap(Optional::stream).toList();
    int factor = sides.getLast().out() / sides.getLast().in();
    if (windows.size() == sides.size()) {
      return new Means(windows);
    }
    if (sides.stream().allMatch(b -> b.out() <= b.in() && Blend.mean(Windows.bins(b.in(), b.out())).equals(b))) {
      return new Covered(sides.stream().map(Blend::out).toList());
    }
    if (factor > 1 && sides.stream().allMatch(b -> Blend.nearest(b.in(), factor).equals(b))) {
      return new Enlarged(factor, false);
    }
    if (factor > 1 && sides.stream().allMatch(b -> Blend.linear(b.in(), factor).equals(b))) {
      return new Enlarged(factor, true);
    }
    if (sides.stream().allMatch(Resampling::isMoved)) {
      return new Moved(sides.stream().map(Resampling::before).toList(), sides.stream().map(b -> b.out() - b.in() - before(b)).toList());
    }
    return new Weighted(sides);
  }

  /** The windows whose means they are. */
  private static Optional<Windows.Sliding> windows(Blend blend) {
    Blend.Part middle = blend.parts().get(blend.out() / 2);
    if (middle.weights().isEmpty()) {
      return Optional.empty();
    }
    int size = (int) Math.round(1 / middle.weights().getFirst());
    int stride = blend.out() > 1 ? blend.parts().getLast().first() - blend.parts().get(blend.out() - 2).first() : size;
    int padding = size - blend.parts().getFirst().weights().size();
    if (size < 2 || stride < 1 || padding < 0 || padding >= size) {
      return Optional.empty();
    }
    Windows.Sliding found = new Windows.Sliding(blend.in(), size, stride, padding);
    return Blend.mean(found).equals(blend) ? Optional.of(found) : Optional.empty();
  }

  /** Whether each value is one of before, or 0. */
  private static boolean isMoved(Blend blend) {
    int before = before(blend);
    for (int i = 0; i < blend.out(); i++) {
      Blend.Part part = blend.parts().get(i);
      boolean inside = i - before >= 0 && i - before < blend.in();
      boolean is = inside ? part.weights().equals(List.of(1.0)) && part.first() == i - before : part.weights().isEmpty();
      if (!is) {
        return false;
      }
    }
    return true;
  }

  private static int before(Blend blend) {
    for (int i = 0; i < blend.out(); i++) {
      if (!blend.parts().get(i).weights().isEmpty()) {
        return i - blend.parts().get(i).first();
      }
    }
    return 0;
  }

  /** The weights as a matrix, a row for each result. */
  static float[][] matrix(Blend blend) {
    float[][] matrix = new float[blend.out()][blend.in()];
    for (int o = 0; o < blend.out(); o++) {
      Blend.Part part = blend.parts().get(o);
      for (int i = 0; i < part.weights().size(); i++) {
        matrix[o][part.first() + i] = part.weights().get(i).floatValue();
      }
    }
    return matrix;
  }
}
