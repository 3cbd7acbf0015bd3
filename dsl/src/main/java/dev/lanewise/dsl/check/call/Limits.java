package dev.lanewise.dsl.check.call;

import dev.lanewise.dsl.check.expression.Calls;
import dev.lanewise.dsl.check.expression.Formulas;
import dev.lanewise.dsl.diagnostic.Edit;
import dev.lanewise.dsl.diagnostic.Problems;
import dev.lanewise.dsl.diagnostic.Remedy;
import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.dsl.meaning.Constant;
import dev.lanewise.dsl.syntax.Argument;
import dev.lanewise.dsl.syntax.Call;
import dev.lanewise.dsl.syntax.Expression;
import dev.lanewise.runtime.signature.Signature;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Numbers that are out of the range of an argument: what is to be written in their place. */
public record Limits(Formulas formulas, Problems problems) {
  /** Good beginnings where the default is another way of training: no momentum, no decay. */
  private static final Map<String, String> GOOD = Map.of(
      "momentum", "0.9", "decay", "0.0001", "most", "1", "factor", "0.5", "share", "0.1", "every", "1", "smooth", "0.1", "patience", "3");
  private static final double PERCENT = 2;

  /** The expression that a call gives for an argument. */
  public static Optional<Expression> given(Signature signature, Call call, String name) {
    int position = 0;
    for (Argument g : call.arguments()) {
      boolean has = position < signature.arguments().size();
      String own = g.name().isPresent() ? g.name().get().text() : has ? signature.arguments().get(position++).name() : "";
      if (own.equals(name)) {
        return Optional.of(g.value());
      }
    }
    return Optional.empty();
  }

  /** The number that a call gives for an argument. */
  public Optional<Double> number(Signature signature, Call call, String name) {
    return given(signature, call, name).flatMap(formulas::constant).flatMap(c -> c instanceof Constant.Num(double v) ? Optional.of(v) : Optional.empty());
  }

  /** A good beginning for an argument: what is usual, or else the default. */
  public static String good(Signature signature, String name) {
    return Optional.ofNullable(GOOD.get(name)).filter(_ -> !signature.name().equals("adamw") || !name.equals("decay"))
        .or(() -> signature.arguments().stream().filter(a -> a.name().equals(name) && !a.isRequired()).findFirst().map(a -> plain(a.fallback().toString())))
        .orElse("");
  }

  private static String plain(String number) {
    return number.endsWith(".0") ? number.substring(0, number.length() - 2) : number.replaceFirst("^([0-9])\\.0E(-?[0-9]+)$", "$1e$2");
  }

  /** Where a number that makes no sense stands; the call where nothing is given. @param message names the argument first */
  public static Span span(Signature signature, Call call, String message) {
    return wrong(signature, message).flatMap(name -> given(signature, call, name)).map(Expression::span).orElse(call.span());
  }

  /** The same number without its sign, or a hundredth of it where it was meant in percent; else a good beginning. */
  public Remedy remedy(Signature signature, Call call, String message) {
    Optional<String> name = wrong(signature, message);
    Optional<Expression> given = name.flatMap(n -> given(signature, call, n));
    if (given.isEmpty()) {
      return Remedy.NONE;
    }
    Optional<Edit> comma = decimalComma(call);
    if (comma.isPresent()) {
      return Remedy.of("write `" + Edit.applied(problems.source().text(call.span()), List.of(moved(comma.get(), call))) + "`", comma.get());
    }
    double value = number(signature, call, name.get()).orElse(Double.NaN);
    boolean share = message.contains("below 1,") || message.contains("and 1.0,");
    if (given.get() instanceof Expression.Unary u && value < 0 && (!share || value > -1)) {
      return Remedy.write(given.get().span(), problems.source().text(u.operand().span()));
    }
    if (share && value >= PERCENT && value < 100) {
      return Remedy.write(given.get().span(), text(value / 100));
    }
    String good = good(signature, name.get());
    return good.isEmpty() ? Remedy.NONE : Remedy.write(given.get().span(), good);
  }

  /** {@code adam(0,02)}: two whole numbers with nothing but a comma between are one with a point. */
  private Optional<Edit> decimalComma(Call call) {
    if (call.arguments().size() < 2 || !(call.arguments().get(0).value() instanceof Expression.Number a) || !(call.arguments().get(1).value() instanceof Expression.Number b)) {
      return Optional.empty();
    }
    Span between = new Span(a.span().end(), b.span().start());
    boolean whole = problems.source().text(a.span()).matches("[0-9]+") && problems.source().text(b.span()).matches("[0-9]+");
    return whole && problems.source().text(between).equals(",") ? Optional.of(new Edit(between, ".")) : Optional.empty();
  }

  /** Counted from where a call begins. */
  private static Edit moved(Edit edit, Call call) {
    return new Edit(new Span(edit.span().start() - call.span().start(), edit.span().end() - call.span().start()), edit.text());
  }

  /** {@code 0.85}: without what binary fractions add. */
  public static String text(double number) {
    return new BigDecimal(number).round(new MathContext(10)).stripTrailingZeros().toPlainString();
  }

  /** {@code sgd: lr must be above 0, not -1.0}. */
  private static Optional<String> wrong(Signature signature, String message) {
    List<String> names = signature.arguments().stream().map(a -> a.name()).toList();
    String own = message.substring(message.indexOf(": ") + 1).strip();
    return names.stream().filter(n -> own.startsWith(n + " ")).findFirst();
  }
}
