package dev.lanewise.dsl.verb.look;

import static dev.lanewise.runtime.signature.Argument.optional;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.verb.Bench;
import dev.lanewise.dsl.verb.Deed;
import dev.lanewise.dsl.verb.Given;
import dev.lanewise.dsl.verb.Result;
import dev.lanewise.dsl.verb.Thing;
import dev.lanewise.dsl.verb.Verb;
import dev.lanewise.dsl.view.picture.Maps;
import dev.lanewise.runtime.explain.Occlusion;
import dev.lanewise.runtime.signature.Argument;
import dev.lanewise.runtime.signature.Signature;
import dev.lanewise.runtime.tensor.Shape;
import java.util.List;
import java.util.Optional;

/** {@code occlusion(Net, digits.test.item(3), size = 7)}. */
public final class OcclusionVerb implements Verb {
  @Override
  public Signature signature() {
    return Signature.of(
        "occlusion", "by how much the score of a class falls where a patch covers an example: at each place the mean of all patches that lie there",
        Question.NET, Question.EXAMPLE, Question.CLASS, optional("size", new Thing.Named(Thing.Count.AT_LEAST_ONE), 5, "of the patch, in pixels each way"),
        optional("stride", new Thing.Named(Thing.Count.AT_LEAST_ONE), 2, "pixels from one patch to the next"),
        optional("fill", new Thing.Named(Argument.Type.NUMBER), 0.0, "what the patch is filled with, in the pixels' own unit: 0 is black"), Question.CHECK, Thing.drawn(".png", ".svg"));
  }

  @Override
  public String example() {
    return "occlusion(Mlp, digits.test.item(3), size = 7)";
  }

  @Override
  public Optional<Deed> check(Given given) {
    int size = given.whole("size");
    int stride = given.whole("stride");
    Optional<Question> question = Question.ofPlaces(given, given.net("net"));
    if (question.isPresent() && stride > size) {
      return given.problems().report(
          Code.L015, given.at("stride"), "occlusion: with patches of " + size + " every " + stride + " some places are never covered", "write stride = " + size + ", or less");
    }
    return question.map(q -> new Of(q, new Occlusion(size, stride), given.number("fill")));
  }

  private record Of(Question question, Occlusion occlusion, double fill) implements Deed {
    @Override
    public Gives gives() {
      return Gives.EXHIBIT;
    }

    @Override
    public Result run(Bench bench) {
      Subject s = question.subject(bench);
      Shape places = s.shape().isImage() ? s.shape() : Maps.plane(s.shape());
      return s.shown(bench, "occlusion", "falls", true, model -> occlusion.map(s.score(bench, model), s.x(), places, s.filled(fill)), List.of());
    }
  }
}
