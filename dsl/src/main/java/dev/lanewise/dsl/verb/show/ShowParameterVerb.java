package dev.lanewise.dsl.verb.show;

import static dev.lanewise.runtime.signature.Argument.required;

import dev.lanewise.dsl.verb.Bench;
import dev.lanewise.dsl.verb.Deed;
import dev.lanewise.dsl.verb.Given;
import dev.lanewise.dsl.verb.Result;
import dev.lanewise.dsl.verb.Thing;
import dev.lanewise.dsl.verb.Verb;
import dev.lanewise.dsl.view.NumberTables;
import dev.lanewise.runtime.file.Tensor;
import dev.lanewise.runtime.signature.Signature;
import java.util.Optional;

/** {@code show(Net.conv1.weight)}. */
public final class ShowParameterVerb implements Verb {
  @Override
  public Signature signature() {
    return Signature.of(
        "show", "the numbers of a parameter, all that follows its first axis in a row", required("parameter", Thing.PARAMETER, "such as Net.fc.bias"));
  }

  @Override
  public String example() {
    return "show(Xor.dense1.weight)";
  }

  @Override
  public Optional<Deed> check(Given given) {
    return Optional.of(new Of(given.weights("parameter")));
  }

  private record Of(Thing.Weights weights) implements Deed {
    @Override
    public Gives gives() {
      return Gives.EXHIBIT;
    }

    @Override
    public Result run(Bench bench) {
      Tensor tensor = bench.trained(weights.net()).tensor(weights.name());
      return new Result.Shown(NumberTables.of(weights.net().name() + "." + weights.name(), tensor.shape(), tensor.values()));
    }
  }
}
