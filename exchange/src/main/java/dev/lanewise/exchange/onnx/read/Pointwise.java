package dev.lanewise.exchange.onnx.read;

import static dev.lanewise.exchange.draft.Formula.call;
import static dev.lanewise.exchange.draft.Formula.number;
import static dev.lanewise.exchange.draft.Formula.where;

import ai.onnx.proto.OnnxMl.TensorProto;
import dev.lanewise.exchange.draft.Fixed;
import dev.lanewise.exchange.draft.Formula;
import dev.lanewise.exchange.draft.Padding;
import dev.lanewise.exchange.draft.RefusedException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.function.Function;

/** Operators that work on every element by itself, as formulas. Flags are 1 and 0. */
final class Pointwise {
  private static final Map<String, Function<Node, Formula>> OPERATORS = operators();

  /** What of whole numbers gives whole numbers. */
  private static final Set<String> WHOLE = Set.of("Add", "Sub", "Mul", "Div", "Max", "Min", "Sum", "Neg", "Abs", "Identity", "Where", "Mod", "Clip", "Sign", "Floor", "Ceil", "Round");
  private static final Set<String> FLAGS = Set.of("Less", "LessOrEqual", "Greater", "GreaterOrEqual", "Equal", "And", "Or", "Not", "Xor", "IsNaN", "IsInf");

  private Pointwise() {}

  static boolean has(String operator) {
    return OPERATORS.containsKey(operator);
  }

  static Set<String> names() {
    return OPERATORS.keySet();
  }

  static Formula of(Node node) {
    return OPERATORS.get(node.operator()).apply(node);
  }

  /** Of numbers that are known. */
  static Fixed folded(Node node) {
    boolean same = Set.of("Identity", "Dropout").contains(node.operator()) || node.operator().equals("Cast") && node.fixed(0, "input").isWhole() == Tensors.isWhole(node.to());
    return same ? node.fixed(0, "input") : computed(node);
  }

  private static Fixed computed(Node node) {
    List<Fixed> in = node.in().stream().filter(i -> i != null).map(i -> (Fixed) i).toList();
    int[] dims = {};
    for (Fixed f : in) {
      dims = together(dims, f.dims());
    }
    int[] shape = dims;
    List<Fixed> spread = in.stream().map(f -> f.spread(shape)).toList();
    boolean whole = FLAGS.contains(node.operator()) || WHOLE.contains(node.operator()) && in.stream().allMatch(Fixed::isWhole) || node.operator().equals("Cast") && Tensors.isWhole(node.to());
    int size = Fixed.size(shape);
    double[] made = new double[size];
    if (in.stream().allMatch(Fixed::isWhole) && node.operator().equals("Div")) {
      for (int i = 0; i < size; i++) {
        made[i] = spread.get(0).whole(i) / Math.max(1, spread.get(1).whole(i));
      }
    } else if (known(node.operator()) != null) {
      for (int i = 0; i < size; i++) {
        made[i] = known(node.operator()).apply(spread.get(0).at(i), spread.size() > 1 ? spread.get(1).at(i) : 0);
      }
    } else {
      Formula formula = of(node);
      for (int i = 0; i < size; i++) {
        int at = i;
        made[i] = formula.evaluate(leaf -> {
          Fixed value = (Fixed) ((Formula.Leaf) leaf).value();
          for (int k = 0; k < in.size(); k++) {
            if (in.get(k) == value) {
              return spread.get(k).at(at);
            }
          }
          return value.at(0);
        });
      }
    }
    if (whole) {
      return Fixed.wholes(shape, Arrays.stream(made).mapToLong(d -> (long) d).toArray());
    }
    float[] numbers = new float[size];
    for (int i = 0; i < size; i++) {
      numbers[i] = (float) made[i];
    }
    Fixed result = Fixed.of(shape, numbers);
    return switch (node.operator()) {
      case "Div" -> result.from("/", in);
      case "Sqrt" -> result.from("sqrt", in);
      case "Add" -> result.from("+", in);
      default -> result;
    };
  }

  /** What is computed of known numbers alone. */
  private static BinaryOperator<Double> known(String operator) {
    return switch (operator) {
      case "Identity", "Dropout", "Cast", "CastLike" -> (a, _) -> a;
      case "Add" -> (a, b) -> a + b;
      case "Sub" -> (a, b) -> a - b;
      case "Mul" -> (a, b) -> a * b;
      case "Div" -> (a, b) -> a / b;
      case "Floor" -> (a, _) -> Math.floor(a);
      case "Ceil" -> (a, _) -> Math.ceil(a);
      case "Round" -> (a, _) -> Math.rint(a);
      default -> null;
    };
  }

  static int[] together(int[] a, int[] b) {
    int rank = Math.max(a.length, b.length);
    int[] dims = new int[rank];
    for (int i = 0; i < rank; i++) {
      int x = i < rank - a.length ? 1 : a[i - rank + a.length], y = i < rank - b.length ? 1 : b[i - rank + b.length];
      if (x != y && x != 1 && y != 1) {
        throw new RefusedException("values of " + Arrays.toString(a) + " and " + Arrays.toString(b) + " do not go together");
      }
      dims[i] = x == 1 ? y : x;
    }
    return dims;
  }

  private static Function<Node, Formula> plain(Function<Formula, Formula> f) {
    return n -> f.apply(n.formula(0));
  }

  private static Function<Node, Formula> word(String word) {
    return n -> call(word, n.formula(0));
  }

  private static Function<Node, Formula> pair(BinaryOperator<Formula> f) {
    return n -> f.apply(n.formula(0), n.formula(1));
  }

  private static Function<Node, Formula> many(BinaryOperator<Formula> f) {
    return n -> {
      Formula all = n.formula(0);
      for (int i = 1; i < n.in().size(); i++) {
        all = f.apply(all, n.formula(i));
      }
      return all;
    };
  }

  private static Function<Node, Formula> relation(String relation) {
    return pair((a, b) -> where(a, relation, b, number(1), number(0)));
  }

  private static Map<String, Function<Node, Formula>> operators() {
    Map<String, Function<Node, Formula>> all = new TreeMap<>();
    Map.of("Relu", "relu", "Sigmoid", "sigmoid", "Tanh", "tanh", "Exp", "exp", "Log", "log", "Sqrt", "sqrt", "Erf", "erf", "Abs", "abs", "Sin", "sin").forEach((op, word) -> all.put(op, word(word)));
    List.of("Cos", "Acos", "Asin", "Atan", "Floor", "Ceil", "Round").forEach(op -> all.put(op, word(op.toLowerCase(Locale.ROOT))));
    all.put("Neg", word("-"));
    all.put("Add", pair(Formula::plus));
    all.put("Sub", pair(Formula::minus));
    all.put("Mul", pair(Formula::times));
    all.put("Div", n -> n.whole() ? towardsZero(n.formula(0).over(n.formula(1))) : n.formula(0).over(n.formula(1)));
    all.put("Pow", Pointwise::power);
    all.put("Max", many((a, b) -> call("max", a, b)));
    all.put("Min", many((a, b) -> call("min", a, b)));
    all.put("Sum", many(Formula::plus));
    all.put("Mean", n -> many(Formula::plus).apply(n).over(number(n.in().size())));
    all.put("Reciprocal", plain(x -> number(1).over(x)));
    all.put("Tan", plain(x -> call("sin", x).over(call("cos", x))));
    all.put("Sinh", plain(x -> call("expm1", x).minus(call("expm1", call("-", x))).over(number(2))));
    all.put("Cosh", plain(x -> call("exp", x).plus(call("exp", call("-", x))).over(number(2))));
    all.put("Asinh", plain(x -> call("log", x.plus(call("sqrt", x.times(x).plus(number(1)))))));
    all.put("Acosh", plain(x -> call("log", x.plus(call("sqrt", x.times(x).minus(number(1)))))));
    all.put("Atanh", plain(x -> call("log", number(1).plus(x).over(number(1).minus(x))).over(number(2))));
    all.put("Sign", plain(x -> where(x, ">", number(0), number(1), where(x, "<", number(0), number(-1), number(0)))));
    all.put("Softplus", plain(x -> call("log", number(1).plus(call("exp", x)))));
    all.put("Softsign", plain(x -> x.over(number(1).plus(call("abs", x)))));
    all.put("HardSwish", plain(x -> x.times(hardSigmoid(x, 1.0 / 6, 0.5))));
    all.put("Mish", plain(x -> x.times(call("tanh", call("log", number(1).plus(call("exp", x)))))));
    all.put("HardSigmoid", n -> hardSigmoid(n.formula(0), n.number("alpha", 0.2), n.number("beta", 0.5)));
    all.put("LeakyRelu", n -> leaky(n.formula(0), number(n.number("alpha", 0.01))));
    all.put("PRelu", n -> leaky(n.formula(0), n.formula(1)));
    all.put("ThresholdedRelu", n -> where(n.formula(0), ">", number(n.number("alpha", 1)), n.formula(0), number(0)));
    all.put("Elu", n -> elu(n.formula(0), 1, n.number("alpha", 1), 1));
    all.put("Celu", n -> elu(n.formula(0), 1, n.number("alpha", 1), n.number("alpha", 1)));
    // Before version 6 with fewer digits.
    all.put("Selu", n -> elu(n.formula(0), n.number("gamma", n.opset() < 6 ? 1.0507 : 1.0507009873554805), n.number("alpha", n.opset() < 6 ? 1.6732 : 1.6732632423543772), 1));
    all.put("Gelu", Pointwise::gelu);
    all.put("Swish", n -> n.formula(0).times(call("sigmoid", n.number("alpha", 1) == 1 ? n.formula(0) : number(n.number("alpha", 1)).times(n.formula(0)))));
    all.put("Shrink", n -> {
      double lambda = n.number("lambd", 0.5), bias = n.number("bias", 0);
      return where(n.formula(0), "<", number(-lambda), n.formula(0).plus(number(bias)), where(n.formula(0), ">", number(lambda), n.formula(0).minus(number(bias)), number(0)));
    });
    all.put("Clip", Pointwise::clip);
    all.put("DequantizeLinear", n -> (n.has(2) ? n.formula(0).minus(n.formula(2)) : n.formula(0)).times(n.formula(1)));
    all.put("IsNaN", plain(x -> where(x, "!=", x, number(1), number(0))));
    all.put("IsInf", n -> infinite(n.formula(0), n.whole("detect_positive", 1) == 1, n.whole("detect_negative", 1) == 1));
    all.put("Identity", plain(x -> x));
    all.put("Dropout", plain(x -> x));
    all.put("Less", relation("<"));
    all.put("LessOrEqual", relation("<="));
    all.put("Greater", relation(">"));
    all.put("GreaterOrEqual", relation(">="));
    all.put("Equal", relation("=="));
    all.put("And", pair(Formula::times));
    all.put("Or", pair((a, b) -> call("max", a, b)));
    all.put("Xor", pair((a, b) -> where(a, "!=", b, number(1), number(0))));
    all.put("Not", plain(x -> number(1).minus(x)));
    all.put("Where", n -> chosen(n.formula(0), n.formula(1), n.formula(2)));
    all.put("Cast", Pointwise::cast);
    all.put("CastLike", plain(x -> x));
    all.put("Mod", n -> {
      Formula ratio = n.formula(0).over(n.formula(1));
      return n.formula(0).minus(n.formula(1).times(n.whole("fmod", 0) == 1 ? towardsZero(ratio) : call("floor", ratio)));
    });
    all.put("BitShift", n -> {
      Formula power = call("round", call("^", number(2), n.formula(1)));
      return n.text("direction", "").equals("LEFT") ? n.formula(0).times(power) : call("floor", n.formula(0).over(power));
    });
    return all;
  }

  private static Formula chosen(Formula flag, Formula then, Formula otherwise) {
    return flag instanceof Formula.Choice c && c.then().equals(number(1)) && c.otherwise().equals(number(0))
        ? where(c.left(), c.relation(), c.right(), then, otherwise)
        : where(flag, "!=", number(0), then, otherwise);
  }

  private static Formula infinite(Formula x, boolean above, boolean below) {
    Formula high = where(x, ">", number(Float.MAX_VALUE), number(1), number(0)), low = where(x, "<", number(-Float.MAX_VALUE), number(1), number(0));
    return above && below ? call("max", high, low) : above ? high : below ? low : number(0).times(x);
  }

  private static Formula power(Node n) {
    if (n.formula(1) instanceof Formula.Leaf(Fixed e) && e.size() == 1) {
      if (e.at(0) == 2) {
        return n.formula(0).times(n.formula(0));
      }
      return e.at(0) == 0.5 ? call("sqrt", n.formula(0)) : call("^", n.formula(0), number(dev.lanewise.exchange.draft.Elements.shortest(e.at(0))));
    }
    return call("^", n.formula(0), n.formula(1));
  }

  private static Formula hardSigmoid(Formula x, double alpha, double beta) {
    // A sixth in single precision is a sixth.
    double a = Math.abs(alpha - 1.0 / 6) < 1e-7 ? 1.0 / 6 : alpha;
    return call("max", number(0), call("min", number(1), number(a).times(x).plus(number(beta))));
  }

  private static Formula leaky(Formula x, Formula slope) {
    return where(x, ">=", number(0), x, slope.times(x));
  }

  private static Formula elu(Formula x, double gamma, double alpha, double width) {
    Formula inner = width == 1 ? x : x.over(number(width));
    Formula both = where(x, ">", number(0), x, number(alpha).times(call("expm1", inner)));
    return gamma == 1 ? both : number(gamma).times(both);
  }

  private static Formula gelu(Node n) {
    Formula x = n.formula(0);
    if (n.text("approximate", "none").equals("tanh")) {
      Formula inner = number(Math.sqrt(2 / Math.PI)).times(x.plus(number(0.044715).times(call("^", x, number(3)))));
      return number(0.5).times(x).times(number(1).plus(call("tanh", inner)));
    }
    return x.times(number(1).plus(call("erf", x.over(number(Math.sqrt(2)))))).over(number(2));
  }

  private static Formula clip(Node n) {
    Formula x = n.formula(0);
    Formula low = n.has(1) ? n.formula(1) : n.hasAttribute("min") ? number(n.number("min", 0)) : null;
    Formula high = n.has(2) ? n.formula(2) : n.hasAttribute("max") ? number(n.number("max", 0)) : null;
    Formula above = low == null || isBeyond(low, -1e30) ? x : isZero(low) ? call("relu", x) : call("max", x, low);
    return high == null || isBeyond(high, 1e30) ? above : call("min", above, high);
  }

  private static boolean isZero(Formula f) {
    return f instanceof Formula.Number(double v) && v == 0 || f instanceof Formula.Leaf(Fixed x) && x.size() == 1 && x.at(0) == 0;
  }

  private static boolean isBeyond(Formula f, double limit) {
    double value = f instanceof Formula.Number(double v) ? v : f instanceof Formula.Leaf(Fixed x) && x.size() == 1 ? x.at(0) : 0;
    return limit > 0 ? value > limit : value < limit;
  }

  private static Formula cast(Node n) {
    int to = n.to();
    if (n.isAllFixed()) {
      return n.formula(0);
    }
    if (to == TensorProto.DataType.BOOL.getNumber()) {
      return isFlag(n.formula(0)) ? n.formula(0) : where(n.formula(0), "!=", number(0), number(1), number(0));
    }
    return Tensors.isWhole(to) && !n.whole() && !isFlag(n.formula(0)) && Padding.counted(n.formula(0)).isEmpty() ? towardsZero(n.formula(0)) : n.formula(0);
  }

  /** Without what stands behind the point. */
  private static Formula towardsZero(Formula x) {
    return where(x, "<", number(0), call("ceil", x), call("floor", x));
  }

  /** Whether a formula is 1 or 0. */
  static boolean isFlag(Formula f) {
    return f instanceof Formula.Choice c && isFlagNumber(c.then()) && (isFlagNumber(c.otherwise()) || isFlag(c.otherwise()))
        || f instanceof Formula.Call(String word, List<Formula> of) && (word.equals("*") || word.equals("max")) && of.stream().allMatch(Pointwise::isFlag)
        || f instanceof Formula.Call(String minus, List<Formula> two) && minus.equals("-") && two.size() == 2 && isFlagNumber(two.getFirst()) && isFlag(two.getLast());
  }

  private static boolean isFlagNumber(Formula f) {
    return f instanceof Formula.Number(double v) && (v == 0 || v == 1);
  }
}
