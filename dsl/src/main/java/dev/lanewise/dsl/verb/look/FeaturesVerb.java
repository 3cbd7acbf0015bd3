package dev.lanewise.dsl.verb.look;

import static dev.lanewise.runtime.signature.Argument.required;

import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.dsl.meaning.CheckedNet;
import dev.lanewise.dsl.meaning.Examples;
import dev.lanewise.dsl.meaning.Fit;
import dev.lanewise.dsl.meaning.Trained;
import dev.lanewise.dsl.verb.Bench;
import dev.lanewise.dsl.verb.Deed;
import dev.lanewise.dsl.verb.Given;
import dev.lanewise.dsl.verb.Result;
import dev.lanewise.dsl.verb.Thing;
import dev.lanewise.dsl.verb.Verb;
import dev.lanewise.dsl.view.Outputs;
import dev.lanewise.dsl.view.picture.Chosen;
import dev.lanewise.dsl.view.picture.FeatureMaps;
import dev.lanewise.runtime.explain.Cut;
import dev.lanewise.runtime.signature.Signature;
import dev.lanewise.runtime.train.Model;
import java.util.Optional;

/** {@code features(Net.conv2, digits.test.item(3))}. */
public final class FeaturesVerb implements Verb {
  @Override
  public Signature signature() {
    return Signature.of(
        "features", "every map that a layer makes of an example, all with one scale; of a sequence a row for each channel",
        required("layer", Thing.PART, "with places, such as Net.conv2"), Question.EXAMPLE, Thing.drawn(".png", ".svg"));
  }

  @Override
  public String example() {
    return "features(Cnn.conv1, digits.test.item(3))";
  }

  @Override
  public Optional<Deed> check(Given given) {
    CheckedNet net = given.part("layer").net();
    Optional<CheckedNet.Layer> layer = WithMaps.of(given);
    Optional<Examples> example = layer.flatMap(_ -> given.example("example"));
    return example.isPresent() && new Fit(given.problems()).takes(given.span(), net, example.get().data())
        ? Optional.of(new Of(net, layer.get().name(), example.get(), given.at("example")))
        : Optional.empty();
  }

  private record Of(CheckedNet net, String layer, Examples example, Span at) implements Deed {
    @Override
    public Gives gives() {
      return Gives.EXHIBIT;
    }

    @Override
    public Result run(Bench bench) {
      Chosen c = Chosen.of(example, bench.shown(net, example.data()), at);
      Trained trained = bench.trained(net);
      Model cut = Cut.at(trained.model(), layer).orElseThrow();
      float[] made = bench.engine().outputs(cut, c.split().training(c.part(), new int[] {c.which().getFirst()}).train(), 0)[0];
      String title = net.name() + "." + layer + " on " + c.title();
      return new Result.Shown(FeatureMaps.of(trained.isNew() ? title + ", not trained yet" : title, cut.graph().output().shape(), Outputs.doubles(made)));
    }
  }
}
