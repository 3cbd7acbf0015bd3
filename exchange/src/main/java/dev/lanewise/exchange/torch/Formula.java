package dev.lanewise.exchange.torch;

import dev.lanewise.runtime.symbolic.Term;
import java.util.Map;

/** A formula of every element by itself, as Python has it. */
record Formula(Map<String, String> arguments) {
  String of(Term term) {
    String text = inside(term);
    return text.startsWith("(") && text.endsWith(")") && isOne(text) ? text.substring(1, text.length() - 1) : text;
  }

  /** Whether the first parenthesis is closed by the last. */
  private static boolean isOne(String text) {
    int depth = 0;
    for (int i = 0; i < text.length(); i++) {
      depth += text.charAt(i) == '(' ? 1 : text.charAt(i) == ')' ? -1 : 0;
      if (depth == 0 && i < text.length() - 1) {
        return false;
      }
    }
    return true;
  }

  private String inside(Term term) {
    return switch (term) {
      case Term.Number(double value) -> number(value);
      case Term.Variable(String name) -> arguments.get(name);
      case Term.Unary u -> switch (u.function()) {
        case SIGMOID -> "torch.sigmoid(" + of(u.of()) + ")";
        case SOFTPLUS -> "F.softplus(" + of(u.of()) + ")";
        case RELU -> "F.relu(" + of(u.of()) + ")";
        case EXP, LOG, SQRT, TANH, EXPM1, LOG1P, ABS, SIN, COS, ATAN, FLOOR, CEIL, ROUND, ERF -> "torch." + u.function().name().toLowerCase(java.util.Locale.ROOT) + "(" + of(u.of()) + ")";
      };
      case Term.Binary b -> switch (b.operator()) {
        case ADD -> infix(b, " + ");
        case SUBTRACT -> infix(b, " - ");
        case MULTIPLY -> infix(b, " * ");
        case DIVIDE -> infix(b, " / ");
        case POWER -> infix(b, " ** ");
        case MAX -> "torch.maximum(" + tensor(b.left()) + ", " + tensor(b.right()) + ")";
        case MIN -> "torch.minimum(" + tensor(b.left()) + ", " + tensor(b.right()) + ")";
      };
      case Term.Choice c -> "torch.where(" + inside(c.left()) + " " + switch (c.relation()) {
        case EQ -> "==";
        case NE -> "!=";
        case LT -> "<";
        case LE -> "<=";
        case GT -> ">";
        case GE -> ">=";
      } + " " + inside(c.right()) + ", " + of(c.then()) + ", " + of(c.otherwise()) + ")";
    };
  }

  private String infix(Term.Binary b, String sign) {
    return "(" + inside(b.left()) + sign + inside(b.right()) + ")";
  }

  /** Where a plain number does not do. */
  private String tensor(Term term) {
    return term instanceof Term.Number ? "torch.tensor(" + of(term) + ")" : of(term);
  }

  static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e9 ? Long.toString((long) value) + ".0" : Double.toString(value);
  }
}
