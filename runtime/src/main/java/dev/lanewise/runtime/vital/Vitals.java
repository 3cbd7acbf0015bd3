package dev.lanewise.runtime.vital;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What was noted of a training at some of its steps.
 *
 * <pre>{@code vitals.median(vitals.parameters().indexOf("conv1.weight"), n -> n.ratio(p)) }</pre>
 *
 * @param parameters those that are trained, but for tables, of which a step moves a few rows
 * @param sizes how many numbers each has
 * @param noted in the order of the steps
 */
public record Vitals(List<String> parameters, List<Integer> sizes, List<Noted> noted) {
  public static final Vitals NONE = new Vitals(List.of(), List.of(), List.of());

  public Vitals {
    parameters = List.copyOf(parameters);
    sizes = List.copyOf(sizes);
    noted = List.copyOf(noted);
  }

  /** The middle one of what is read of every step; NaN if there is none. What is no number is left out. */
  public double median(ToDoubleFunction<Noted> read) {
    double[] sorted = noted.stream().mapToDouble(read).filter(v -> !Double.isNaN(v)).sorted().toArray();
    return sorted.length == 0 ? Double.NaN : sorted[sorted.length / 2];
  }

  /** The norm of the whole gradient at a step. */
  public double norm(Noted at) {
    double squares = 0;
    for (int p = 0; p < sizes.size(); p++) {
      squares += at.gradients()[p] * at.gradients()[p] * sizes.get(p);
    }
    return Math.sqrt(squares);
  }

  @Override
  public String toString() {
    return parameters + " at steps " + Arrays.toString(noted.stream().mapToInt(Noted::step).toArray());
  }
}
