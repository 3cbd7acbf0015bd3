package dev.lanewise.dsl.view;

import dev.lanewise.dsl.exhibit.Table;
import dev.lanewise.runtime.differentiate.GradientCheck.Compared;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** What a comparison of gradients looks like as a table. */
public final class GradientTables {
  private GradientTables() {}

  /** Gradient and difference quotient side by side; the worst in the title. */
  public static Table of(String name, List<Compared> all) {
    double worst = all.stream().max(Comparator.comparingDouble(Compared::error)).map(Compared::error).orElse(0.0);
    return new Table(
        String.format(Locale.ROOT, "%s: gradients against difference quotients; worst relative error %.1e", name, worst),
        List.of("of", "at", "gradient", "quotient", "relative error"),
        all.stream().map(GradientTables::row).toList());
  }

  private static List<String> row(Compared c) {
    return List.of(c.name(), c.at(), number(c.analytic()), quotient(c), String.format(Locale.ROOT, "%.1e", c.error()));
  }

  /** One number, or at a kink those of both sides, between which the gradient must lie. */
  private static String quotient(Compared c) {
    boolean kink = Math.abs(c.left() - c.right()) > 1e-5 * Math.max(1, Math.abs(c.left()));
    return kink ? number(c.left()) + " … " + number(c.right()) : number((c.left() + c.right()) / 2);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.8f", Math.abs(value) < 5e-9 ? 0 : value);
  }
}
