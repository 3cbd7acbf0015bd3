package dev.lanewise.exchange.draft;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** A formula as one writes it in a script. */
final class Spelled {
  private static final int SUM = 1;
  private static final int PRODUCT = 2;
  private static final int MINUS = 3;
  private static final int POWER = 4;
  private static final int ATOM = 5;

  private record Text(String text, int binds) {}

  private final Map<Formula, String> names;
  private final Map<Formula, Text> known = new IdentityHashMap<>();
  private final List<String> bindings = new ArrayList<>();

  /** @param names what the leaves are called */
  Spelled(Map<Formula, String> names) {
    this.names = names;
  }

  /** What comes behind the head of a definition, for one line: {@code = x + 1}, or {@code {…}} with a binding for what is read twice. */
  static String body(Formula formula, Map<Formula, String> names, String result) {
    Spelled spelled = new Spelled(names);
    Map<Formula, Integer> reads = new IdentityHashMap<>();
    formula.all().forEach(f -> f.parts().forEach(p -> reads.merge(p, 1, Integer::sum)));
    int count = 0;
    for (Formula part : formula.all()) {
      if (reads.getOrDefault(part, 0) > 1 && !part.parts().isEmpty()) {
        String name = "t" + ++count;
        spelled.bindings.add(name + " = " + spelled.of(part).text());
        spelled.known.put(part, new Text(name, ATOM));
      }
    }
    String last = spelled.of(formula).text();
    if (spelled.bindings.isEmpty() && result.isEmpty()) {
      return "= " + last;
    }
    List<String> lines = new ArrayList<>(spelled.bindings);
    lines.add(result + last);
    return lines.stream().reduce("{", (a, b) -> a + "\n  " + b) + "\n}";
  }

  static String number(double value) {
    float single = (float) value;
    if (Double.isNaN(value) || Float.isInfinite(single)) {
      throw new RefusedException("a formula with " + value + " in it");
    }
    if (single == Math.rint(single) && Math.abs(single) < 1e7) {
      return Long.toString((long) single);
    }
    // What was single precision is written as such; what was computed in double keeps its digits.
    return (value == single || Math.abs(value - single) < 1e-9 * Math.abs(value) ? Float.toString(single) : Double.toString(value)).replace("E", "e");
  }

  private Text of(Formula formula) {
    Text found = known.get(formula);
    if (found == null) {
      found = made(formula);
      known.put(formula, found);
    }
    return found;
  }

  private Text made(Formula formula) {
    return switch (formula) {
      case Formula.Number(double value) -> value < 0 ? new Text("-" + number(-value), MINUS) : new Text(number(value), ATOM);
      case Formula.Leaf l -> new Text(names.get(l), ATOM);
      case Formula.Choice c -> new Text(
          "where(" + of(c.left()).text() + " " + c.relation() + " " + of(c.right()).text() + ", " + of(c.then()).text() + ", " + of(c.otherwise()).text() + ")", ATOM);
      case Formula.Call c -> switch (c.word()) {
        case "+" -> binary(c, SUM, SUM);
        case "-" -> c.of().size() == 1 ? new Text("-" + in(c.of().getFirst(), POWER), MINUS) : binary(c, SUM, PRODUCT);
        case "*" -> binary(c, PRODUCT, PRODUCT);
        case "/" -> binary(c, PRODUCT, MINUS);
        case "^" -> new Text(in(c.of().getFirst(), ATOM) + " ^ " + in(c.of().getLast(), ATOM), POWER);
        default -> new Text(c.word() + "(" + String.join(", ", c.of().stream().map(p -> of(p).text()).toList()) + ")", ATOM);
      };
    };
  }

  private Text binary(Formula.Call c, int left, int right) {
    // In single precision the order of a sum counts, so what stands on the right keeps its brackets.
    return new Text(in(c.of().getFirst(), left) + " " + c.word() + " " + in(c.of().getLast(), right + 1), left);
  }

  private String in(Formula part, int binds) {
    Text text = of(part);
    return text.binds() >= binds ? text.text() : "(" + text.text() + ")";
  }
}
