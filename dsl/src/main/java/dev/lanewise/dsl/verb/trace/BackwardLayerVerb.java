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
import dev.lanewise.dsl.view.walk.Looked;
import dev.lanewise.runtime.signature.Signature;
import dev.lanewise.runtime.spec.Value;
import java.util.List;
import java.util.Optional;

/** {@code backward(Net.conv1, digits.test.item(3), at = [2, 7, 9])}. */
public final class BackwardLayerVerb implements Verb {
  @Override
  public Signature signature() {
    return Signature.of(
        "backward", "how the loss of an example changes with what a layer gives; with `at` one of these gradients as the chain rule has it, with its numbers",
        required("layer", Thing.PART, "such as Net.conv1"), required("example", Thing.EXAMPLES, "such as digits.test.item(3)"), At.argument("[2, 7, 9]"),
        Thing.drawn(".png", ".svg"));
  }

  @Override
  public String example() {
    return "backward(Xor.tanh1, corners.test.item(0), at = [2])";
  }

  @Override
  public List<Need> needs() {
    return List.of(Need.FITS);
  }

  @Override
  public Optional<Deed> check(Given given) {
    Optional<CheckedNet.Layer> layer = given.layer("layer");
    Optional<OneExample> one = layer.flatMap(_ -> OneExample.backward(given, given.part("layer").net()));
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
      Looked looked = one.backward(bench, c);
      Value value = one.output(looked, layer, named);
      return one.gradient(bench, "dL/d" + layer + ", " + one.title(c), looked, value, at, named);
    }
  }
}
