package dev.lanewise.runtime.symbolic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DerivativeTest {
  private static final Term X = Term.variable("x");
  private static final Term Z = Term.variable("z");

  @Test
  void printsDerivativesAsTheLanguageWritesThem() {
    assertThat(Derivative.of(X.times(X.sigmoid()), "x")).hasToString("sigmoid(x) + x * sigmoid(x) * (1 - sigmoid(x))");
    assertThat(Derivative.of(X.relu(), "x")).hasToString("where(relu(x) > 0, 1, 0)");
    assertThat(Derivative.of(X.max(Term.number(0)), "x")).hasToString("where(x > 0, 1, where(x < 0, 0, 0.5))");
    assertThat(Derivative.of(X.abs(), "x")).hasToString("where(x > 0, 1, where(x < 0, -1, 0))");
    assertThat(Derivative.of(X.exp().plus(Term.number(1)).log(), "x")).hasToString("sigmoid(x)");
    assertThat(Derivative.of(X.power(2.5), "x")).hasToString("2.5 * x ^ 1.5");
    assertThat(Derivative.of(X.tanh(), "x")).hasToString("1 - tanh(x) * tanh(x)");
    assertThat(Derivative.of(X.over(Z), "z")).hasToString("(0 - x / z) / z");
    assertThat(Derivative.of(X.plus(Z), "y")).hasToString("0");
    assertThat(X.minus(X.minus(Z)).over(X.times(Z))).hasToString("(x - (x - z)) / (x * z)");
  }

  /** Random formulas, against central differences, at points where no kink is near. */
  @Test
  void derivativesAreDifferenceQuotients() {
    int compared = 0;
    for (long seed = 1; seed <= 2000; seed++) {
      Random random = new Random(seed);
      Term term = random(random, 4);
      double x = 0.5 + random.nextDouble();
      double z = 0.5 + random.nextDouble();
      double h = 1e-5;
      double up = at(term, x + h, z);
      double down = at(term, x - h, z);
      double middle = at(term, x, z);
      boolean smooth = Math.abs(up - 2 * middle + down) < 1e-7 && Math.abs(middle) < 1e3;
      if (smooth) {
        double analytic = at(Derivative.of(term, "x"), x, z);
        assertThat(analytic).as("seed %d: %s", seed, term).isCloseTo((up - down) / (2 * h), within(1e-4 * (1 + Math.abs(analytic))));
        compared++;
      }
    }
    assertThat(compared).isGreaterThan(1000);
  }

  /** At a tie max and min count half of both: any sum of kinks at 0 has the mean of its slopes on both sides there, above all where they cancel out. */
  @Test
  void tiesAreSplitEvenly() {
    for (long seed = 1; seed <= 500; seed++) {
      Random random = new Random(seed);
      Term sum = Term.number(0);
      for (int i = 1 + random.nextInt(5); i > 0; i--) {
        Term slope = Term.number(random.nextInt(-3, 4)).times(X);
        Term other = Term.number(random.nextInt(-3, 4)).times(X);
        Term kink = switch (random.nextInt(5)) {
          case 0 -> slope.max(other);
          case 1 -> slope.min(other);
          case 2 -> slope.abs();
          case 3 -> slope.expm1();
          default -> slope.softplus();
        };
        sum = sum.plus(Term.number(random.nextInt(-2, 3)).times(kink));
      }
      double h = 1e-6;
      double quotient = (at(sum, h, 0) - at(sum, -h, 0)) / (2 * h);
      assertThat(at(Derivative.of(sum, "x"), 0, 0)).as("seed %d: %s", seed, sum).isCloseTo(quotient, within(1e-6));
    }
  }

  /** What would overflow, or be rounded away, is computed in another way, and is still the same formula. */
  @Test
  void whatWouldBeLostIsComputedInAnotherWay() {
    Term one = Term.number(1);
    assertThat(at(X.exp().plus(one).log(), -50, 0)).isCloseTo(Math.exp(-50), within(1e-30));
    assertThat(at(one.plus(X.exp()).log(), 800, 0)).isEqualTo(800);
    assertThat(at(X.exp().minus(one), 1e-20, 0)).isEqualTo(1e-20);
    assertThat(at(one.minus(X.exp()), 1e-20, 0)).isEqualTo(-1e-20);
    assertThat(at(X.plus(one).log(), 1e-20, 0)).isEqualTo(1e-20);
    assertThat(at(one.minus(X).log(), 1e-20, 0)).isEqualTo(-1e-20);
    assertThat(at(Derivative.of(X.power(2.5), "x"), 0, 0)).isZero();
    assertThat(at(X.power(17), -2, 0)).isEqualTo(-131072);
  }

  /** Values from Abramowitz and Stegun, table 7.1. */
  @Test
  void theErrorFunctionIsThatOfTheTables() {
    double[][] table = {{0.1, 0.1124629160}, {0.5, 0.5204998778}, {1, 0.8427007929}, {2, 0.9953222650}, {2.6, 0.9997639656}, {4, 0.9999999846}};
    for (double[] row : table) {
      assertThat(Term.number(row[0]).erf().evaluate(_ -> 0)).isCloseTo(row[1], within(1e-10));
      assertThat(Term.number(-row[0]).erf().evaluate(_ -> 0)).isCloseTo(-row[1], within(1e-10));
    }
  }

  @Test
  void anglesAreThoseOfTheirSinesCosinesAndTangents() {
    for (double angle = -1.5; angle <= 1.5; angle += 0.1) {
      assertThat(at(X.asin(), Math.sin(angle), 0)).isCloseTo(angle, within(1e-14));
      assertThat(at(X.acos(), Math.cos(angle + 1.6), 0)).isCloseTo(angle + 1.6, within(1e-13));
      assertThat(at(X.atan(), Math.tan(angle), 0)).isCloseTo(angle, within(1e-14));
      assertThat(at(Derivative.of(X.asin(), "x"), Math.sin(angle), 0)).isCloseTo(1 / Math.cos(angle), within(1e-9));
      assertThat(at(Derivative.of(X.acos(), "x"), Math.cos(angle + 1.6), 0)).isCloseTo(-1 / Math.sin(angle + 1.6), within(1e-9));
    }
    assertThat(at(X.asin(), 1, 0)).isEqualTo(Math.PI / 2);
    assertThat(at(X.acos(), -1, 0)).isEqualTo(Math.PI);
    assertThat(at(X.acos(), 2, 0)).isNaN();
  }

  @Test
  void stepsAreFlat() {
    assertThat(List.of(at(X.floor(), -1.5, 0), at(X.ceil(), -1.5, 0), at(X.round(), -1.5, 0), at(X.round(), 2.5, 0))).containsExactly(-2.0, -1.0, -2.0, 2.0);
    for (Term step : List.of(X.floor(), X.ceil(), X.round())) {
      assertThat(Derivative.of(step.times(X), "x")).isEqualTo(step);
    }
  }

  private static double at(Term term, double x, double z) {
    return term.evaluate(Map.of("x", x, "z", z)::get);
  }

  private static Term random(Random random, int depth) {
    if (depth == 0) {
      return List.of(X, Z, Term.number(1 + random.nextInt(3))).get(random.nextInt(3));
    }
    Term a = random(random, depth - 1);
    Term b = random(random, depth - 1);
    return switch (random.nextInt(16)) {
      case 12 -> a.abs().plus(b.relu());
      case 13 -> a.tanh().expm1();
      case 14 -> a.times(a).log1p();
      case 15 -> a.softplus().power(1 + random.nextInt(5) / 2.0);
      case 0 -> a.plus(b);
      case 1 -> a.minus(b);
      case 2 -> a.times(b);
      case 3 -> a.over(b.times(b).plus(Term.number(1)));
      case 4 -> a.max(b);
      case 5 -> a.min(b);
      case 6 -> a.tanh().exp();
      case 7 -> a.times(a).plus(Term.number(1)).log();
      case 8 -> a.times(a).plus(Term.number(1)).sqrt();
      case 9 -> a.sigmoid();
      case 10 -> List.of(a.tanh(), a.erf(), a.atan()).get(random.nextInt(3));
      default -> Term.where(Relation.LT, a, b, a.times(b), b.sigmoid());
    };
  }
}
