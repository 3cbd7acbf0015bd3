package dev.lanewise.dsl.verb.show;

import static dev.lanewise.runtime.signature.Argument.required;

import dev.lanewise.dsl.meaning.CheckedNet;
import dev.lanewise.dsl.verb.Bench;
import dev.lanewise.dsl.verb.Deed;
import dev.lanewise.dsl.verb.Given;
import dev.lanewise.dsl.verb.Result;
import dev.lanewise.dsl.verb.Thing;
import dev.lanewise.dsl.verb.Verb;
import dev.lanewise.dsl.view.PlanTables;
import dev.lanewise.runtime.operation.Computation;
import dev.lanewise.runtime.signature.Signature;
import java.util.Optional;

/** {@code show(Net, kernel = conv1)}. */
public final class ShowKernelVerb implements Verb {
  @Override
  public Signature signature() {
    return Signature.of(
        "show", "the kernels of a layer, forward and backward, as code",
        required("net", Thing.NET, "that is trained"), required("kernel", new Thing.Named(new Thing.LayerOf("net")), "its layer"));
  }

  @Override
  public String example() {
    return "show(Mlp, kernel = dense1)";
  }

  @Override
  public Optional<Deed> check(Given given) {
    return given.loss(given.net("net")).map(loss -> new Of(given.net("net"), given.word("kernel"), loss));
  }

  private record Of(CheckedNet net, String layer, Computation loss) implements Deed {
    @Override
    public Gives gives() {
      return Gives.EXHIBIT;
    }

    @Override
    public Result run(Bench bench) {
      return new Result.Shown(PlanTables.kernels(layer, ShowPlanVerb.plan(bench, net, loss)));
    }
  }
}
