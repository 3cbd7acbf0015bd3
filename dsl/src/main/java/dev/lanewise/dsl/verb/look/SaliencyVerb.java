package dev.lanewise.dsl.verb.look;

import dev.lanewise.dsl.verb.Bench;
import dev.lanewise.dsl.verb.Deed;
import dev.lanewise.dsl.verb.Given;
import dev.lanewise.dsl.verb.Result;
import dev.lanewise.dsl.verb.Thing;
import dev.lanewise.dsl.verb.Verb;
import dev.lanewise.runtime.explain.Saliency;
import dev.lanewise.runtime.signature.Signature;
import java.util.List;
import java.util.Optional;

/** {@code saliency(Net, digits.test.item(3), class = 7)}. */
public final class SaliencyVerb implements Verb {
  @Override
  public Signature signature() {
    return Signature.of(
        "saliency", "how strongly the score of a class changes with each pixel of an example, each number of a row, or each token of a text: the size of its gradient",
        Question.NET, Question.EXAMPLE, Question.CLASS, Question.CHECK, Thing.drawn(".png", ".svg"));
  }

  @Override
  public String example() {
    return "saliency(Cnn, digits.test.item(3), class = 7)";
  }

  @Override
  public Optional<Deed> check(Given given) {
    return Question.of(given, given.net("net")).map(Of::new);
  }

  private record Of(Question question) implements Deed {
    @Override
    public Gives gives() {
      return Gives.EXHIBIT;
    }

    @Override
    public Result run(Bench bench) {
      Subject s = question.subject(bench);
      boolean signed = !s.isDrawn();
      return s.shown(bench, "saliency", "slope", signed, model -> {
        double[] slopes = Saliency.slopes(s.score(bench, model), s.x(), s.shape(), s.scale());
        return s.isDrawn() ? Saliency.map(slopes, s.channels()) : slopes;
      }, List.of());
    }
  }
}
