package dev.lanewise.dsl.verb.test;

import static dev.lanewise.runtime.signature.Argument.required;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.meaning.CheckedNet;
import dev.lanewise.dsl.meaning.Trained;
import dev.lanewise.dsl.verb.Bench;
import dev.lanewise.dsl.verb.Deed;
import dev.lanewise.dsl.verb.Given;
import dev.lanewise.dsl.verb.Result;
import dev.lanewise.dsl.verb.Thing;
import dev.lanewise.dsl.verb.Verb;
import dev.lanewise.dsl.view.ExampleTable;
import dev.lanewise.dsl.view.Outputs;
import dev.lanewise.dsl.view.Said;
import dev.lanewise.runtime.data.Field;
import dev.lanewise.runtime.operation.Computation;
import dev.lanewise.runtime.signature.Argument;
import dev.lanewise.runtime.signature.Signature;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** {@code predict(Iris, [5.1, 3.5, 1.4, 0.2])}. */
public final class PredictNumbersVerb implements Verb {
  @Override
  public Signature signature() {
    return Signature.of(
        "predict", "what a network makes of numbers of your own, in the unit that the data has",
        required("net", Thing.NET, "whose answer counts"), required("numbers", Argument.Type.NUMBERS, "an example, such as [5.1, 3.5, 1.4, 0.2]"));
  }

  @Override
  public String example() {
    return "predict(Planes, [0.5, 0.2])";
  }

  @Override
  public Optional<Deed> check(Given given) {
    CheckedNet net = given.net("net");
    double[] numbers = given.numbers("numbers");
    if (numbers.length != net.inputSize()) {
      return given.problems().report(
          Code.L025, given.at("numbers"), net.name() + " takes " + net.takes() + ", but here " + (numbers.length == 1 ? "is one number" : "are " + numbers.length + " numbers"),
          "give " + net.inputSize() + " of them");
    }
    Optional<String> strange = net.strange(numbers);
    if (strange.isPresent()) {
      return given.problems().report(Code.L085, given.at("numbers"), strange.get(), "");
    }
    return given.loss(net).map(loss -> new Of(net, numbers, loss));
  }

  private record Of(CheckedNet net, double[] numbers, Computation loss) implements Deed {
    @Override
    public Gives gives() {
      return Gives.EXHIBIT;
    }

    @Override
    public Result run(Bench bench) {
      Trained trained = bench.trained(net);
      double[] output = bench.waiting(() -> Outputs.of(trained, trained.seen(numbers)).result());
      return new Result.Shown(Said.of(trained, output, bench.loss(net, loss)).table(net.name() + " on " + told(), 0));
    }

    /** What it is asked about, with whole numbers as such. */
    private String told() {
      boolean whole = net.inputs().stream().allMatch(Field::isWhole);
      float[] shown = new float[numbers.length];
      for (int i = 0; i < shown.length; i++) {
        shown[i] = (float) numbers[i];
      }
      return whole ? Arrays.stream(numbers).mapToObj(n -> Integer.toString((int) n)).collect(Collectors.joining(", ")) : ExampleTable.numbers(shown);
    }
  }
}
