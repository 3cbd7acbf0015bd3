package dev.lanewise.dsl.glass;

import dev.lanewise.dsl.glass.Glimpse.Numbers;
import dev.lanewise.dsl.glass.Glimpse.Row;
import dev.lanewise.dsl.meaning.Trained;
import dev.lanewise.dsl.view.walk.Looked;
import dev.lanewise.dsl.view.walk.Story;
import dev.lanewise.runtime.data.Dataset;
import dev.lanewise.runtime.operation.Computation;
import dev.lanewise.runtime.spec.Value;
import dev.lanewise.runtime.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A network on one example, number by number in double, as it was when this was made. It is gone through when it is first asked, which takes longer than a look by the kernels; whichever
 * thread asks, others may look through the glass meanwhile.
 *
 * <pre>{@code glass.walkthrough(glass.example(3)).rows() }</pre>
 */
public final class Walkthrough {
  private final Trained trained;
  private final Dataset one;
  private final Optional<Computation> loss;
  private final Map<String, Value> layers;
  private Looked looked;

  /** @param trained nobody changes it any more @param one the example alone @param loss empty for forward alone @param layers what each gives */
  Walkthrough(Trained trained, Dataset one, Optional<Computation> loss, Map<String, Value> layers) {
    this.trained = trained;
    this.one = one;
    this.loss = loss;
    this.layers = layers;
  }

  private synchronized Looked looked() {
    if (looked == null) {
      looked = loss.map(l -> Looked.of(trained, one, 0, l)).orElseGet(() -> Looked.of(trained, one, 0));
    }
    return looked;
  }

  /** How the loss changes with what every layer makes of the example, and with the example. */
  Map<String, Numbers> gradients() {
    Looked walk = looked();
    Map<String, Numbers> gradients = new LinkedHashMap<>();
    layers.forEach((name, value) -> walk.output(name).flatMap(walk.walk()::gradient).ifPresent(g -> gradients.put(name, Glass.numbers(value.shape(), g))));
    walk.inputs().stream().findFirst().ifPresent(v -> walk.walk().gradient(v).ifPresent(g -> gradients.put(v.name(), Glass.numbers(trained.net().input(), g))));
    return gradients;
  }

  /** Figures of every layer. */
  public List<Row> rows() {
    Looked walk = looked();
    List<Row> rows = new ArrayList<>();
    walk.inputs().stream().findFirst().ifPresent(v -> rows.add(row(v.name(), v.shape(), walk, v)));
    layers.forEach((name, value) -> walk.output(name).ifPresent(v -> rows.add(row(name, value.shape(), walk, v))));
    return rows;
  }

  private static Row row(String name, Shape shape, Looked walk, Value value) {
    double[] values = walk.walk().values(value);
    double least = Arrays.stream(values).min().orElse(0), most = Arrays.stream(values).max().orElse(0), mean = Arrays.stream(values).average().orElse(0);
    double zeros = Arrays.stream(values).filter(v -> v == 0).count() / (double) values.length;
    double gradient = walk.walk().gradient(value).map(g -> Math.sqrt(Arrays.stream(g).map(x -> x * x).average().orElse(0))).orElse(Double.NaN);
    return new Row(name, shape, least, mean, most, zeros, gradient);
  }

  /**
   * How a number comes about, and how the loss depends on it.
   *
   * @param layer or the input
   * @param element counted from 0, the last axis first
   * @return empty if nothing is left of the layer
   */
  public Optional<Story> story(String layer, int element) {
    Looked walk = looked();
    return walk.output(layer).filter(v -> element >= 0 && element < v.shape().size()).map(v -> Story.of(walk, v, element));
  }
}
