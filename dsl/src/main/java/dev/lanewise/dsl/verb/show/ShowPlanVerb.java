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
import dev.lanewise.runtime.plan.Plan;
import dev.lanewise.runtime.signature.Signature;
import java.util.Optional;

/** {@code show(Net, plan)}, also passes and memory. */
public final class ShowPlanVerb implements Verb {
  @Override
  public Signature signature() {
    return Signature.of(
        "show", "how a training is compiled",
        required("net", Thing.NET, "that is trained"),
        required("view", Thing.OneOf.of("plan", "passes", "memory"), "what runs, what each pass of the compiler changed, or which values share memory"));
  }

  @Override
  public String example() {
    return "show(Mlp, plan)";
  }

  @Override
  public Optional<Deed> check(Given given) {
    return given.loss(given.net("net")).map(loss -> new Of(given.net("net"), given.word("view"), loss));
  }

  /** How the training of a network as it is now is compiled. */
  static Plan plan(Bench bench, CheckedNet net, Computation loss) {
    return Plan.training(bench.trained(net).model().graph(), bench.loss(net, loss), bench.kernels());
  }

  private record Of(CheckedNet net, String view, Computation loss) implements Deed {
    @Override
    public Gives gives() {
      return Gives.EXHIBIT;
    }

    @Override
    public Result run(Bench bench) {
      Plan plan = plan(bench, net, loss);
      return new Result.Shown(switch (view) {
        case "plan" -> PlanTables.plan(net.name(), plan);
        case "passes" -> PlanTables.passes(net.name(), plan);
        default -> PlanTables.memory(net.name(), plan);
      });
    }
  }
}
