package dev.lanewise.dsl.check.expression;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.Edit;
import dev.lanewise.dsl.diagnostic.Problems;
import dev.lanewise.dsl.diagnostic.Remedy;
import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.dsl.meaning.Arithmetic;
import dev.lanewise.dsl.meaning.Constant;
import dev.lanewise.dsl.scope.Formula;
import dev.lanewise.dsl.scope.Formula.Kind;
import dev.lanewise.dsl.scope.Formula.Known;
import dev.lanewise.dsl.syntax.Expression;
import dev.lanewise.dsl.syntax.Operator;
import dev.lanewise.runtime.score.Measure;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Optional;

/** Operators between values: computed at once where both are known. */
record Operations(Problems problems) {
  Optional<Formula> unary(Expression.Unary u, Formula operand) {
    if (operand instanceof Known(Constant value)) {
      Optional<Constant> result = Arithmetic.apply(u.operator(), value);
      return result.isPresent() ? Optional.of(new Known(result.get())) : noResult(u.span(), u.operator());
    }
    Kind wanted = u.operator() == Operator.NOT ? Kind.FLAG : operand.kind() == Kind.LIST ? Kind.LIST : Kind.NUMBER;
    return operand.kind() == wanted
        ? Optional.of(new Formula.Unary(u.span(), u.operator(), operand, wanted))
        : noResult(u.span(), u.operator());
  }

  Optional<Formula> binary(Expression.Binary b, Formula left, Formula right) {
    if (left instanceof Known(Constant x) && right instanceof Known(Constant y)) {
      Optional<Constant> result = Arithmetic.apply(b.operator(), x, y);
      return result.isPresent() ? Optional.of(new Known(result.get())) : noResult(b, left, right);
    }
    boolean logic = b.operator() == Operator.AND || b.operator() == Operator.OR;
    boolean lists = left.kind() == Kind.LIST || right.kind() == Kind.LIST;
    if (lists && !b.operator().isComparison() && !logic && b.operator() != Operator.AT) {
      return isListOrNumber(left) && isListOrNumber(right) && !differ(left, right)
          ? Optional.of(new Formula.Binary(b.span(), b.operator(), left, right, Kind.LIST))
          : noResult(b, left, right);
    }
    if (b.operator().isComparison() && isBare(left, right)) {
      return bare(b, left, right);
    }
    Kind wanted = logic ? Kind.FLAG : Kind.NUMBER;
    if (b.operator().isComparison()) {
      share(left, b.right(), right);
      share(right, b.left(), left);
    }
    return left.kind() == wanted && right.kind() == wanted && b.operator() != Operator.AT
        ? Optional.of(
            new Formula.Binary(
                b.span(), b.operator(), left, right, logic || b.operator().isComparison() ? Kind.FLAG : Kind.NUMBER))
        : noResult(b.span(), b.operator());
  }

  private static boolean isBare(Formula left, Formula right) {
    return left.kind() == Kind.SCORE && right.kind() == Kind.NUMBER || left.kind() == Kind.NUMBER && right.kind() == Kind.SCORE;
  }

  /** {@code test(N, digits) > 0.9}: a score has several numbers. */
  private Optional<Formula> bare(Expression.Binary b, Formula left, Formula right) {
    Expression score = left.kind() == Kind.SCORE ? b.left() : b.right();
    Formula scored = left.kind() == Kind.SCORE ? left : right;
    boolean classes = scored.scored().filter(s -> Measure.Kind.ACCURACY.suits(s.data().target())).isPresent();
    boolean above = (left.kind() == Kind.SCORE) == (b.operator() == Operator.MORE || b.operator() == Operator.AT_LEAST);
    String part = above && classes ? ".accuracy" : ".loss";
    return problems.report(
        Code.L023, b.span(), "`" + b.operator().text() + "` does not work for these values", Remedy.of("write `" + part + "` behind the score", Edit.insert(score.span().end(), part)));
  }

  /** A share goes from 0 to 1; what is above was meant in percent. */
  private void share(Formula measured, Expression written, Formula bound) {
    Optional<Measure.Kind> kind = switch (measured) {
      case Formula.Part part -> Optional.of(part.kindOfScore());
      case Formula.OfRun run -> Optional.of(run.measure().kind());
      case Formula.OfFolds folds -> Optional.of(folds.measure());
      default -> Optional.empty();
    };
    if (kind.filter(Measure.Kind::isShare).isPresent() && bound instanceof Known(Constant.Num(double value)) && value > 1) {
      String text = new BigDecimal(value).round(new MathContext(10)).divide(new BigDecimal(100)).stripTrailingZeros().toPlainString();
      problems.report(
          Code.L134, written.span(), "`" + kind.get() + "` goes from 0 to 1 and is never " + problems.source().text(written.span()), value <= 100 && value >= 2 ? Remedy.write(written.span(), text) : Remedy.NONE);
    }
  }

  static boolean isListOrNumber(Formula formula) {
    return formula.kind() == Kind.LIST || formula.kind() == Kind.NUMBER;
  }

  /** Whether two lists have different shapes. */
  private static boolean differ(Formula left, Formula right) {
    return left.shape().isPresent() && right.shape().isPresent() && !left.shape().equals(right.shape());
  }

  private Optional<Formula> noResult(Expression.Binary b, Formula left, Formula right) {
    return differ(left, right)
        ? problems.report(
            Code.L023, b.span(), "`" + b.operator().text() + "` needs lists of one length: here are " + left.shape().get() + " and " + right.shape().get(), "")
        : noResult(b.span(), b.operator());
  }

  private Optional<Formula> noResult(Span span, Operator operator) {
    return problems.report(Code.L023, span, "`" + operator.text() + "` does not work for these values", "");
  }
}
