package dev.lanewise.dsl.verb.trace;

import static dev.lanewise.runtime.signature.Argument.required;

import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.dsl.meaning.CheckedNet;
import dev.lanewise.dsl.verb.At;
import dev.lanewise.dsl.verb.Bench;
import dev.lanewise.dsl.verb.Deed;
import dev.lanewise.dsl.verb.Given;
import dev.lanewise.dsl.verb.Need;
import dev.lanewise.dsl.verb.Result;
import dev.lanewise.dsl.verb.Thing;
import dev.lanewise.dsl.verb.Verb;
import dev.lanewise.dsl.view.picture.Chosen;
import dev.lanewise.dsl.view.walk.ForwardView;
import dev.lanewise.dsl.view.walk.Looked;
import dev.lanewise.dsl.view.walk.ValueView;
import dev.lanewise.runtime.signature.Signature;
import dev.lanewise.runtime.spec.Value;
import dev.lanewise.runtime.walk.Walk.Spot;
import java.util.List;
import java.util.Optional;

/** {@code trace(Net.conv1, digits.test.item(3), at = [2, 7, 9])}. */
public final class TraceLayerVerb implements Verb {
  @Override
  public Signature signature() {
    return Signature.of(
        "trace", "what a layer makes of an example; with `at` how one of its numbers comes about: its formula with the numbers in it, the largest first",
        required("layer", Thing.PART, "such as Net.conv1"), required("example", Thing.EXAMPLES, "such as digits.test.item(3)"), At.argument("[2, 7, 9]"),
        Thing.drawn(".png", ".svg"));
  }

  @Override
  public String example() {
    return "trace(Xor.dense1, corners.test.item(0), at = [2])";
  }

  @Override
  public List<Need> needs() {
    return List.of(Need.TAKES);
  }

  @Override
  public Optional<Deed> check(Given given) {
    Optional<CheckedNet.Layer> layer = given.layer("layer");
    Optional<OneExample> one = OneExample.forward(given, given.part("layer").net());
    Optional<At> at = layer.flatMap(l -> At.of(given, l.name(), l.output()));
    return one.isPresent() && at.isPresent() ? Optional.of(new Of(one.get(), layer.orElseThrow().name(), at.get(), given.at("layer"))) : Optional.empty();
  }

  private record Of(OneExample one, String layer, At at, Span named) implements Deed {
    @Override
    public Gives gives() {
      return Gives.EXHIBIT;
    }

    @Override
    public Result run(Bench bench) {
      Chosen c = one.chosen(bench);
      Looked looked = one.forward(bench, c);
      Value value = one.output(looked, layer, named);
      String title = one.net().name() + "." + layer + " on " + c.title();
      if (!at.isGiven()) {
        return new Result.Shown(ValueView.of(title, value.shape(), looked.walk().values(value)));
      }
      Spot spot = new Spot(value, at.element(value.shape()));
      return new Result.Shown(bench.waiting(() -> ForwardView.of(title, looked, spot, one.computed(bench, c, layer, spot.element()))));
    }
  }
}
