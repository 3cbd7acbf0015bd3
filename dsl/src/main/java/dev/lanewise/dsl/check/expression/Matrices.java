package dev.lanewise.dsl.check.expression;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.Edit;
import dev.lanewise.dsl.diagnostic.Problems;
import dev.lanewise.dsl.diagnostic.Remedy;
import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.dsl.syntax.Expression;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Products of a value with a weight of two dimensions that are hardly what is written: the dimensions the other way round, or {@code *} in place of {@code @}. */
record Matrices(Problems problems) {
  private static final String DIMENSIONS = "\\s*:\\s*\\[\\s*([^,\\[\\]]+?)\\s*,\\s*([^,\\[\\]]+?)\\s*]";

  /** The weight with its dimensions swapped, if it fits then. */
  Optional<Remedy> fitting(Expression.Binary b, Traced left, Traced right) {
    boolean row = isMatrix(right) && !isMatrix(left);
    boolean column = isMatrix(left) && !isMatrix(right);
    if (!row && !column) {
      return Optional.empty();
    }
    boolean fits = (row ? right : left).shape().dim(row ? 1 : 0) == (row ? left : right).shape().channels();
    String weight = (row ? b.right() : b.left()).dotted().orElse("");
    return fits && !weight.isEmpty() ? swapped(weight, b.span().start()) : Optional.empty();
  }

  private Optional<Remedy> swapped(String weight, int before) {
    Matcher written = Pattern.compile("\\bweight\\s+" + Pattern.quote(weight) + DIMENSIONS).matcher(problems.source().text()).region(0, before);
    Optional<Remedy> last = Optional.empty();
    while (written.find()) {
      last = Optional.of(Remedy.of(
          "write `[" + written.group(2) + ", " + written.group(1) + "]` for its dimensions",
          new Edit(new Span(written.start(1), written.end(1)), written.group(2)), new Edit(new Span(written.start(2), written.end(2)), written.group(1))));
    }
    return last;
  }

  /** Warns of a flat value times a matrix that could be multiplied with it. */
  void elementwise(Expression.Binary b, Traced left, Traced right) {
    boolean row = isFlat(left) && isMatrix(right) && right.shape().dim(0) == left.shape().channels();
    boolean column = isFlat(right) && isMatrix(left) && left.shape().dim(1) == right.shape().channels();
    int sign = problems.source().text().indexOf('*', b.left().span().end());
    if ((row || column) && sign >= 0 && sign < b.right().span().start()) {
      problems.report(
          Code.L145, b.span(), "`*` multiplies element by element: a product with a weight of two dimensions is written with `@`",
          Remedy.write(new Span(sign, sign + 1), "@"));
    }
  }

  private static boolean isFlat(Traced value) {
    return value.shared() < 0 && !value.isNumber() && value.shape().isFlat();
  }

  private static boolean isMatrix(Traced value) {
    return value.shared() >= 0 && value.shape().rank() == 2;
  }
}
