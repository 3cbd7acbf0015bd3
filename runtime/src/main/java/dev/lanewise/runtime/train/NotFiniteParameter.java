package dev.lanewise.runtime.train;

import dev.lanewise.runtime.file.Tensor;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A parameter with values that are NaN or infinite.
 *
 * <pre>{@code NotFiniteParameter.in(model.tensors())   // [fc.weight: 3 of 100] }</pre>
 *
 * @param count how many of its values
 * @param of how many values it has
 */
public record NotFiniteParameter(String parameter, int count, int of) {
  /** Those among tensors, in their order. */
  public static List<NotFiniteParameter> in(List<Tensor> tensors) {
    return tensors.stream().map(NotFiniteParameter::of).filter(n -> n.count > 0).toList();
  }

  private static NotFiniteParameter of(Tensor tensor) {
    float[] values = tensor.values();
    long count = IntStream.range(0, values.length).filter(i -> !Float.isFinite(values[i])).count();
    return new NotFiniteParameter(tensor.name(), (int) count, values.length);
  }

  /** {@code 3 of 100 values of fc.weight}. */
  @Override
  public String toString() {
    return count + " of " + of + " values of " + parameter;
  }
}
