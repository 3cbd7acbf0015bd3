package dev.lanewise.repl.tutorial;

import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.language.Language;
import dev.lanewise.dsl.parse.ScriptParser;
import dev.lanewise.dsl.session.Session;
import dev.lanewise.dsl.syntax.Expression;
import dev.lanewise.dsl.syntax.Statement;
import dev.lanewise.runtime.file.JsonWriter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The steps of the tutorial for somebody who has whole scripts instead of a prompt: what each gives and asks for, where to look, and whether a script does what is asked for. */
public final class Course {
  private Course() {}

  public static int steps() {
    return Steps.ALL.size();
  }

  /** {@code {"steps":[{"number":1,"title":…,"text":…,"task":…,"script":…,"solution":…,"tour":[{"place":…,"text":…}]}]}}. */
  public static String json(Language language) {
    JsonWriter json = new JsonWriter().beginObject().name("steps").beginArray();
    for (int i = 0; i < Steps.ALL.size(); i++) {
      Step step = Steps.ALL.get(i);
      Page page = step.page(language);
      json.beginObject().name("number").value(i + 1).name("title").value(page.title()).name("text").value(page.text()).name("task").value(page.task())
          .name("script").value(step.script()).name("solution").value(step.solution()).name("tour").beginArray();
      for (Tour tour : step.tours()) {
        json.beginObject().name("place").value(tour.place()).name("text").value(tour.said().in(language)).endObject();
      }
      json.endArray().endObject();
    }
    return json.endArray().endObject().toString();
  }

  /**
   * What is said of a script that somebody has run: {@code {"done":true,"text":…}}, or what is wrong with it, if that is known.
   *
   * @param number of the step, from 1
   * @param session in which it has run
   */
  public static String judged(int number, Source script, Session session, Language language) {
    Step step = Steps.ALL.get(number - 1);
    List<Goal> left = new ArrayList<>(step.goals());
    Optional<Said> remark = Optional.empty();
    for (Attempt attempt : attempts(step, script, session)) {
      List<Optional<Said>> wrong = new ArrayList<>();
      left.removeIf(goal -> switch (goal.of(attempt, step.mistakes())) {
        case Goal.Verdict.Met() -> true;
        case Goal.Verdict.Open() -> false;
        case Goal.Verdict.Wrong(Optional<Said> said) -> {
          wrong.add(said);
          yield false;
        }
      });
      remark = remark.or(() -> wrong.stream().flatMap(Optional::stream).findFirst());
    }
    String text = left.isEmpty() ? new Bound(session).filled(step.page(language).done()) : remark.map(said -> said.in(language)).orElse("");
    return new JsonWriter().beginObject().name("done").value(left.isEmpty()).name("text").value(text).endObject().toString();
  }

  /** Each statement that the step has not brought itself. */
  private static List<Attempt> attempts(Step step, Source script, Session session) {
    Set<String> brought = new HashSet<>();
    Source given = new Source("given", step.script());
    ScriptParser.parse(given).script().statements().forEach(s -> brought.add(given.text(s.span())));
    return ScriptParser.parse(script).script().statements().stream().filter(s -> !brought.contains(script.text(s.span())))
        .map(s -> new Attempt(script.text(s.span()), asked(s, script), session)).toList();
  }

  /** What has a value by a statement: the name that it binds, or the formula itself. */
  private static List<String> asked(Statement statement, Source script) {
    return statement instanceof Statement.Evaluate(_, Expression formula) ? List.of(script.text(formula.span())) : statement.binds().stream().map(n -> n.text()).toList();
  }
}
