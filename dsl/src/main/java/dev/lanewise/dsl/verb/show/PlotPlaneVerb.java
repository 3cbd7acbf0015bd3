package dev.lanewise.dsl.verb.show;

import static dev.lanewise.runtime.signature.Argument.required;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.meaning.CheckedData;
import dev.lanewise.dsl.meaning.CheckedNet;
import dev.lanewise.dsl.verb.Bench;
import dev.lanewise.dsl.verb.Deed;
import dev.lanewise.dsl.verb.Given;
import dev.lanewise.dsl.verb.Need;
import dev.lanewise.dsl.verb.Result;
import dev.lanewise.dsl.verb.Thing;
import dev.lanewise.dsl.verb.Verb;
import dev.lanewise.dsl.view.picture.Boundaries;
import dev.lanewise.dsl.view.picture.Regressions;
import dev.lanewise.runtime.data.Dataset;
import dev.lanewise.runtime.operation.Computation;
import dev.lanewise.runtime.score.Predictions;
import dev.lanewise.runtime.signature.Signature;
import java.util.Optional;
import java.util.function.Function;

/** {@code plot(Net, points)}: of two numbers a point regions of the plane, of one the curve through what is to be predicted. */
public final class PlotPlaneVerb implements Verb {
  @Override
  public Signature signature() {
    return Signature.of(
        "plot", "what a network makes of the plane, or of a line, and the points there",
        required("net", Thing.NET, "whose answers are drawn"), required("data", Thing.DATA, "of 2 numbers a point, or of one and numbers to predict"), Thing.drawn(".png", ".svg"));
  }

  @Override
  public String example() {
    return "plot(Planes, points)";
  }

  @Override
  public Optional<Deed> check(Given given) {
    CheckedData data = given.data("data");
    boolean line = Need.isFlat(data, 1) && !data.target().isClass();
    if (!line && !Need.isFlat(data, 2)) {
      return given.problems().report(
          Code.L073, given.at("data"), "a plane has 2 numbers a point, but the examples are " + data.origin().shape(),
          "show(Net) prints the layers, mistakes(Net, data) what it gets wrong");
    }
    return Need.FITS.holds(given) && (line || Need.CLASSES.holds(given))
        ? given.loss(given.net("net"), data).map(loss -> new Of(given.net("net"), data, loss, line))
        : Optional.empty();
  }

  private record Of(CheckedNet net, CheckedData data, Computation loss, boolean line) implements Deed {
    @Override
    public Gives gives() {
      return Gives.EXHIBIT;
    }

    @Override
    public Result run(Bench bench) {
      Function<Dataset, Predictions> predict = places -> bench.engine().predict(bench.trained(net).model(), places, bench.loss(net, loss));
      return new Result.Shown(line
          ? Regressions.of(net.name(), bench.shown(net, data), predict)
          : Boundaries.of(net.name(), bench.shown(net, data), predict));
    }
  }
}
