package dev.lanewise.runtime.differentiate;

import dev.lanewise.runtime.symbolic.Function;
import dev.lanewise.runtime.symbolic.Operator;
import dev.lanewise.runtime.symbolic.Term;
import java.util.HashSet;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** Where two values are equal that a function compares: at 0 of |x| and relu, where the sides of a max, a min or a choice meet. */
final class Ties {
  private static final double MOST = 10;
  /** So many points for each whole number: halves, tenths and the like are met exactly. */
  private static final int STEPS = 60;

  private Ties() {}

  /** Those of a function of x between -10 and 10. */
  static SortedSet<Double> of(Term formula) {
    Set<Term> differences = new HashSet<>();
    collect(formula, differences);
    SortedSet<Double> ties = new TreeSet<>();
    differences.stream().filter(d -> d.has("x")).forEach(d -> roots(d, ties));
    return ties;
  }

  private static void collect(Term term, Set<Term> differences) {
    switch (term) {
      case Term.Unary(Function f, Term u) when f == Function.ABS || f == Function.RELU -> differences.add(u);
      case Term.Binary(Operator o, Term a, Term b) when o == Operator.MAX || o == Operator.MIN -> differences.add(a.minus(b));
      case Term.Choice c -> differences.add(c.left().minus(c.right()));
      case Term.Number _, Term.Variable _, Term.Unary _, Term.Binary _ -> { }
    }
    term.parts().forEach(p -> collect(p, differences));
  }

  /** Where the difference is 0, or changes its sign. */
  private static void roots(Term difference, SortedSet<Double> ties) {
    double before = Double.NaN;
    for (int i = (int) -MOST * STEPS; i <= MOST * STEPS; i++) {
      double x = (double) i / STEPS;
      double now = at(difference, x);
      if (now == 0) {
        ties.add(x);
      } else if (now * before < 0) {
        ties.add(root(difference, (double) (i - 1) / STEPS, x));
      }
      before = now;
    }
  }

  /** Halves the interval until it is one number. */
  private static double root(Term difference, double low, double high) {
    double sign = at(difference, high);
    double from = low;
    double to = high;
    for (int i = 0; i < 60; i++) {
      double middle = (from + to) / 2;
      double now = at(difference, middle);
      if (now == 0) {
        return middle;
      }
      if (now * sign > 0) {
        to = middle;
      } else {
        from = middle;
      }
    }
    return to;
  }

  private static double at(Term term, double x) {
    return term.evaluate(_ -> x);
  }
}
