package dev.lanewise.runtime.data;

import dev.lanewise.runtime.tensor.Shape;
import java.util.Optional;
import java.util.StringJoiner;

/**
 * The first value of an example that no network can learn from.
 *
 * <pre>{@code NotFinite.first(data)   // item 12: NaN at [0, 3, 4] }</pre>
 *
 * @param item which example, counted from 0
 * @param text what is where: {@code NaN at [0, 3, 4]}, in channel, row and column
 */
public record NotFinite(int item, String text) {
  /** Over all examples, as they are before they are scaled. */
  public static Optional<NotFinite> first(Dataset data) {
    return first(data, null, 0, data.size());
  }

  /** Over the examples {@code order[from] … order[end - 1]}. @param order null for that of the data */
  public static Optional<NotFinite> first(Dataset data, int[] order, int from, int end) {
    Dataset original = data.normalized(Normalization.none(data.shape()));
    float[] values = new float[data.shape().size()];
    float[] target = new float[data.target().shape().size()];
    for (int i = from; i < end; i++) {
      int item = order == null ? i : order[i];
      original.read(item, values, 0, 1);
      original.readTarget(item, target, 0, 1);
      String found = of(values, data.shape(), "");
      found = found.isEmpty() ? of(target, data.target().shape(), "a target of ") : found;
      if (!found.isEmpty()) {
        return Optional.of(new NotFinite(item, found));
      }
    }
    return Optional.empty();
  }

  private static String of(float[] values, Shape shape, String before) {
    // Zero times what is not finite is NaN, and then the sum is.
    float sum = 0;
    for (float value : values) {
      sum += 0 * value;
    }
    for (int i = 0; Float.isNaN(sum) && i < values.length; i++) {
      if (!Float.isFinite(values[i])) {
        return before + word(values[i]) + " at " + place(i, shape);
      }
    }
    return "";
  }

  private static String word(float value) {
    return Float.isNaN(value) ? "NaN" : value > 0 ? "infinity" : "minus infinity";
  }

  private static String place(int index, Shape shape) {
    StringJoiner place = new StringJoiner(", ", "[", "]");
    int size = shape.size();
    int rest = index;
    for (int dim : shape.dims()) {
      size /= dim;
      place.add(Integer.toString(rest / size));
      rest %= size;
    }
    return place.toString();
  }
}
