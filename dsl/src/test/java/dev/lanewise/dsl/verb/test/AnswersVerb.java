package dev.lanewise.dsl.verb.test;

import static dev.lanewise.runtime.signature.Argument.required;

import dev.lanewise.dsl.exhibit.Table;
import dev.lanewise.dsl.meaning.CheckedData;
import dev.lanewise.dsl.meaning.CheckedNet;
import dev.lanewise.dsl.verb.Bench;
import dev.lanewise.dsl.verb.Deed;
import dev.lanewise.dsl.verb.Given;
import dev.lanewise.dsl.verb.Need;
import dev.lanewise.dsl.verb.Result;
import dev.lanewise.dsl.verb.Thing;
import dev.lanewise.dsl.verb.Verb;
import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.operation.Computation;
import dev.lanewise.runtime.score.Predictions;
import dev.lanewise.runtime.signature.Signature;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** {@code answers(Net, digits)}. */
public final class AnswersVerb implements Verb {
  @Override
  public Signature signature() {
    return Signature.of(
        "answers", "how often a network names each class",
        required("net", Thing.NET, "whose answers are counted"), required("data", Thing.DATA, "with a part to test on"));
  }

  @Override
  public String example() {
    return "answers(Mlp, digits)";
  }

  @Override
  public List<Need> needs() {
    return List.of(Need.FITS, Need.CLASSES);
  }

  @Override
  public Optional<Deed> check(Given given) {
    CheckedData data = given.data("data");
    return given.loss(given.net("net"), data).map(loss -> new Of(given.net("net"), data, loss));
  }

  private record Of(CheckedNet net, CheckedData data, Computation loss) implements Deed {
    @Override
    public Gives gives() {
      return Gives.EXHIBIT;
    }

    @Override
    public Result run(Bench bench) {
      DataSplit split = bench.split(data);
      Predictions made = bench.engine().predict(bench.trained(net).model(), split.test(), bench.loss(net, loss));
      int[] counts = new int[split.test().classes()];
      for (int i = 0; i < split.test().size(); i++) {
        counts[made.predicted(i)]++;
      }
      List<List<String>> rows = IntStream.range(0, counts.length).mapToObj(k -> List.of(split.className(k), Integer.toString(counts[k]))).toList();
      return new Result.Shown(new Table(net.name() + " on " + data.name(), List.of("class", "answers"), rows));
    }
  }
}
