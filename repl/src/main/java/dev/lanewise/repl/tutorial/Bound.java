package dev.lanewise.repl.tutorial;

import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.parse.ScriptParser;
import dev.lanewise.dsl.session.Session;
import dev.lanewise.dsl.syntax.Expression;
import dev.lanewise.dsl.syntax.Name;
import dev.lanewise.dsl.syntax.Statement;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.regex.Pattern;

/** The names of the tutorial: a step finds those that it needs, and what the learner has made stays. */
final class Bound {
  /** {@code {= w1 * x1}}. */
  private static final Pattern NUMBER = Pattern.compile("\\{= (.*?)}");

  private final Session session;
  /** Bound while the tutorial was open; any other name may stand for something else. */
  private final Set<String> names = new HashSet<>();
  private final Set<String> trained = new HashSet<>();

  Bound(Session session) {
    this.session = session;
  }

  void noticed(Attempt attempt) {
    attempt.statements().forEach(this::noticed);
  }

  private void noticed(Statement statement) {
    statement.binds().map(Name::text).ifPresent(name -> {
      names.add(name);
      trained.remove(name);
    });
    net(statement).ifPresent(trained::add);
  }

  /** Runs the statements whose names are not there, or mean something else. They are told as if somebody had typed them, and can be taken back. */
  void given(List<String> statements) {
    for (String text : statements) {
      Statement statement = ScriptParser.parse(new Source("prompt", text)).script().statements().getFirst();
      if (isMissing(text, statement)) {
        session.run(new Source("prompt", text));
        noticed(statement);
      }
    }
  }

  private boolean isMissing(String text, Statement statement) {
    Optional<String> net = net(statement);
    if (net.isPresent()) {
      return !trained.contains(net.get());
    }
    String name = statement.binds().orElseThrow().text();
    if (!session.knows(name) || !names.contains(name)) {
      return true;
    }
    return statement instanceof Statement.Binding && !session.ask(text, name).equals(session.ask("", name));
  }

  private static Optional<String> net(Statement statement) {
    return statement instanceof Statement.Train t && t.net() instanceof Expression.Word(_, String net) ? Optional.of(net) : Optional.empty();
  }

  /** A text with numbers in the places of the formulas. */
  String filled(String text) {
    return NUMBER.matcher(text).replaceAll(found -> {
      OptionalDouble value = session.ask("asked = " + found.group(1), "asked");
      return value.isPresent() ? figures(value.getAsDouble()) : "?";
    });
  }

  /** Four places, as many as one types: {@code 0.5744}, {@code -0.16}, {@code 42}. */
  static String figures(double value) {
    String text = String.format(Locale.ROOT, "%.4f", value);
    return text.replaceAll("0+$", "").replaceAll("\\.$", "").replaceAll("^-0$", "0");
  }
}
