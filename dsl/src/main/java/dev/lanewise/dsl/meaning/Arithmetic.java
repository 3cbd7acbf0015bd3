package dev.lanewise.dsl.meaning;

import dev.lanewise.dsl.meaning.Constant.Flag;
import dev.lanewise.dsl.meaning.Constant.Items;
import dev.lanewise.dsl.meaning.Constant.Num;
import dev.lanewise.dsl.syntax.Operator;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;

/** What operators and functions of numbers do, before and during a run alike. Empty means that there is no such operation. */
public final class Arithmetic {
  private static final Map<String, DoubleUnaryOperator> UNARY =
      Map.of("sqrt", Math::sqrt, "exp", Math::exp, "log", Math::log, "abs", Math::abs, "floor", Math::floor, "cos", Math::cos);

  private Arithmetic() {}

  public static List<String> functions() {
    return List.of("sqrt", "exp", "log", "abs", "floor", "cos", "min", "max", "where");
  }

  public static Optional<Constant> apply(Operator operator, Constant operand) {
    return switch (operand) {
      case Num(double x) when operator == Operator.NEGATE -> Optional.of(new Num(-x));
      case Flag(boolean x) when operator == Operator.NOT -> Optional.of(new Flag(!x));
      case Items items when items.isNumbers() && operator == Operator.NEGATE -> Optional.of(numbers(items, x -> -x));
      default -> Optional.empty();
    };
  }

  public static Optional<Constant> apply(Operator operator, Constant left, Constant right) {
    if (left instanceof Num(double a) && right instanceof Num(double b)) {
      return numbers(operator, a, b);
    }
    if (left instanceof Flag(boolean a) && right instanceof Flag(boolean b)
        && (operator == Operator.AND || operator == Operator.OR)) {
      return Optional.of(new Flag(operator == Operator.AND ? a && b : a || b));
    }
    Optional<Constant> lists = isArithmetic(operator) ? lists(operator, left, right) : Optional.empty();
    if (lists.isPresent()) {
      return lists;
    }
    boolean alike = left.getClass() == right.getClass() || left instanceof Constant.Dims || right instanceof Constant.Dims;
    return alike && (operator == Operator.EQUAL || operator == Operator.DIFFERENT)
        ? Optional.of(new Flag(left.equals(right) == (operator == Operator.EQUAL)))
        : Optional.empty();
  }

  private static boolean isArithmetic(Operator operator) {
    return switch (operator) {
      case PLUS, MINUS, TIMES, OVER, MODULO, POWER -> true;
      case LESS, AT_MOST, MORE, AT_LEAST, EQUAL, DIFFERENT, OR, AND, NOT, AT, NEGATE -> false;
    };
  }

  /** Lists of one shape number by number; a number with each of a list. */
  private static Optional<Constant> lists(Operator operator, Constant left, Constant right) {
    if (left instanceof Items a && right instanceof Num(double y) && a.isNumbers()) {
      return Optional.of(numbers(a, x -> number(operator, x, y)));
    }
    if (left instanceof Num(double x) && right instanceof Items b && b.isNumbers()) {
      return Optional.of(numbers(b, y -> number(operator, x, y)));
    }
    if (left instanceof Items a && right instanceof Items b && a.shape().isPresent() && a.shape().equals(b.shape())) {
      double[] x = a.numbers();
      double[] y = b.numbers();
      Arrays.setAll(x, i -> number(operator, x[i], y[i]));
      return Optional.of(Items.of(a.shape().get().dims(), x));
    }
    return Optional.empty();
  }

  private static Items numbers(Items items, DoubleUnaryOperator function) {
    return new Items(items.values().stream().<Constant>map(v -> v instanceof Num(double x)
        ? new Num(function.applyAsDouble(x)) : numbers((Items) v, function)).toList());
  }

  private static double number(Operator operator, double a, double b) {
    return ((Num) numbers(operator, a, b).orElseThrow()).value();
  }

  private static Optional<Constant> numbers(Operator operator, double a, double b) {
    return switch (operator) {
      case LESS -> Optional.of(new Flag(a < b));
      case AT_MOST -> Optional.of(new Flag(a <= b));
      case MORE -> Optional.of(new Flag(a > b));
      case AT_LEAST -> Optional.of(new Flag(a >= b));
      case EQUAL -> Optional.of(new Flag(a == b));
      case DIFFERENT -> Optional.of(new Flag(a != b));
      case PLUS -> Optional.of(new Num(a + b));
      case MINUS -> Optional.of(new Num(a - b));
      case TIMES -> Optional.of(new Num(a * b));
      case OVER -> Optional.of(new Num(a / b));
      case MODULO -> Optional.of(new Num(a - b * Math.floor(a / b)));
      case POWER -> Optional.of(new Num(Math.pow(a, b)));
      case OR, AND, NOT, AT, NEGATE -> Optional.empty();
    };
  }

  public static Optional<Constant> call(String function, List<Constant> arguments) {
    if (function.equals("where") && arguments.size() == 3 && arguments.getFirst() instanceof Flag(boolean condition)) {
      return Optional.of(arguments.get(condition ? 1 : 2));
    }
    double[] x = arguments.stream().mapToDouble(a -> a instanceof Num(double v) ? v : Double.NaN).toArray();
    if (!arguments.stream().allMatch(Num.class::isInstance)) {
      return Optional.empty();
    }
    if (UNARY.containsKey(function) && x.length == 1) {
      return Optional.of(new Num(UNARY.get(function).applyAsDouble(x[0])));
    }
    return x.length != 2
        ? Optional.empty()
        : switch (function) {
          case "min" -> Optional.of(new Num(Math.min(x[0], x[1])));
          case "max" -> Optional.of(new Num(Math.max(x[0], x[1])));
          default -> Optional.empty();
        };
  }
}
