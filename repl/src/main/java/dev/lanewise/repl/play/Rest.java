package dev.lanewise.repl.play;

import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.dsl.parse.ScriptParser;
import dev.lanewise.dsl.syntax.Argument;
import dev.lanewise.dsl.syntax.Expression;
import dev.lanewise.dsl.syntax.Setting;
import dev.lanewise.dsl.syntax.Statement;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * A script with another setting of its first training, and what of it is left to be run then.
 *
 * @param script with the other setting
 * @param left the same, but what stands before the training is blank, for it has been run
 */
record Rest(Source script, Source left) {
  /** With batches of another size; empty if there is no training. */
  static Optional<Rest> batch(Source source, int size) {
    return with(source, "batch", Integer.toString(size));
  }

  /**
   * With another learning rate; empty if there is no training.
   *
   * @param optimizer the one that it has where none is written
   */
  static Optional<Rest> rate(Source source, double rate, String optimizer) {
    String number = new BigDecimal(Double.toString(rate)).stripTrailingZeros().toPlainString();
    Optional<Expression> written = train(source).flatMap(t -> written(t, "optimizer"));
    return written.map(value -> of(switch (value) {
      case Expression.Call call -> rate(source, call, number);
      case Expression other -> replaced(source, new Span(other.span().end(), other.span().end()), "(" + number + ")");
    })).or(() -> with(source, "optimizer", optimizer + "(" + number + ")"));
  }

  private static Source rate(Source source, Expression.Call call, String number) {
    Optional<Argument> named = call.arguments().stream().filter(a -> a.name().filter(n -> n.text().equals("lr")).isPresent()).findFirst();
    Optional<Span> place = named.or(() -> call.arguments().stream().findFirst().filter(a -> a.name().isEmpty())).map(a -> a.value().span());
    if (place.isPresent()) {
      return replaced(source, place.get(), number);
    }
    int open = source.text().indexOf('(', call.callee().span().end()) + 1;
    return replaced(source, new Span(open, open), call.arguments().isEmpty() ? number : "lr = " + number + ", ");
  }

  private static Optional<Rest> with(Source source, String key, String value) {
    return train(source).map(t -> of(set(source, t, key, value)));
  }

  private static Rest of(Source script) {
    int start = train(script).orElseThrow().span().start();
    return new Rest(script, script.with(script.text().substring(0, start).replaceAll("[^\\r\\n]", " ") + script.text().substring(start)));
  }

  private static Optional<Statement.Train> train(Source source) {
    return ScriptParser.parse(source).script().statements().stream().filter(Statement.Train.class::isInstance).map(Statement.Train.class::cast).findFirst();
  }

  private static Optional<Expression> written(Statement.Train train, String key) {
    return train.settings().stream().filter(s -> s.key().text().equals(key)).map(Setting::value).findFirst();
  }

  private static Source set(Source source, Statement.Train train, String key, String value) {
    Optional<Span> written = written(train, key).map(Expression::span);
    if (written.isPresent()) {
      return replaced(source, written.get(), value);
    }
    int end = train.settings().isEmpty() ? train.data().span().end() : train.settings().getLast().span().end();
    String setting = key + " = " + value;
    return replaced(source, new Span(end, end), train.settings().isEmpty() ? " { " + setting + " }" : "; " + setting);
  }

  private static Source replaced(Source source, Span place, String text) {
    return source.with(source.text().substring(0, place.start()) + text + source.text().substring(place.end()));
  }
}
