package dev.lanewise.benchmarks.accuracy;

import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The table of layers and losses. */
final class LayerErrors {
  private final Exchange exchange;
  private final List<LayerCase> cases;

  LayerErrors(Exchange exchange, boolean quick) {
    this.exchange = exchange;
    this.cases = LayerCases.all(quick);
  }

  private String key(LayerCase c) {
    return "layer" + cases.indexOf(c);
  }

  /** Writes down what PyTorch is to compute. */
  void ask() throws IOException {
    for (LayerCase c : cases) {
      if (exchange.hasPython()) {
        Trial trial = new Trial(c);
        Map<String, Trial.Tensor> given = trial.given();
        if (c.torch().contains("mask")) {
          given.put("mask", new Trial.Tensor(given.get("dy").dims(), mask(ByKernels.run(trial))));
        }
        for (var tensor : given.entrySet()) {
          exchange.write(key(c) + "." + tensor.getKey(), tensor.getValue().values());
        }
        String tensors = given.entrySet().stream().map(LayerErrors::word).collect(Collectors.joining("\t"));
        exchange.ask("layer", key(c), c.torch(), tensors);
      }
    }
  }

  private static String word(Map.Entry<String, Trial.Tensor> tensor) {
    return tensor.getKey() + ":" + tensor.getValue().dims().stream().map(String::valueOf).collect(Collectors.joining(","));
  }

  /** What a dropout has kept. */
  private static double[] mask(Map<String, double[]> results) {
    return Arrays.stream(results.get("y")).map(y -> y == 0 ? 0 : 1).toArray();
  }

  /** The table, in Markdown. */
  String table() throws IOException {
    StringBuilder table = new StringBuilder("""
        Each cell: the largest error / the mean error.

        | layer | as called | y: Lanewise | y: PyTorch | dx: Lanewise | dx: PyTorch | dW: Lanewise | dW: PyTorch |
        |---|---|---|---|---|---|---|---|
        """);
    for (LayerCase c : cases) {
      table.append(row(c)).append('\n');
    }
    return table.toString();
  }

  private String row(LayerCase c) throws IOException {
    Trial trial = new Trial(c);
    Map<String, double[]> ours = ByKernels.run(trial);
    Map<String, double[]> truth = exchange.hasPython() ? answers(c, ours, "truth") : ByFormulas.run(trial, mask(ours));
    Map<String, double[]> torch = exchange.hasPython() ? answers(c, ours, "torch") : null;
    StringBuilder row = new StringBuilder("| `" + c.name() + "` | " + c.call() + " |");
    Predicate<String> y = "y"::equals;
    Predicate<String> dx = name -> name.matches("dx\\d?");
    for (Predicate<String> names : List.of(y, dx, y.or(dx).negate())) {
      row.append(' ').append(Deviation.worst(truth, ours, names)).append(" | ");
      row.append(torch == null ? exchange.absent() : Deviation.worst(truth, torch, names)).append(" |");
    }
    return row.toString();
  }

  private Map<String, double[]> answers(LayerCase c, Map<String, double[]> ours, String kind) throws IOException {
    Map<String, double[]> answers = new LinkedHashMap<>();
    for (String name : ours.keySet()) {
      String file = key(c) + "." + name + "." + kind;
      double[] values = kind.equals("truth") ? exchange.doubles(file) : widened(exchange.floats(file));
      if (values.length != ours.get(name).length) {
        throw new IOException(c.call() + ": PyTorch's " + name + " has " + values.length + " values, not " + ours.get(name).length);
      }
      answers.put(name, values);
    }
    return answers;
  }

  private static double[] widened(float[] values) {
    double[] wide = new double[values.length];
    Arrays.setAll(wide, i -> values[i]);
    return wide;
  }
}
