package dev.lanewise.dsl.verb.test;

import static dev.lanewise.runtime.signature.Argument.optional;
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
import dev.lanewise.dsl.view.ProbabilityTables;
import dev.lanewise.dsl.view.picture.Probabilities;
import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.operation.Computation;
import dev.lanewise.runtime.score.Calibration;
import dev.lanewise.runtime.score.Predictions;
import dev.lanewise.runtime.signature.Signature;
import java.util.List;
import java.util.Optional;

/** {@code calibration(Net, digits)}. */
public final class CalibrationVerb implements Verb {
  @Override
  public Signature signature() {
    return Signature.of(
        "calibration", "whether a network is right as often as it is sure: examples in bins of the probability of the class it names",
        required("net", Thing.NET, "whose answers count"), required("data", Thing.DATA, "with a part to test on"),
        optional("bins", new Thing.Named(Thing.Count.AT_LEAST_ONE), 10, "so many, of equal width"), Thing.drawn(".png", ".svg"));
  }

  @Override
  public String example() {
    return "calibration(Mlp, digits)";
  }

  @Override
  public List<Need> needs() {
    return List.of(Need.ANSWERED, Need.FITS, Need.CLASSES);
  }

  @Override
  public Optional<Deed> check(Given given) {
    CheckedData data = given.data("data");
    return given.loss(given.net("net"), data).map(loss -> new Of(given.net("net"), data, loss, given.whole("bins")));
  }

  private record Of(CheckedNet net, CheckedData data, Computation loss, int bins) implements Deed {
    @Override
    public Gives gives() {
      return Gives.EXHIBIT;
    }

    @Override
    public Result run(Bench bench) {
      bench.trained(net).world().ifPresent(w -> w.requireClasses(net.name()));
      DataSplit split = bench.shown(net, data);
      Predictions made = bench.engine().predict(bench.trained(net).model(), split.test(), bench.loss(net, loss));
      Calibration calibration = Calibration.of(made, split.test(), bins);
      return new Result.Shown(
          Probabilities.of(net.name(), split, calibration), List.of(ProbabilityTables.of(net.name(), split, calibration)));
    }
  }
}
