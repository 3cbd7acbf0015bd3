package dev.lanewise.repl.tutorial;

import dev.lanewise.dsl.syntax.Statement;
import dev.lanewise.repl.tutorial.Goal.Verdict.Met;
import dev.lanewise.repl.tutorial.Goal.Verdict.Open;
import dev.lanewise.repl.tutorial.Goal.Verdict.Wrong;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * A function that gives the same as a formula, wherever it is asked. Mistakes are formulas, too, and {@code name}.
 *
 * @param parameters {@code u, v}
 */
record FunctionGoal(String label, String parameters, String formula) implements Goal {
  /** Where it is asked: as many of each as there are parameters. */
  private static final List<List<Double>> PLACES = List.of(List.of(0.3, -0.7, 0.9), List.of(-0.4, 0.2, 1.3));

  static FunctionGoal of(String written) {
    String[] sides = written.split(" = ", 2);
    String[] head = sides[0].split("[()]");
    return new FunctionGoal(head[0], head[1], sides[1]);
  }

  @Override
  public Verdict of(Attempt attempt, List<Mistake> mistakes) {
    List<String> defined = attempt.statements().stream().flatMap(s -> s instanceof Statement.Function f ? List.of(f.name().text()).stream() : null).toList();
    if (defined.isEmpty()) {
      return new Open();
    }
    if (isSame(attempt, defined.getLast(), formula)) {
      return defined.getLast().equals(label) ? new Met() : new Wrong(remark(mistakes, "name"::equals));
    }
    return new Wrong(remark(mistakes, formula -> isSame(attempt, defined.getLast(), formula)));
  }

  private static Optional<Said> remark(List<Mistake> mistakes, Predicate<String> made) {
    return mistakes.stream().filter(m -> made.test(m.what())).map(Mistake::remark).findFirst();
  }

  private boolean isSame(Attempt attempt, String name, String formula) {
    return PLACES.stream().allMatch(place -> {
      OptionalDouble given = attempt.value(call(name, place));
      OptionalDouble right = attempt.value("def judged(" + parameters + ") = " + formula, call("judged", place));
      return given.isPresent() && right.isPresent() && Math.abs(given.getAsDouble() - right.getAsDouble()) < 1e-9;
    });
  }

  private String call(String name, List<Double> place) {
    int count = parameters.split(",").length;
    return name + place.stream().limit(count).map(String::valueOf).collect(Collectors.joining(", ", "(", ")"));
  }
}
