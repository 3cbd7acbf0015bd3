package dev.lanewise.dsl.verb.look;

import dev.lanewise.dsl.verb.Bench;
import dev.lanewise.dsl.verb.Deed;
import dev.lanewise.dsl.verb.Given;
import dev.lanewise.dsl.verb.Result;
import dev.lanewise.dsl.verb.Thing;
import dev.lanewise.dsl.verb.Verb;
import dev.lanewise.runtime.explain.GradCam;
import dev.lanewise.runtime.explain.Saliency;
import dev.lanewise.runtime.signature.Signature;
import dev.lanewise.runtime.train.Model;
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
    return Question.of(given, given.net("net")).map(SaliencyVerb::of);
  }

  static Deed of(Question question) {
    return new Of(question);
  }

  private record Of(Question question) implements Deed {
    @Override
    public Gives gives() {
      return Gives.EXHIBIT;
    }

    @Override
    public Result run(Bench bench) {
      Subject s = question.subject(bench);
      if (s.net().first().isWhole()) {
        return s.shown(bench, "saliency", "counts", false, model -> bench.waiting(() -> tokens(s, model)), List.of());
      }
      return s.shown(bench, "saliency", "slope", !s.isDrawn(), model -> {
        double[] slopes = Saliency.slopes(s.score(bench, model), s.x(), s.shape(), s.scale());
        return s.isDrawn() ? Saliency.map(slopes, s.channels()) : slopes;
      }, List.of());
    }

    /** A whole number has no gradient; but what is first made of it has, such as its row of an embedding. */
    private static double[] tokens(Subject s, Model model) {
      Optional<GradCam> made = s.net().layers().stream().filter(l -> l.inputs().contains(0)).findFirst().flatMap(l -> s.at(l.name(), model));
      return made.map(GradCam::lengths).orElseGet(() -> new double[s.x().length]);
    }
  }
}
