package dev.lanewise.dsl.verb.look;

import static dev.lanewise.runtime.signature.Argument.required;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.MistakeException;
import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.dsl.meaning.CheckedNet;
import dev.lanewise.dsl.verb.Bench;
import dev.lanewise.dsl.verb.Deed;
import dev.lanewise.dsl.verb.Given;
import dev.lanewise.dsl.verb.Result;
import dev.lanewise.dsl.verb.Thing;
import dev.lanewise.dsl.verb.Verb;
import dev.lanewise.dsl.view.picture.Maps;
import dev.lanewise.runtime.explain.GradCam;
import dev.lanewise.runtime.signature.Signature;
import dev.lanewise.runtime.tensor.Shape;
import dev.lanewise.runtime.train.Model;
import java.util.List;
import java.util.Optional;

/** {@code gradcam(Net.conv2, digits.test.item(3), class = 7)}. */
public final class GradCamVerb implements Verb {
  @Override
  public Signature signature() {
    return Signature.of(
        "gradcam", "where the maps of a layer speak for a class: their sum, each weighted by the mean gradient of the score, as far as it is above 0, as large as the example",
        required("layer", Thing.PART, "with places, such as Net.conv2"), Question.EXAMPLE, Question.CLASS, Question.CHECK, Thing.drawn(".png", ".svg"));
  }

  @Override
  public String example() {
    return "gradcam(Cnn.relu1, digits.test.item(3), class = 7)";
  }

  @Override
  public Optional<Deed> check(Given given) {
    Optional<CheckedNet.Layer> layer = WithMaps.of(given);
    return layer.flatMap(l -> Question.ofPlaces(given, given.part("layer").net()).map(q -> of(q, l.name(), given.at("layer"))));
  }

  static Deed of(Question question, String layer, Span layerAt) {
    return new Of(question, layer, layerAt);
  }

  private record Of(Question question, String layer, Span layerAt) implements Deed {
    @Override
    public Gives gives() {
      return Gives.EXHIBIT;
    }

    @Override
    public Result run(Bench bench) {
      Subject s = question.subject(bench);
      return s.shown(bench, "Grad-CAM at " + layer, "counts", false, model -> bench.waiting(() -> map(s, model)), List.of());
    }

    private double[] map(Subject s, Model model) {
      GradCam made = s.at(layer, model).orElseThrow(() -> new MistakeException(
          Code.L128, layerAt, "the score of " + s.net().name() + " does not depend on what " + layer + " gives", "name a layer on the way to the output"));
      Shape plane = Maps.plane(s.shape());
      double[] map = made.map(plane.height(), plane.width());
      if (Maps.most(map) == 0 && model == s.trained().model()) {
        throw new MistakeException(
            Code.L128, layerAt, "no map of " + layer + " speaks for this class: their weighted sum is nowhere above 0", "take the class that the network says, or another layer");
      }
      return map;
    }
  }
}
