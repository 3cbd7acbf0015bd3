package dev.lanewise.runtime.explain;

import dev.lanewise.runtime.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * By how much the score falls where a patch covers the example (Zeiler and Fergus 2014, section 4.2): at each place the mean of Score(x) - Score(x with the patch) over all
 * patches that lie on it. The paper shows one number for each place of the patch; its mean is a map over the example itself.
 *
 * @param size of the patch, in places each way; at the borders it is cut
 * @param stride from one patch to the next, at most its size, so that every place is covered
 */
public record Occlusion(int size, int stride) {
  /** At once. */
  private static final int CHUNK = 64;

  public Occlusion {
    if (size < 1 || stride < 1 || stride > size) {
      throw new IllegalArgumentException("a patch of " + size + " every " + stride + " leaves places out");
    }
  }

  private record Patch(int top, int left) {}

  /**
   * A number for each place.
   *
   * @param shape of the example: an image, or a sequence, which is one row
   * @param fill what each number is covered with, as the network is shown it
   */
  public double[] map(ScoreFunction function, float[] x, Shape shape, float[] fill) {
    int height = shape.isImage() ? shape.height() : 1;
    int width = shape.size() / shape.channels() / height;
    double whole = function.value(x);
    double[] falls = new double[height * width];
    int[] counts = new int[height * width];
    List<Patch> patches = patches(height, width);
    for (int from = 0; from < patches.size(); from += CHUNK) {
      List<Patch> some = patches.subList(from, Math.min(patches.size(), from + CHUNK));
      double[] scores = function.values(some.stream().map(p -> covered(x, shape.channels(), height, width, p, fill)).toArray(float[][]::new));
      for (int i = 0; i < scores.length; i++) {
        double fall = whole - scores[i];
        for (int at : places(height, width, some.get(i))) {
          falls[at] += fall;
          counts[at]++;
        }
      }
    }
    for (int i = 0; i < falls.length; i++) {
      falls[i] /= counts[i];
    }
    return falls;
  }

  /** The last of a row and of a column may stick out. */
  private List<Patch> patches(int height, int width) {
    List<Patch> patches = new ArrayList<>();
    for (int top : starts(height)) {
      for (int left : starts(width)) {
        patches.add(new Patch(top, left));
      }
    }
    return patches;
  }

  private List<Integer> starts(int length) {
    List<Integer> starts = new ArrayList<>(List.of(0));
    while (starts.getLast() + size < length) {
      starts.add(starts.getLast() + stride);
    }
    return starts;
  }

  private List<Integer> places(int height, int width, Patch patch) {
    List<Integer> places = new ArrayList<>();
    for (int y = patch.top; y < Math.min(height, patch.top + size); y++) {
      for (int i = patch.left; i < Math.min(width, patch.left + size); i++) {
        places.add(y * width + i);
      }
    }
    return places;
  }

  private float[] covered(float[] x, int channels, int height, int width, Patch patch, float[] fill) {
    float[] covered = x.clone();
    for (int at : places(height, width, patch)) {
      for (int c = 0; c < channels; c++) {
        covered[c * height * width + at] = fill[c * height * width + at];
      }
    }
    return covered;
  }
}
