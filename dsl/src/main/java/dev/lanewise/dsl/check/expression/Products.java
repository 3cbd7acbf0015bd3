package dev.lanewise.dsl.check.expression;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.Problems;
import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.syntax.Expression;
import java.util.Optional;

/** What looks like a call of a number, {@code 2(y - t)} or {@code y(1 - y)}: on paper it is a product. */
final class Products {
  private Products() {}

  /** Tells how it is written. */
  static <T> Optional<T> report(Problems problems, Expression.Call c) {
    boolean factor = c.arguments().size() == 1 && c.arguments().getFirst().name().isEmpty();
    return factor
        ? problems.report(Code.L081, c.span(), "a product is written with `*`: " + text(problems.source(), c), "")
        : problems.report(Code.L071, c.callee().span(), "this is no function", "");
  }

  private static String text(Source source, Expression.Call c) {
    String all = source.text(c.span());
    int open = opening(all);
    boolean inner = c.callee() instanceof Expression.Call call && call.callee().dotted().isEmpty() && call.arguments().size() == 1;
    String left = inner ? text(source, (Expression.Call) c.callee()) : all.substring(0, open).strip();
    Expression factor = c.arguments().getFirst().value();
    boolean single = factor instanceof Expression.Word || factor instanceof Expression.Number || factor instanceof Expression.Call;
    return left + " * " + (single ? source.text(factor.span()) : all.substring(open));
  }

  /** Where the last bracket of a text begins. */
  private static int opening(String text) {
    int depth = 0;
    for (int i = text.length() - 1; i > 0; i--) {
      depth += text.charAt(i) == ')' ? 1 : text.charAt(i) == '(' ? -1 : 0;
      if (depth == 0) {
        return i;
      }
    }
    return 0;
  }
}
