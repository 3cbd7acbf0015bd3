package dev.lanewise.dsl.law;

import dev.lanewise.runtime.tensor.Shape;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** Layers with weights that random scripts define, and functions of whole examples. */
final class UserLayers {
  /**
   * @param takes whether it goes with such an input
   * @param sized whether it takes the number of its outputs
   * @param weighted whether it has weights
   * @param ties what ties there are behind it
   */
  record Definition(String text, Predicate<Shape> takes, boolean sized, boolean weighted, UnaryOperator<Ties> ties) {}

  static final Map<String, Definition> ALL = definitions();

  private UserLayers() {}

  private static Map<String, Definition> definitions() {
    Map<String, Definition> all = new TreeMap<>();
    all.put("Linear", new Definition("""
        layer Linear(n) {
          weight W : [in.features, n] ~ he_normal
          weight b : [n] ~ uniform(0.5)
          out = in @ W + b
        }
        """, Shape::isFlat, true, true, _ -> Ties.NONE));
    all.put("Gate", new Definition("""
        layer Gate(n) {
          weight W : [in.features, n] ~ he_normal
          weight V : [n, in.features] ~ xavier_uniform
          open = sigmoid(V @ in)
          out = tanh(in @ W) * open
        }
        """, Shape::isFlat, true, true, t -> t));
    all.put("Scale", new Definition("""
        layer Scale {
          weight s : [in.features] ~ uniform(1)
          weight t : [in.features] ~ normal(0.3)
          out = in * s + t
        }
        """, Shape::isFlat, false, true, _ -> Ties.NONE));
    all.put("Channels", new Definition("""
        layer Channels {
          weight s : [in.channels] ~ uniform(1)
          weight t : [in.channels] ~ normal(0.3)
          out = in * s + t
        }
        """, s -> !s.isFlat() && s.size() > s.channels(), false, true, _ -> Ties.NONE));
    all.put("centered", new Definition("""
        def centered(x) = (x - mean(x)) / sqrt(var(x) + 0.01)
        """, s -> s.size() > 3, false, false, Ties::normalised));
    all.put("attended", new Definition("""
        def attended(x) {
          share = softmax(x)
          x * share + x / (1 + sum(x ^ 2) / 4)
        }
        """, s -> s.isFlat() && s.size() > 1, false, false, t -> t));
    all.put("halves", new Definition("""
        def halves(x) {
          a, b = split(x, 2)
          concat(part(x, 1, 2), a * sigmoid(b))
        }
        """, s -> s.channels() % 2 == 0, false, false, t -> t));
    all.put("ends", new Definition("""
        def ends(x) = concat(x[1:], x[0]) + x[0] / 2 - x[-1] * x[-1:] / 4
        """, s -> s.channels() > 1, false, false, t -> t));
    all.put("turned", new Definition("""
        def turned(x) = transpose(tanh(transpose(x)[0:1]) + transpose(x)) - 0.3 * x
        """, Shape::isSequence, false, false, t -> t));
    return all;
  }

  /** Those that take such an input. */
  static List<String> of(Shape in) {
    return ALL.keySet().stream().filter(n -> ALL.get(n).takes.test(in)).toList();
  }
}
