package dev.lanewise.dsl.verb.test;

import static dev.lanewise.runtime.signature.Argument.required;

import dev.lanewise.dsl.meaning.CheckedData;
import dev.lanewise.dsl.meaning.CheckedNet;
import dev.lanewise.dsl.verb.Bench;
import dev.lanewise.dsl.verb.Deed;
import dev.lanewise.dsl.verb.Given;
import dev.lanewise.dsl.verb.Need;
import dev.lanewise.dsl.verb.Result;
import dev.lanewise.dsl.verb.Thing;
import dev.lanewise.dsl.verb.Verb;
import dev.lanewise.dsl.view.ConfusionTable;
import dev.lanewise.runtime.score.Score;
import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.operation.Computation;
import dev.lanewise.runtime.signature.Signature;
import dev.lanewise.runtime.train.Listener;
import dev.lanewise.runtime.train.TrainEvent;
import java.util.List;
import java.util.Optional;

/** {@code confusion(Net, digits)}. */
public final class ConfusionVerb implements Verb {
  @Override
  public Signature signature() {
    return Signature.of(
        "confusion", "which classes are taken for which",
        required("net", Thing.NET, "whose answers count"), required("data", Thing.DATA, "with a part to test on"));
  }

  @Override
  public String example() {
    return "confusion(Mlp, digits)";
  }

  @Override
  public List<Need> needs() {
    return List.of(Need.FITS, Need.CLASSES);
  }

  @Override
  public Optional<Deed> check(Given given) {
    CheckedData data = given.data("data");
    return given.loss(given.net("net"), data.target()).map(loss -> new Of(given.net("net"), data, loss));
  }

  private record Of(CheckedNet net, CheckedData data, Computation loss) implements Deed {
    @Override
    public Gives gives() {
      return Gives.EXHIBIT;
    }

    @Override
    public Result run(Bench bench) {
      DataSplit shown = bench.shown(net, data);
      Score score = bench.engine().test(bench.trained(net).model(), shown, bench.loss(net, loss), Listener.NONE);
      return new Result.Shown(ConfusionTable.of(net.name(), shown, score.confusion()));
    }
  }
}
