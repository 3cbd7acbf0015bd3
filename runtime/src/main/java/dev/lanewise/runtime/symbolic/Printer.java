package dev.lanewise.runtime.symbolic;

import dev.lanewise.runtime.symbolic.Term.Binary;
import dev.lanewise.runtime.symbolic.Term.Choice;
import dev.lanewise.runtime.symbolic.Term.Number;
import dev.lanewise.runtime.symbolic.Term.Unary;
import dev.lanewise.runtime.symbolic.Term.Variable;

/** Writes terms as the language does, with the parentheses that they need and no others. */
final class Printer {
  private static final int SUM = 1;
  private static final int PRODUCT = 2;
  private static final int POWER = 3;
  private static final int ATOM = 4;

  private Printer() {}

  static String print(Term term) {
    return switch (term) {
      case Number(double value) -> value == Math.rint(value) && Math.abs(value) < 1e15
          ? Long.toString((long) value)
          : Double.toString(value);
      case Variable(String name) -> name;
      case Unary(Function f, Term of) when f == Function.SOFTPLUS -> "log(1 + exp(" + print(of) + "))";
      case Unary(Function f, Term of) -> f + "(" + print(of) + ")";
      case Binary(Operator o, Term a, Term b) when rank(term) == ATOM -> o.symbol + "(" + print(a) + ", " + print(b) + ")";
      case Binary(Operator o, Term a, Term b) when o == Operator.MULTIPLY && a.is(-1) -> "-" + within(b, POWER);
      case Binary(Operator o, Term a, Term b) when o == Operator.POWER -> within(a, ATOM) + " ^ " + within(b, ATOM);
      case Binary(Operator o, Term a, Term b) -> {
        boolean associates = o == Operator.ADD || o == Operator.MULTIPLY;
        boolean leads = rank(term) == PRODUCT && a instanceof Number;
        yield (leads ? print(a) : within(a, rank(term))) + " " + o.symbol + " " + within(b, associates ? rank(term) : rank(term) + 1);
      }
      case Choice(Relation r, Term a, Term b, Term then, Term otherwise) ->
          "where(" + print(a) + " " + r.symbol() + " " + print(b) + ", " + print(then) + ", " + print(otherwise) + ")";
    };
  }

  private static String within(Term term, int least) {
    return rank(term) < least ? "(" + print(term) + ")" : print(term);
  }

  private static int rank(Term term) {
    return term instanceof Binary(Operator o, Term _, Term _)
        ? switch (o) {
          case ADD, SUBTRACT -> SUM;
          case MULTIPLY, DIVIDE -> PRODUCT;
          case POWER -> POWER;
          case MAX, MIN -> ATOM;
        }
        : term instanceof Number(double value) && value < 0 ? SUM : ATOM;
  }
}
