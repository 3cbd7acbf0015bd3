package dev.lanewise.dsl.verb.look;

import static dev.lanewise.runtime.signature.Argument.optional;

import dev.lanewise.dsl.exhibit.Exhibit;
import dev.lanewise.dsl.exhibit.Table;
import dev.lanewise.dsl.verb.Bench;
import dev.lanewise.dsl.verb.Deed;
import dev.lanewise.dsl.verb.Given;
import dev.lanewise.dsl.verb.Result;
import dev.lanewise.dsl.verb.Thing;
import dev.lanewise.dsl.verb.Verb;
import dev.lanewise.runtime.explain.IntegratedGradients;
import dev.lanewise.runtime.explain.ScoreFunction;
import dev.lanewise.runtime.signature.Argument;
import dev.lanewise.runtime.signature.Signature;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** {@code integrated_gradients(Net, digits.test.item(3), class = 7)}. */
public final class IntegratedGradientsVerb implements Verb {
  @Override
  public Signature signature() {
    return Signature.of(
        "integrated_gradients", "what each pixel of an example, or each number of a row, adds to the score of a class, from a black example on: together that is the difference of the scores",
        Question.NET, Question.EXAMPLE, Question.CLASS,
        optional("steps", new Thing.Named(new Thing.Count(0)), 0, "so many on the way from black to the example; 0 for as many as it takes until less than a thousandth is missing"),
        Question.CHECK, Thing.drawn(".png", ".svg"));
  }

  @Override
  public String example() {
    return "integrated_gradients(Cnn, digits.test.item(3))";
  }

  @Override
  public Optional<Deed> check(Given given) {
    return Question.ofNumbers(given, given.net("net")).map(q -> of(q, given.whole("steps")));
  }

  /** @param steps 0 for as many as it takes */
  static Deed of(Question question, int steps) {
    return new Of(question, steps);
  }

  private record Of(Question question, int steps) implements Deed {
    @Override
    public Gives gives() {
      return Gives.EXHIBIT;
    }

    @Override
    public Result run(Bench bench) {
      Subject s = question.subject(bench);
      IntegratedGradients own = made(s, s.score(bench, s.trained().model()));
      return s.shown(bench, "integrated gradients", "adds", true,
          model -> (model == s.trained().model() ? own : made(s, s.score(bench, model))).map(s.channels()), List.of(completeness(own)));
    }

    /** From an example that is 0 everywhere before it is normalised. */
    private IntegratedGradients made(Subject s, ScoreFunction score) {
      float[] black = s.filled(0);
      return steps == 0 ? IntegratedGradients.complete(score, s.x(), black) : IntegratedGradients.of(score, s.x(), black, steps);
    }

    private static Exhibit completeness(IntegratedGradients made) {
      Table.Tone tone = made.isComplete() ? Table.Tone.GOOD : Table.Tone.BAD;
      return new Table("completeness", List.of("score", "of black", "difference", "sum of the map", "missing", "steps"),
          List.of(List.of(number(made.score()), number(made.before()), number(made.score() - made.before()), number(made.sum()),
              String.format(Locale.ROOT, "%.3f %%", 100 * made.gap()), Integer.toString(made.steps()))),
          List.of(List.of(Table.Tone.PLAIN, Table.Tone.PLAIN, Table.Tone.PLAIN, Table.Tone.PLAIN, tone, Table.Tone.PLAIN)));
    }

    private static String number(double value) {
      return String.format(Locale.ROOT, "%.4f", value);
    }
  }
}
