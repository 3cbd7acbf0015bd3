package dev.lanewise.benchmarks.accuracy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** The table of functions. */
final class FunctionErrors {
  private static final List<Double> BOUNDS = List.of(1.0, 80.0, Double.POSITIVE_INFINITY);

  /** Of what is periodic: a formula in float32 takes whole turns away, and does that well only so far. */
  private static final List<Double> PERIODIC = List.of(1.0, 80.0, 8192.0, Double.POSITIVE_INFINITY);

  private final Exchange exchange;
  private final float[] x;
  private final List<FunctionCase> cases = FunctionCase.all();

  FunctionErrors(Exchange exchange, boolean quick) {
    this.exchange = exchange;
    this.x = Points.of(quick ? 20_000 : 200_000);
  }

  /** Writes down what PyTorch is to compute. */
  void ask() throws IOException {
    exchange.write("x", x);
    for (FunctionCase c : cases) {
      exchange.ask("function", key(c), c.name());
    }
  }

  private String key(FunctionCase c) {
    return "function" + cases.indexOf(c);
  }

  /** The table, in Markdown. */
  String table() throws IOException {
    StringBuilder table = new StringBuilder(String.format(Locale.ROOT, """
        %,d points. Each cell: the largest error in ulp, and the x where it is.

        | function | where | value: Lanewise | value: PyTorch | derivative: Lanewise | derivative: PyTorch |
        |---|---|---|---|---|---|
        """, x.length));
    for (FunctionCase c : cases) {
      for (String row : rows(c)) {
        table.append(row).append('\n');
      }
    }
    return table.toString();
  }

  private List<String> rows(FunctionCase c) throws IOException {
    Elementwise function = new Elementwise(c.formula());
    float[][] ours = function.computed(x);
    boolean known = exchange.has(key(c) + ".value.truth");
    double[][] truth = known
        ? new double[][] {exchange.doubles(key(c) + ".value.truth"), exchange.doubles(key(c) + ".derivative.truth")}
        : function.formulas(x);
    ToDoubleFunction<Float> none = _ -> 0;
    List<String> rows = new ArrayList<>();
    for (double bound : List.of("sin", "cos").contains(c.name()) ? PERIODIC : BOUNDS) {
      StringBuilder row = new StringBuilder("| `" + c.name() + "` | " + where(bound) + " |");
      for (int i = 0; i < 2; i++) {
        String name = key(c) + (i == 0 ? ".value.torch" : ".derivative.torch");
        ToDoubleFunction<Float> least = i == 0 ? none : c::least;
        row.append(' ').append(Worst.of(x, truth[i], ours[i], bound, least)).append(" | ");
        row.append(exchange.has(name) ? Worst.of(x, truth[i], exchange.floats(name), bound, least) : exchange.absent());
        row.append(" |");
      }
      rows.add(row.toString());
    }
    return rows;
  }

  private static String where(double bound) {
    return Double.isInfinite(bound) ? "all" : String.format(Locale.ROOT, "-%1$.0f to %1$.0f", bound);
  }
}
