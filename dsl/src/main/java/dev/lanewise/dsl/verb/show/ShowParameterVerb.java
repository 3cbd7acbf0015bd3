package dev.lanewise.dsl.verb.show;

import static dev.lanewise.runtime.signature.Argument.required;

import dev.lanewise.dsl.verb.At;
import dev.lanewise.dsl.verb.Bench;
import dev.lanewise.dsl.verb.Deed;
import dev.lanewise.dsl.verb.Given;
import dev.lanewise.dsl.verb.Result;
import dev.lanewise.dsl.verb.Thing;
import dev.lanewise.dsl.verb.Verb;
import dev.lanewise.dsl.view.NumberTables;
import dev.lanewise.runtime.file.Tensor;
import dev.lanewise.runtime.signature.Signature;
import dev.lanewise.runtime.tensor.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** {@code show(Net.conv1.weight)}. */
public final class ShowParameterVerb implements Verb {
  @Override
  public Signature signature() {
    return Signature.of(
        "show", "the numbers of a parameter, all that follows its first axis in a row; with `at` one of them, or all that follow it", required("parameter", Thing.PARAMETER, "such as Net.fc.bias"), At.argument("[3]"));
  }

  @Override
  public String example() {
    return "show(Xor.dense1.weight)";
  }

  @Override
  public Optional<Deed> check(Given given) {
    Thing.Weights weights = given.weights("parameter");
    return At.ofPart(given, weights.name(), weights.shape()).map(at -> new Of(weights, at));
  }

  private record Of(Thing.Weights weights, At at) implements Deed {
    @Override
    public Gives gives() {
      return Gives.EXHIBIT;
    }

    @Override
    public Result run(Bench bench) {
      Tensor tensor = bench.trained(weights.net()).tensor(weights.name());
      String name = weights.net().name() + "." + weights.name();
      if (!at.isGiven()) {
        return new Result.Shown(NumberTables.of(name, tensor.shape(), tensor.values()));
      }
      Shape shape = new Shape(tensor.shape());
      List<Integer> rest = shape.dims().subList(at.numbers().length, shape.rank());
      int size = rest.stream().reduce(1, (a, b) -> a * b), from = at.element(shape) * size;
      return new Result.Shown(NumberTables.of(name + at.text(), rest.isEmpty() ? List.of(1) : rest, Arrays.copyOfRange(tensor.values(), from, from + size)));
    }
  }
}
