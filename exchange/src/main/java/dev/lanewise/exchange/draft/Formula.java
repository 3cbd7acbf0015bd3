package dev.lanewise.exchange.draft;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** A formula of every element by itself. Parts that stand in it twice are the same object. */
public sealed interface Formula {
  record Number(double value) implements Formula {}

  /** Values that depend on the example, or numbers of a shape: a {@link Live} or a {@link Fixed}. */
  record Leaf(Object value) implements Formula {
    public boolean isLive() {
      return value instanceof Live;
    }
  }

  /** A function or operator of the language: {@code +}, {@code exp}. */
  record Call(String word, List<Formula> of) implements Formula {}

  /** {@code then} where left relates to right. */
  record Choice(String relation, Formula left, Formula right, Formula then, Formula otherwise) implements Formula {}

  static Formula number(double value) {
    return new Number(value);
  }

  static Formula call(String word, Formula... of) {
    return new Call(word, List.of(of));
  }

  static Formula where(Formula left, String relation, Formula right, Formula then, Formula otherwise) {
    return new Choice(relation, left, right, then, otherwise);
  }

  default Formula plus(Formula more) {
    return call("+", this, more);
  }

  default Formula minus(Formula less) {
    return call("-", this, less);
  }

  default Formula times(Formula factor) {
    return call("*", this, factor);
  }

  default Formula over(Formula divisor) {
    return call("/", this, divisor);
  }

  default List<Formula> parts() {
    return switch (this) {
      case Number _, Leaf _ -> List.of();
      case Call c -> c.of();
      case Choice c -> List.of(c.left(), c.right(), c.then(), c.otherwise());
    };
  }

  /** All parts, each once, those of others first. */
  default List<Formula> all() {
    Map<Formula, Boolean> seen = new IdentityHashMap<>();
    List<Formula> all = new ArrayList<>();
    collect(this, seen, all);
    return all;
  }

  private static void collect(Formula formula, Map<Formula, Boolean> seen, List<Formula> all) {
    if (seen.put(formula, true) == null) {
      formula.parts().forEach(p -> collect(p, seen, all));
      all.add(formula);
    }
  }

  /** With parts in place of others. @param by null for what stays */
  default Formula replaced(Function<Formula, Formula> by) {
    return replaced(this, by, new IdentityHashMap<>());
  }

  private static Formula replaced(Formula formula, Function<Formula, Formula> by, Map<Formula, Formula> known) {
    Formula found = known.get(formula);
    if (found == null) {
      Formula other = by.apply(formula);
      found = other != null ? other : switch (formula) {
        case Number _, Leaf _ -> formula;
        case Call c -> new Call(c.word(), c.of().stream().map(p -> replaced(p, by, known)).toList());
        case Choice c -> new Choice(
            c.relation(), replaced(c.left(), by, known), replaced(c.right(), by, known), replaced(c.then(), by, known), replaced(c.otherwise(), by, known));
      };
      known.put(formula, found);
    }
    return found;
  }

  /** @param leaves what the leaves are */
  default double evaluate(ToDoubleFunction<Formula> leaves) {
    Map<Formula, Double> known = new IdentityHashMap<>();
    for (Formula part : all()) {
      known.put(part, switch (part) {
        case Number(double value) -> value;
        case Leaf l -> leaves.applyAsDouble(l);
        case Call c -> apply(c.word(), c.of().stream().mapToDouble(known::get).toArray());
        case Choice c -> holds(c.relation(), known.get(c.left()), known.get(c.right())) ? known.get(c.then()) : known.get(c.otherwise());
      });
    }
    return known.get(this);
  }

  static boolean holds(String relation, double a, double b) {
    return switch (relation) {
      case "<" -> a < b;
      case "<=" -> a <= b;
      case ">" -> a > b;
      case ">=" -> a >= b;
      case "==" -> a == b;
      case "!=" -> a != b;
      default -> throw new IllegalArgumentException(relation);
    };
  }

  private static double apply(String word, double... x) {
    return switch (word) {
      case "+" -> x[0] + x[1];
      case "-" -> x.length == 1 ? -x[0] : x[0] - x[1];
      case "*" -> x[0] * x[1];
      case "/" -> x[0] / x[1];
      case "^" -> Math.pow(x[0], x[1]);
      case "abs" -> Math.abs(x[0]);
      case "acos" -> Math.acos(x[0]);
      case "asin" -> Math.asin(x[0]);
      case "atan" -> Math.atan(x[0]);
      case "ceil" -> Math.ceil(x[0]);
      case "floor" -> Math.floor(x[0]);
      case "round" -> Math.rint(x[0]);
      case "cos" -> Math.cos(x[0]);
      case "sin" -> Math.sin(x[0]);
      case "erf" -> erf(x[0]);
      case "exp" -> Math.exp(x[0]);
      case "expm1" -> Math.expm1(x[0]);
      case "log" -> Math.log(x[0]);
      case "log1p" -> Math.log1p(x[0]);
      case "max" -> Math.max(x[0], x[1]);
      case "min" -> Math.min(x[0], x[1]);
      case "relu" -> Math.max(0, x[0]);
      case "sigmoid" -> 1 / (1 + Math.exp(-x[0]));
      case "sqrt" -> Math.sqrt(x[0]);
      case "tanh" -> Math.tanh(x[0]);
      default -> throw new IllegalArgumentException(word);
    };
  }

  private static double erf(double x) {
    return dev.lanewise.runtime.symbolic.Term.number(x).erf().evaluate(_ -> 0);
  }
}
