package dev.lanewise.runtime.symbolic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TidyTest {
  private static final Term X = Term.variable("x");
  private static final Term Z = Term.variable("z");
  private static final Term ONE = Term.number(1);

  private static String derivative(Term term) {
    return Written.of(Derivative.of(term, "x")).toString();
  }

  private static Term n(double value) {
    return Term.number(value);
  }

  @Test
  void equalSummandsAndFactorsAreCollected() {
    assertThat(derivative(X.times(X))).isEqualTo("2 * x");
    assertThat(derivative(X.times(X).times(X))).isEqualTo("3 * x ^ 2");
    assertThat(derivative(X.minus(n(3)).times(X.minus(n(3))))).isEqualTo("2 * (x - 3)");
    assertThat(derivative(X.times(X).over(n(2)).plus(X.times(n(3))))).isEqualTo("x + 3");
    assertThat(derivative(n(0.3).times(X).minus(n(0.5)).power(3))).isEqualTo("0.9 * (0.3 * x - 0.5) ^ 2");
    assertThat(Tidy.of(n(0.4).plus(X.times(n(2))).plus(n(0.5)))).hasToString("0.9 + 2 * x");
    assertThat(Tidy.of(X.minus(X).plus(Z))).hasToString("z");
    assertThat(Tidy.of(X.minus(X))).hasToString("0");
    assertThat(Tidy.of(n(-1).times(X).plus(ONE))).hasToString("1 - x");
    assertThat(Tidy.of(n(-2).times(X).minus(Z))).hasToString("-2 * x - z");
    assertThat(derivative(X.sin().times(X.sin()))).isEqualTo("2 * sin(x) * cos(x)");
  }

  @Test
  void fractionsStandOverOneLine() {
    assertThat(derivative(X.sqrt())).isEqualTo("1 / (2 * sqrt(x))");
    assertThat(derivative(ONE.over(X))).isEqualTo("-1 / x ^ 2");
    assertThat(derivative(X.over(ONE.plus(X.times(X))))).isEqualTo("(1 - x ^ 2) / (1 + x ^ 2) ^ 2");
    assertThat(derivative(n(2).times(X).plus(ONE).over(X.plus(n(2))))).isEqualTo("3 / (x + 2) ^ 2");
    assertThat(derivative(X.over(ONE.plus(X.abs())))).isEqualTo("1 / (1 + abs(x)) ^ 2");
    assertThat(Tidy.of(X.times(n(1.0 / 6)))).hasToString("x / 6");
    assertThat(Tidy.of(X.times(X.sqrt()).times(X.sqrt()))).hasToString("x ^ 2");
    assertThat(Tidy.of(X.over(n(Math.sqrt(2))).times(X).over(n(Math.sqrt(2))))).hasToString("x ^ 2 / 2");
  }

  @Test
  void functionsAreWrittenAsOneKnowsThem() {
    assertThat(derivative(X.tanh())).isEqualTo("1 - tanh(x) ^ 2");
    assertThat(derivative(X.sigmoid())).isEqualTo("sigmoid(x) * (1 - sigmoid(x))");
    assertThat(derivative(X.relu())).isEqualTo("where(x > 0, 1, 0)");
    assertThat(derivative(X.minus(ONE).abs())).isEqualTo("where(x > 1, 1, where(x < 1, -1, 0))");
    assertThat(derivative(n(-1).times(X.times(X)).over(n(2)).exp())).isEqualTo("-x * exp(-x ^ 2 / 2)");
    assertThat(Tidy.of(X.expm1())).hasToString("exp(x) - 1");
    assertThat(Tidy.of(n(-1).times(X).log1p())).hasToString("log(1 - x)");
    assertThat(Tidy.of(X.times(Z.log()).exp())).hasToString("z ^ x");
    assertThat(Tidy.of(X.times(n(2).log()).exp())).hasToString("2 ^ x");
  }

  @Test
  void whatAConditionSettlesIsNotAskedAgain() {
    Term bent = Term.where(Relation.GT, X, n(0), X.max(n(0)), n(0.1).times(X));
    assertThat(derivative(bent)).isEqualTo("where(x > 0, 1, 0.1)");
    Term hardSwish = Term.where(Relation.GE, X, n(3), X, X.times(X.plus(n(3)).over(n(6)).relu()));
    assertThat(derivative(hardSwish)).isEqualTo("where(x >= 3, 1, where(x > -3, (2 * x + 3) / 6, 0))");
    // Below 3 or no number: whether it is above 1 is open.
    assertThat(Tidy.of(Term.where(Relation.GE, X, n(3), Z, Term.where(Relation.LT, X, n(3), ONE, n(2)))))
        .hasToString("where(x >= 3, z, where(x < 3, 1, 2))");
  }

  @Test
  void whatOccursOftenHasAName() {
    Term neuron = n(0.4).plus(X.times(n(2))).plus(n(0.5)).sigmoid().minus(ONE);
    assertThat(derivative(neuron.times(neuron))).isEqualTo("4 * (s - 1) * s * (1 - s), where s = sigmoid(0.9 + 2 * x)");
    assertThat(derivative(X.times(X.softplus().tanh())))
        .isEqualTo("t + x * sigmoid(x) * (1 - t ^ 2), where t = tanh(log(1 + exp(x)))");
    // A name that the formula has itself stands for nothing else.
    Term s = Term.variable("s");
    assertThat(Written.of(Derivative.of(s.times(s.times(n(2)).sigmoid()), "s")).toString())
        .isEqualTo("u + 2 * s * u * (1 - u), where u = sigmoid(2 * s)");
  }

  @Test
  void whatIsNoNumberStaysAsItIs() {
    Term none = X.over(n(0));
    assertThat(Tidy.of(none)).isEqualTo(none);
    Term lost = X.times(n(1e-200)).times(n(1e-200));
    assertThat(Tidy.of(lost)).isEqualTo(lost);
    assertThat(Tidy.of(n(Double.POSITIVE_INFINITY))).hasToString("Infinity");
  }

  /** Random formulas and their derivatives, at random places, at ties and far out: the tidy form has the value, wherever there is one. */
  @Test
  void theValueIsTheSame() {
    int compared = 0;
    for (long seed = 1; seed <= 6_000; seed++) {
      Random random = new Random(seed);
      Term term = random(random, 1 + random.nextInt(4));
      Term shown = random.nextBoolean() ? term : Derivative.of(term, "x");
      Written written = Written.of(shown);
      for (double[] at : new double[][] {
          {random.nextGaussian(), random.nextGaussian()}, {0, 0}, {random.nextInt(-3, 4), random.nextInt(-3, 4)}, {0, 1}, {30, -12}}) {
        double plain = value(shown, at[0], at[1]);
        if (isDefined(shown, at[0], at[1]) && isSteady(shown, at[0], at[1], plain)) {
          assertThat(value(unfolded(written), at[0], at[1])).as("seed %d, x = %s, z = %s: %s; %s", seed, at[0], at[1], shown, written)
              .isCloseTo(plain, within(1e-6 * (1 + Math.abs(plain))));
          compared++;
        }
      }
    }
    assertThat(compared).isGreaterThan(9_000);
  }

  /** Long formulas, deep ones and wide ones, take no time worth mentioning; what nobody would read stays as it is. */
  @Test
  void deepFormulasAreTidied() {
    Term deep = X;
    Term wide = X;
    for (int i = 1; i <= 150; i++) {
      deep = deep.times(n(i)).plus(Z).relu().plus(ONE);
      wide = wide.plus(X.times(n(i)).sin());
    }
    assertThat(value(Tidy.of(deep), 0.01, 0.5)).isEqualTo(value(deep, 0.01, 0.5));
    assertThat(value(Tidy.of(wide), 0.01, 0.5)).isCloseTo(value(wide, 0.01, 0.5), within(1e-9));
    Term huge = X;
    for (int i = 0; i < 12; i++) {
      huge = huge.plus(huge.sin());
    }
    assertThat(Tidy.of(huge)).isSameAs(huge);
  }

  /** Whether all that counts for the value is a number of some size, and no comparison hangs on rounding. */
  private static boolean isDefined(Term term, double x, double z) {
    if (term instanceof Term.Choice c) {
      double left = value(c.left(), x, z);
      double right = value(c.right(), x, z);
      boolean then = c.relation().holds(left, right);
      return isDefined(c.left(), x, z) && isDefined(c.right(), x, z) && (left == right || Math.abs(left - right) > 1e-9)
          && isDefined(then ? c.then() : c.otherwise(), x, z);
    }
    return Math.abs(value(term, x, z)) < 1e6 && term.parts().stream().allMatch(p -> isDefined(p, x, z));
  }

  /** Whether rounding leaves the value alone: elsewhere two forms of one formula may differ by all. */
  private static boolean isSteady(Term term, double x, double z, double value) {
    double near = value(term, Math.nextUp(x), Math.nextDown(z));
    return (x == 0 && z == 0) || Math.abs(near - value) <= 1e-9 * (1 + Math.abs(value)) || x == Math.rint(x);
  }

  private static Term unfolded(Written written) {
    Term term = written.formula();
    for (var name : List.copyOf(written.names().entrySet()).reversed()) {
      term = term.replace(Term.variable(name.getKey()), name.getValue());
    }
    return term;
  }

  private static double value(Term term, double x, double z) {
    return term.evaluate(Map.of("x", x, "z", z)::get);
  }

  private static Term random(Random random, int depth) {
    if (depth == 0) {
      return List.of(X, Z, X, n(random.nextInt(-3, 4)), n(random.nextInt(1, 20) / 10.0), n(1.0 / 3)).get(random.nextInt(6));
    }
    Term a = random(random, depth - 1);
    Term b = random.nextInt(4) == 0 ? a : random(random, depth - 1);
    return switch (random.nextInt(24)) {
      case 0, 1, 2 -> a.plus(b);
      case 3, 4 -> a.minus(b);
      case 5, 6, 7 -> a.times(b);
      case 8, 9 -> a.over(b);
      case 10 -> a.max(b);
      case 11 -> a.min(b);
      case 12 -> a.tanh();
      case 13 -> a.sigmoid();
      case 14 -> a.abs();
      case 15 -> a.relu();
      case 16 -> a.exp();
      case 17 -> a.log();
      case 18 -> a.sqrt();
      case 19 -> a.times(b).softplus();
      case 20 -> a.power(random.nextInt(-2, 5) / 2.0);
      case 21 -> random.nextBoolean() ? a.expm1() : a.log1p();
      case 22 -> random.nextBoolean() ? a.erf() : a.sin();
      default -> Term.where(Relation.values()[random.nextInt(6)], a, b, random(random, depth - 1), random(random, depth - 1));
    };
  }
}
