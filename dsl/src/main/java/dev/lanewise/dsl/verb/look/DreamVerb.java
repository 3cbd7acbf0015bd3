package dev.lanewise.dsl.verb.look;

import static dev.lanewise.runtime.signature.Argument.optional;
import static dev.lanewise.runtime.signature.Argument.required;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.MistakeException;
import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.dsl.exhibit.Gallery;
import dev.lanewise.dsl.meaning.CheckedNet;
import dev.lanewise.dsl.meaning.Trained;
import dev.lanewise.dsl.verb.Bench;
import dev.lanewise.dsl.verb.Deed;
import dev.lanewise.dsl.verb.Given;
import dev.lanewise.dsl.verb.Result;
import dev.lanewise.dsl.verb.Thing;
import dev.lanewise.dsl.verb.Verb;
import dev.lanewise.dsl.view.picture.Exhibits;
import dev.lanewise.dsl.view.picture.Maps;
import dev.lanewise.runtime.data.Normalization;
import dev.lanewise.runtime.data.World;
import dev.lanewise.runtime.explain.ClassScore;
import dev.lanewise.runtime.explain.Cut;
import dev.lanewise.runtime.explain.Dream;
import dev.lanewise.runtime.explain.NetworkScore;
import dev.lanewise.runtime.signature.Argument;
import dev.lanewise.runtime.signature.Signature;
import dev.lanewise.runtime.train.Model;
import java.util.List;
import java.util.Optional;

/** {@code dream(Net.conv2, channel = 3)}. */
public final class DreamVerb implements Verb {
  @Override
  public Signature signature() {
    return Signature.of(
        "dream", "an image that excites one channel of a layer most: uphill from noise by the gradient of the pixels; Ctrl-C keeps what is there",
        required("layer", Thing.PART, "such as Net.conv2; of the last layer a channel is a class"), optional("channel", new Thing.Named(new Thing.Count(0)), 0, "counted from 0"),
        optional("steps", new Thing.Named(Thing.Count.AT_LEAST_ONE), 200, "uphill"), optional("step", new Thing.Named(Argument.Type.NUMBER), 0.02, "how far pixels go in one, in the mean, of their range"),
        optional("jitter", new Thing.Named(new Thing.Count(0)), 2, "by how many pixels the image is moved at most before each step"),
        optional("seed", new Thing.Named(Argument.Type.INTEGER), 1, "of the noise: the same for the same seed"), Thing.drawn(".png", ".svg"));
  }

  @Override
  public String example() {
    return "dream(Cnn.conv1, channel = 3, steps = 20)";
  }

  @Override
  public Optional<Deed> check(Given given) {
    CheckedNet net = given.part("layer").net();
    Optional<CheckedNet.Layer> layer = given.layer("layer");
    int channel = given.whole("channel");
    if (layer.isEmpty()) {
      return Optional.empty();
    }
    if (net.inputs().size() > 1 || net.first().isWhole() || !Exhibits.isPicture(net.input())) {
      return given.problems().report(
          Code.L123, given.at("layer"), "`dream` paints an image, grey or of three colours, but " + net.name() + " takes " + net.takes(), "saliency(" + net.name() + ", …) tells what counts in an example");
    }
    int channels = layer.get().output().channels();
    if (channel >= channels) {
      return given.problems().report(
          Code.L015, given.at("channel"), "dream: " + layer.get().name() + " has " + channels + " channels, counted from 0", "the last is channel = " + (channels - 1));
    }
    if (given.number("step") <= 0) {
      return given.problems().report(Code.L015, given.at("step"), "dream: step must be above 0, not " + given.number("step"), "");
    }
    return Optional.of(new Of(net, layer.get().name(), channel, new Dream(given.whole("steps"), given.number("step"), given.whole("jitter"), given.whole("seed")), given.at("layer")));
  }

  private record Of(CheckedNet net, String layer, int channel, Dream dream, Span at) implements Deed {
    @Override
    public Gives gives() {
      return Gives.EXHIBIT;
    }

    @Override
    public Result run(Bench bench) {
      Trained trained = bench.trained(net);
      Model cut = Cut.at(trained.model(), layer).orElseThrow();
      Normalization scale = trained.world().flatMap(w -> w.scale(net.first().name())).orElse(Normalization.none(net.input()));
      NetworkScore score = new NetworkScore(bench.engine(), cut, new ClassScore(cut.graph().output().shape(), channel, 1));
      Dream.Found found = dream.of(score, net.input(), scale, range(trained, scale));
      if (found.after() == found.before() && found.steps() == dream.steps()) {
        throw new MistakeException(
            Code.L128, at, "channel " + channel + " of " + layer + " does not change with any pixel of noise: there is no way uphill", "take another channel, another seed, or the layer before its relu");
      }
      return new Result.Shown(new Gallery(title(trained, found), List.of(Exhibits.picture(net.input(), found.pixels(), caption(found)))));
    }

    /** Pixels go from 0 to 1; what sounds are is known by what is usual. */
    private static Dream.Range range(Trained trained, Normalization scale) {
      boolean sound = trained.world().filter(w -> w.input() instanceof World.Input.Sound).isPresent();
      double middle = scale.mean()[0];
      double wide = 2.0 * scale.std()[0];
      return sound ? new Dream.Range(middle - wide, middle + wide) : new Dream.Range(0, 1);
    }

    private String title(Trained trained, Dream.Found found) {
      String title = "what excites channel " + channel + " of " + net.name() + "." + layer;
      String told = found.steps() < dream.steps() ? title + ", after " + found.steps() + " of " + dream.steps() + " steps" : title;
      return trained.isNew() ? told + ", not trained yet" : told;
    }

    private static String caption(Dream.Found found) {
      return Double.isNaN(found.after()) ? "" : Maps.number(found.before()) + " → " + Maps.number(found.after());
    }
  }
}
