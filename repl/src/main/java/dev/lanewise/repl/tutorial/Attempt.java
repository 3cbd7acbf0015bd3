package dev.lanewise.repl.tutorial;

import dev.lanewise.dsl.meaning.CheckedNet;
import dev.lanewise.dsl.meaning.Constant;
import dev.lanewise.dsl.run.Outcome;
import dev.lanewise.dsl.run.SessionEvent;
import dev.lanewise.dsl.session.Session;
import dev.lanewise.runtime.train.TrainEvent;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Something that was typed in a step, after it ran without a mistake.
 *
 * @param networks those that it defines
 * @param events what happened
 * @param quiet to ask the session something without anybody noticing
 */
record Attempt(String text, List<CheckedNet> networks, List<SessionEvent> events, Quiet quiet) {
  /** Runs a text in the session and leaves no trace of it. */
  interface Quiet {
    Outcome run(String text, java.util.function.Consumer<Session> then);
  }

  /** The number that came out last. */
  OptionalDouble number() {
    return events.reversed().stream()
        .filter(SessionEvent.Value.class::isInstance)
        .map(e -> ((SessionEvent.Value) e).text())
        .filter(t -> t.matches("-?[0-9.]+(E-?[0-9]+)?"))
        .mapToDouble(Double::parseDouble)
        .findFirst();
  }

  /** A name was looked at. */
  boolean isLook() {
    return text.matches("[\\p{L}_][\\p{L}\\p{Nd}_]*");
  }

  /** Something was given a name, perhaps to be used in the answer. */
  boolean isBinding() {
    return text.matches("(?s)[\\p{L}_][\\p{L}\\p{Nd}_]*\\s*=[^=].*");
  }

  /** The network that was trained last. */
  Optional<String> trained() {
    return events.reversed().stream()
        .filter(e -> e instanceof SessionEvent.Training(TrainEvent.Started _))
        .map(e -> ((TrainEvent.Started) ((SessionEvent.Training) e).event()).net())
        .findFirst();
  }

  /** The value of an expression; empty if it has none. */
  OptionalDouble probe(String expression) {
    double[] value = {Double.NaN};
    Outcome outcome = quiet.run("probe = " + expression, s ->
        s.value("probe").ifPresent(v -> value[0] = v instanceof Constant.Num(double x) ? x : Double.NaN));
    return outcome == Outcome.OK && !Double.isNaN(value[0]) ? OptionalDouble.of(value[0]) : OptionalDouble.empty();
  }

  /** Names of the layers of a network, in order: {@code dense}, {@code relu}. */
  static List<String> layers(CheckedNet net) {
    return net.layers().stream().map(l -> l.call().replaceAll("\\(.*", "")).toList();
  }
}
