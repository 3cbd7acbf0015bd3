package dev.lanewise.dsl.verb.trace;

import static dev.lanewise.runtime.signature.Argument.required;

import dev.lanewise.dsl.diagnostic.Span;
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

/** {@code backward(Net.fc1.weight, digits.test.item(3), at = [3, 2])}. */
public final class BackwardParameterVerb implements Verb {
  @Override
  public Signature signature() {
    return Signature.of(
        "backward", "how the loss of an example changes with a parameter; with `at` one of these gradients as the chain rule has it, with its numbers",
        required("parameter", Thing.PARAMETER, "such as Net.fc.weight"), required("example", Thing.EXAMPLES, "such as digits.test.item(3)"), At.argument("[3, 2]"),
        Thing.drawn(".png", ".svg"));
  }

  @Override
  public String example() {
    return "backward(Xor.dense1.weight, corners.test.item(0), at = [2, 1])";
  }

  @Override
  public List<Need> needs() {
    return List.of(Need.FITS);
  }

  @Override
  public Optional<Deed> check(Given given) {
    Thing.Weights weights = given.weights("parameter");
    Optional<OneExample> one = OneExample.backward(given, weights.net());
    Optional<At> at = At.of(given, weights.name(), weights.shape());
    return one.isPresent() && at.isPresent() ? Optional.of(new Of(one.get(), weights.name(), at.get(), given.at("parameter"))) : Optional.empty();
  }

  private record Of(OneExample one, String parameter, At at, Span named) implements Deed {
    @Override
    public Gives gives() {
      return Gives.EXHIBIT;
    }

    @Override
    public Result run(Bench bench) {
      Chosen c = one.chosen(bench);
      Looked looked = one.backward(bench, c);
      Value value = looked.parameter(parameter).orElseThrow(() -> one.independent(parameter, named));
      return one.gradient(bench, "dL/d" + parameter + ", " + one.title(c), looked, value, at, named);
    }
  }
}
