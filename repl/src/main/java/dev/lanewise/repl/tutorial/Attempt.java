package dev.lanewise.repl.tutorial;

import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.meaning.CheckedNet;
import dev.lanewise.dsl.parse.ScriptParser;
import dev.lanewise.dsl.session.Session;
import dev.lanewise.dsl.syntax.Expression;
import dev.lanewise.dsl.syntax.Statement;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Something that was typed in a step, after it ran without a mistake.
 *
 * @param text one statement or several
 * @param names that they have bound, in order
 */
record Attempt(String text, List<String> names, Session session) {
  private static final String ASKED = "asked";

  List<Statement> statements() {
    return ScriptParser.parse(source()).script().statements();
  }

  /** The networks that were defined, with their shapes. */
  List<CheckedNet> networks() {
    return session.networks(source());
  }

  boolean trains() {
    return statements().stream().anyMatch(s -> s instanceof Statement.Train || s instanceof Statement.Sweep);
  }

  /** A name was looked at, and nothing else. */
  boolean isLook() {
    return statements().stream().allMatch(s -> s instanceof Statement.Evaluate(_, Expression.Word _));
  }

  /** Something was given a name, perhaps to be used in the answer. */
  boolean isBinding() {
    return statements().stream().allMatch(Statement.Binding.class::isInstance);
  }

  /** The value of an expression here and now; empty if it is no number. */
  OptionalDouble value(String expression) {
    return value("", expression);
  }

  /** The same after some definitions, of which no trace is left. */
  OptionalDouble value(String definitions, String expression) {
    return session.ask(definitions + "\n" + ASKED + " = " + expression, ASKED);
  }

  private Source source() {
    return new Source("prompt", text);
  }
}
