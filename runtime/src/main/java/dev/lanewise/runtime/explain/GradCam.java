package dev.lanewise.runtime.explain;

import dev.lanewise.runtime.graph.Graph;
import dev.lanewise.runtime.graph.Node;
import dev.lanewise.runtime.graph.Parameter;
import dev.lanewise.runtime.spec.Value;
import dev.lanewise.runtime.tensor.Shape;
import dev.lanewise.runtime.walk.Walk;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Where the maps of a layer speak for a class (Selvaraju et al. 2017, equations 1 and 2): relu(sum over k of alpha[k] A[k]), where A[k] is the layer's map number k and
 * alpha[k] the mean over its places of dScore / dA[k].
 *
 * @param shape of what the layer gives
 * @param maps that, in double
 * @param gradient of the score with respect to it
 */
public record GradCam(Shape shape, double[] maps, double[] gradient) {
  /**
   * By the operations' own formulas, in double.
   *
   * @param network as it is tested
   * @param inputs by their names
   * @return empty if there is no layer of that name in it, or the score does not depend on it
   */
  public static Optional<GradCam> of(Graph network, String layer, ClassScore score, Function<Parameter, double[]> parameters, Map<String, double[]> inputs) {
    Walk walk = Walk.of(network, score.computation(), parameters, inputs, new double[] {score.target()});
    Optional<Value> value = walk.graph().nodes().reversed().stream().filter(n -> n.name().equals(layer)).findFirst().map(Node::output);
    return value.flatMap(v -> walk.gradient(v).map(g -> new GradCam(v.shape(), walk.values(v), signed(g, score.sign()))));
  }

  private static double[] signed(double[] gradient, int sign) {
    double[] signed = new double[gradient.length];
    for (int i = 0; i < signed.length; i++) {
      signed[i] = sign * gradient[i];
    }
    return signed;
  }

  private int places() {
    return shape.size() / shape.channels();
  }

  /** How much each map counts: alpha. */
  public double[] weights() {
    double[] weights = new double[shape.channels()];
    for (int i = 0; i < gradient.length; i++) {
      weights[i / places()] += gradient[i] / places();
    }
    return weights;
  }

  /** How long the gradient is at each place: the square root of the sum of its squares over the channels. */
  public double[] lengths() {
    double[] squares = new double[places()];
    for (int i = 0; i < gradient.length; i++) {
      squares[i % places()] += gradient[i] * gradient[i];
    }
    return Arrays.stream(squares).map(Math::sqrt).toArray();
  }

  /** A number for each place of the layer, at least 0. */
  public double[] map() {
    double[] weights = weights();
    double[] map = new double[places()];
    for (int i = 0; i < maps.length; i++) {
      map[i % places()] += weights[i / places()] * maps[i];
    }
    for (int i = 0; i < map.length; i++) {
      map[i] = Math.max(0, map[i]);
    }
    return map;
  }

  /** The same as large as the example. */
  public double[] map(int height, int width) {
    int own = shape.isImage() ? shape.height() : 1;
    return Bilinear.resized(map(), own, places() / own, height, width);
  }
}
