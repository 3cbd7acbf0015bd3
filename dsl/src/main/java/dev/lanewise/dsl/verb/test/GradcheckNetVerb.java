package dev.lanewise.dsl.verb.test;

import static dev.lanewise.runtime.signature.Argument.required;

import dev.lanewise.dsl.lower.Lowering;
import dev.lanewise.dsl.meaning.CheckedNet;
import dev.lanewise.dsl.verb.Bench;
import dev.lanewise.dsl.verb.Deed;
import dev.lanewise.dsl.verb.Given;
import dev.lanewise.dsl.verb.Result;
import dev.lanewise.dsl.verb.Thing;
import dev.lanewise.dsl.verb.Verb;
import dev.lanewise.dsl.view.GradientTables;
import dev.lanewise.runtime.differentiate.GradientCheck;
import dev.lanewise.runtime.operation.Computation;
import dev.lanewise.runtime.operation.Objective;
import dev.lanewise.runtime.signature.Signature;
import java.util.Optional;

/** {@code gradcheck(Net)}. */
public final class GradcheckNetVerb implements Verb {
  @Override
  public Signature signature() {
    return Signature.of(
        "gradcheck", "gradients beside difference quotients, for every parameter", required("net", Thing.NET, "of which gradients are checked"));
  }

  @Override
  public String example() {
    return "gradcheck(Xor)";
  }

  @Override
  public Optional<Deed> check(Given given) {
    return of(given, given.net("net"));
  }

  static Optional<Deed> of(Given given, CheckedNet net) {
    return given.loss(net).map(loss -> new Of(net, loss));
  }

  private record Of(CheckedNet net, Computation loss) implements Deed {
    @Override
    public Gives gives() {
      return Gives.EXHIBIT;
    }

    @Override
    public Result run(Bench bench) {
      Computation own = reads(net, Objective.withoutUnits(bench.loss(net, loss)));
      return new Result.Shown(
          GradientTables.of(net.name(), bench.waiting(() -> GradientCheck.of(Lowering.graph(net), own, bench.seed()))));
    }

    /** While it is taught by others, its loss reads theirs: by itself it is tried with the one that fits. */
    private Computation reads(CheckedNet alone, Computation own) {
      boolean reads = Objective.reads(own).stream().allMatch(r -> !(r instanceof Objective.Read.Output(int number)) || number <= alone.heads().size());
      return reads ? own : loss;
    }
  }
}
