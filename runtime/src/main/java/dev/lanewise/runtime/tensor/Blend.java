package dev.lanewise.runtime.tensor;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What becomes of the values along one axis, when each result is a weighted sum of neighbours: y[i] = Σ_j weights[i][j] x[first[i] + j].
 * Pooling by the mean, enlarging, padding and cropping are such sums.
 *
 * @param in how many values there are
 * @param parts one for each result
 */
public record Blend(int in, List<Part> parts) {
  /** One result. @param first the first of the values that it reads; none if it has no weights */
  public record Part(int first, List<Double> weights) {
    public Part {
      weights = List.copyOf(weights);
    }
  }

  public Blend {
    parts = List.copyOf(parts);
  }

  /** How many results. */
  public int out() {
    return parts.size();
  }

  /** The mean under each window: of what lies inside; padding counts as zeros. */
  public static Blend mean(Windows windows) {
    List<Part> parts = new ArrayList<>();
    for (int i = 0; i < windows.out(); i++) {
      int from = Math.max(0, windows.from(i));
      int count = Math.max(0, Math.min(windows.in(), windows.to(i)) - from);
      parts.add(new Part(from, Collections.nCopies(count, 1.0 / (windows.to(i) - windows.from(i)))));
    }
    return new Blend(windows.in(), parts);
  }

  /** Every value so many times. */
  public static Blend nearest(int in, int factor) {
    List<Part> parts = new ArrayList<>();
    for (int i = 0; i < in * factor; i++) {
      parts.add(new Part(i / factor, List.of(1.0)));
    }
    return new Blend(in, parts);
  }

  /**
   * Values on straight lines between the given ones, which lie in the middle of their parts: at (i + 1/2) / factor - 1/2, as in
   * PyTorch with align_corners = false. Before the first and behind the last the line is level.
   */
  public static Blend linear(int in, int factor) {
    List<Part> parts = new ArrayList<>();
    for (int i = 0; i < in * factor; i++) {
      double at = Math.clamp((i + 0.5) / factor - 0.5, 0, in - 1);
      int first = Math.min((int) at, Math.max(0, in - 2));
      double right = at - first;
      parts.add(in == 1 || right == 0 ? new Part(first, List.of(1.0)) : new Part(first, List.of(1 - right, right)));
    }
    return new Blend(in, parts);
  }

  /** So many zeros on either side; with a negative number so many values less. */
  public static Blend padded(int in, int zeros) {
    List<Part> parts = new ArrayList<>();
    for (int i = -zeros; i < in + zeros; i++) {
      parts.add(i < 0 || i >= in ? new Part(0, List.of()) : new Part(i, List.of(1.0)));
    }
    return new Blend(in, parts);
  }

  /** The values as they are. */
  public static Blend same(int in) {
    return padded(in, 0);
  }

  /** From gradients of the results to those of the values: the same weights, read the other way. */
  public Blend transposed() {
    List<List<Double>> weights = new ArrayList<>();
    int[] first = new int[in];
    for (int j = 0; j < in; j++) {
      weights.add(new ArrayList<>());
    }
    for (int i = 0; i < out(); i++) {
      Part part = parts.get(i);
      for (int k = 0; k < part.weights.size(); k++) {
        int j = part.first + k;
        List<Double> to = weights.get(j);
        if (to.isEmpty()) {
          first[j] = i;
        }
        while (to.size() < i - first[j]) {
          to.add(0.0);
        }
        to.add(part.weights.get(k));
      }
    }
    List<Part> back = new ArrayList<>();
    for (int j = 0; j < in; j++) {
      back.add(new Part(first[j], weights.get(j)));
    }
    return new Blend(out(), back);
  }
}
