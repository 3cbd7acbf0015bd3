package dev.lanewise.dsl.law;

import java.util.ArrayList;
import java.util.List;

/**
 * Random functions of one number, the same in two languages. They stay within bounds, and no two sides of a maximum are alike: where
 * sides meet everywhere, derivatives are a matter of taste.
 *
 * @param script as a {@code def} writes it
 * @param python with PyTorch's functions as names
 */
record RandomFormula(String script, String python) {
  private static final List<String> BOUNDED = List.of("sin", "cos", "tanh", "sigmoid", "erf");

  /** A function of x and a constant a. */
  static RandomFormula draw(Pick p) {
    RandomFormula inner = inner(p, 3);
    return new RandomFormula("a * x + " + inner.script, "a * x + " + inner.python);
  }

  private static RandomFormula same(String text) {
    return new RandomFormula(text, text);
  }

  private static RandomFormula inner(Pick p, int depth) {
    if (depth == 0) {
      return p.chance(0.7) ? same("x") : same(p.chance(0.3) ? "a" : Pick.text(p.number(-2, 2)));
    }
    RandomFormula e = inner(p, depth - 1);
    List<RandomFormula> choices = new ArrayList<>();
    BOUNDED.forEach(f -> choices.add(e.in(f + "(", ")")));
    choices.add(e.in("sqrt(1 + (", ") ^ 2)"));
    choices.add(e.in("log(2 + (", ") ^ 2)"));
    choices.add(e.in("exp(-((", ") ^ 2))"));
    choices.add(e.in("expm1(-((", ") ^ 2))"));
    choices.add(e.in("log1p((", ") ^ 2)"));
    choices.add(e.in("softplus(", ")"));
    choices.add(e.in("1 / (1 + (", ") ^ 2)"));
    choices.add(e.in("relu(", " + " + Pick.text(p.number(-1, 1)) + ")"));
    choices.add(e.in("abs(", " + " + Pick.text(p.number(0.01, 1)) + ")"));
    RandomFormula f = inner(p, depth - 1);
    if (!f.equals(e)) {
      String c = Pick.text(p.number(-1, 1));
      choices.add(e.with(f, "(", " + ", ") / 2"));
      choices.add(e.with(f, "(", " - ", ")"));
      choices.add(e.with(f, "(", ") * (", ")"));
      choices.add(e.with(f, "max(", ", " + c + " + ", ")"));
      choices.add(e.with(f, "min(", ", " + c + " + ", ")"));
      choices.add(e.with(f, "where(x > " + c + ", ", ", ", ")"));
    }
    return p.of(choices);
  }

  private RandomFormula in(String before, String after) {
    return new RandomFormula(before + script + after, python(before) + python + python(after));
  }

  private RandomFormula with(RandomFormula other, String before, String between, String after) {
    return new RandomFormula(
        before + script + between + other.script + after, python(before) + python + python(between) + other.python + python(after));
  }

  private static String python(String text) {
    return text.replace("^", "**");
  }
}
