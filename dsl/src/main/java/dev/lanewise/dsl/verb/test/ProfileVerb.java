package dev.lanewise.dsl.verb.test;

import static dev.lanewise.runtime.signature.Argument.required;

import dev.lanewise.dsl.meaning.CheckedData;
import dev.lanewise.dsl.meaning.CheckedNet;
import dev.lanewise.dsl.meaning.CheckedTrain;
import dev.lanewise.dsl.verb.Bench;
import dev.lanewise.dsl.verb.Deed;
import dev.lanewise.dsl.verb.Given;
import dev.lanewise.dsl.verb.Need;
import dev.lanewise.dsl.verb.Result;
import dev.lanewise.dsl.verb.Thing;
import dev.lanewise.dsl.verb.Verb;
import dev.lanewise.dsl.view.PlanTables;
import dev.lanewise.runtime.operation.Computation;
import dev.lanewise.runtime.signature.Signature;
import java.util.List;
import java.util.Optional;

/** {@code profile(Net, digits)}. */
public final class ProfileVerb implements Verb {
  @Override
  public Signature signature() {
    return Signature.of(
        "profile", "where the time of a training goes",
        required("net", Thing.NET, "that is trained"), required("data", Thing.DATA, "it would be trained on"));
  }

  @Override
  public String example() {
    return "profile(Mlp, digits)";
  }

  @Override
  public List<Need> needs() {
    return List.of(Need.FITS);
  }

  @Override
  public Optional<Deed> check(Given given) {
    CheckedData data = given.data("data");
    return given.loss(given.net("net"), data).map(loss -> new Of(given.net("net"), data, loss));
  }

  /** The same after a training. */
  public static Deed of(CheckedTrain run) {
    return new Of(run.net(), run.data(), run.tested());
  }

  private record Of(CheckedNet net, CheckedData data, Computation loss) implements Deed {
    @Override
    public Gives gives() {
      return Gives.EXHIBIT;
    }

    @Override
    public Result run(Bench bench) {
      return new Result.Shown(PlanTables.profile(
          net.name(), bench.engine().profile(bench.trained(net).model(), bench.shown(net, data), bench.loss(net, data, loss))));
    }
  }
}
