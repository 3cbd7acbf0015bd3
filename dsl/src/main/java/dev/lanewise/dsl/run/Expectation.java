package dev.lanewise.dsl.run;

import dev.lanewise.dsl.meaning.Arithmetic;
import dev.lanewise.dsl.meaning.Constant;
import dev.lanewise.dsl.scope.Action;
import dev.lanewise.dsl.scope.Formula;
import dev.lanewise.dsl.syntax.Operator;
import java.util.function.Function;

/**
 * Whether something holds that a script expects. Where NaN is compared, nothing does: that {@code NaN != 0.5} is true, and so is
 * {@code not (NaN < 0.5)}, is no reason to be content with a network.
 */
final class Expectation {
  private static final String NAN = "NaN is no number: no expectation of it holds";

  private final Function<Formula, Constant> values;
  private boolean comparesNaN;

  private Expectation(Function<Formula, Constant> values) {
    this.values = values;
  }

  /** @param values of formulas, each asked for once */
  static SessionEvent.Expected of(Action.Expect expect, Function<Formula, Constant> values) {
    return new Expectation(values).event(expect);
  }

  private SessionEvent.Expected event(Action.Expect expect) {
    if (expect.condition() instanceof Formula.Binary b) {
      Constant left = value(b.left());
      Constant right = value(b.right());
      Constant holds = apply(b.operator(), left, right);
      return event(expect, holds, left.toString(), right.toString());
    }
    return event(expect, value(expect.condition()), "", "");
  }

  private SessionEvent.Expected event(Action.Expect expect, Constant holds, String left, String right) {
    boolean held = holds.equals(new Constant.Flag(true)) && !comparesNaN;
    return new SessionEvent.Expected(expect.text(), held, left, right, comparesNaN ? NAN : "");
  }

  private Constant value(Formula formula) {
    return switch (formula) {
      case Formula.Binary b -> apply(b.operator(), value(b.left()), value(b.right()));
      case Formula.Unary u -> Arithmetic.apply(u.operator(), value(u.operand())).orElseThrow();
      default -> values.apply(formula);
    };
  }

  private Constant apply(Operator operator, Constant left, Constant right) {
    comparesNaN |= isComparison(operator) && (isNaN(left) || isNaN(right));
    return Arithmetic.apply(operator, left, right).orElseThrow();
  }

  private static boolean isComparison(Operator operator) {
    return switch (operator) {
      case LESS, AT_MOST, MORE, AT_LEAST, EQUAL, DIFFERENT -> true;
      case PLUS, MINUS, TIMES, OVER, MODULO, POWER, OR, AND, NOT, AT, NEGATE -> false;
    };
  }

  /** Of lists, whether any of its numbers is. */
  private static boolean isNaN(Constant value) {
    return switch (value) {
      case Constant.Num(double number) -> Double.isNaN(number);
      case Constant.Items items -> items.values().stream().anyMatch(Expectation::isNaN);
      case Constant.Text _, Constant.Flag _, Constant.Dims _ -> false;
    };
  }
}
