package dev.lanewise.exchange.onnx;

import ai.onnx.proto.OnnxMl.TensorProto;
import dev.lanewise.runtime.symbolic.Term;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A formula of every element by itself as nodes, each part of it once. */
final class Formulas {
  private final GraphWriter to;
  private final String like;
  private final Map<Term, String> known = new HashMap<>();

  /** @param like what the nodes are called @param arguments values by the names that the formula has for them */
  Formulas(GraphWriter to, String like, Map<String, String> arguments) {
    this.to = to;
    this.like = like;
    arguments.forEach((name, value) -> known.put(Term.variable(name), value));
  }

  String of(Term term) {
    String found = known.get(term);
    if (found == null) {
      found = made(term);
      known.put(term, found);
    }
    return found;
  }

  private String made(Term term) {
    return switch (term) {
      case Term.Number(double value) -> to.number(value);
      case Term.Variable(String name) -> throw new IllegalArgumentException(like + " has no " + name);
      case Term.Unary u -> unary(u);
      case Term.Binary b -> to.node(
          switch (b.operator()) {
            case ADD -> "Add";
            case SUBTRACT -> "Sub";
            case MULTIPLY -> "Mul";
            case DIVIDE -> "Div";
            case MAX -> "Max";
            case MIN -> "Min";
            case POWER -> "Pow";
          },
          like, List.of(of(b.left()), of(b.right())));
      case Term.Choice c -> to.node("Where", like, List.of(condition(c), of(c.then()), of(c.otherwise())));
    };
  }

  private String unary(Term.Unary u) {
    String x = of(u.of());
    return switch (u.function()) {
      case EXP -> to.node("Exp", like, List.of(x));
      case LOG -> to.node("Log", like, List.of(x));
      case SQRT -> to.node("Sqrt", like, List.of(x));
      case SIGMOID -> to.node("Sigmoid", like, List.of(x));
      case TANH -> to.node("Tanh", like, List.of(x));
      case EXPM1 -> to.node("Sub", like, List.of(to.node("Exp", like, List.of(x)), to.number(1)));
      case LOG1P -> to.node("Log", like, List.of(to.node("Add", like, List.of(x, to.number(1)))));
      case SOFTPLUS -> to.node("Softplus", like, List.of(x));
      case ABS -> to.node("Abs", like, List.of(x));
      case RELU -> to.node("Relu", like, List.of(x));
      case SIN -> to.node("Sin", like, List.of(x));
      case COS -> to.node("Cos", like, List.of(x));
      case ATAN -> to.node("Atan", like, List.of(x));
      case FLOOR -> to.node("Floor", like, List.of(x));
      case CEIL -> to.node("Ceil", like, List.of(x));
      case ROUND -> to.node("Round", like, List.of(x));
      case ERF -> to.node("Erf", like, List.of(x));
    };
  }

  private String condition(Term.Choice c) {
    List<String> sides = List.of(of(c.left()), of(c.right()));
    return switch (c.relation()) {
      case EQ -> to.node("Equal", like, sides);
      case NE -> to.node("Not", like, List.of(to.node("Equal", like, sides)));
      case LT -> to.node("Less", like, sides);
      case LE -> to.node("LessOrEqual", like, sides);
      case GT -> to.node("Greater", like, sides);
      case GE -> to.node("GreaterOrEqual", like, sides);
    };
  }

  /** Whole numbers as numbers. */
  static String asNumbers(GraphWriter to, String like, String wholes) {
    return to.node("Cast", like, List.of(wholes), GraphWriter.attribute("to", TensorProto.DataType.FLOAT.getNumber()));
  }
}
