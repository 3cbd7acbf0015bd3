package dev.lanewise.dsl.verb.test;

import static dev.lanewise.runtime.signature.Argument.required;

import dev.lanewise.dsl.lower.Lowering;
import dev.lanewise.dsl.verb.Bench;
import dev.lanewise.dsl.verb.Deed;
import dev.lanewise.dsl.verb.Given;
import dev.lanewise.dsl.verb.Result;
import dev.lanewise.dsl.verb.Thing;
import dev.lanewise.dsl.verb.Verb;
import dev.lanewise.dsl.view.GradientTables;
import dev.lanewise.runtime.differentiate.GradientCheck;
import dev.lanewise.runtime.signature.Signature;
import java.util.Optional;

/** {@code gradcheck(focal)}. */
public final class GradcheckLossVerb implements Verb {
  @Override
  public Signature signature() {
    return Signature.of("gradcheck", "the same of a loss, behind a layer", required("loss", Thing.LOSS, "a `def` of the output and the label"));
  }

  @Override
  public String example() {
    return "gradcheck(focal)";
  }

  @Override
  public Optional<Deed> check(Given given) {
    return Optional.of(new Of(given.loss("loss")));
  }

  private record Of(Thing.Loss loss) implements Deed {
    @Override
    public Gives gives() {
      return Gives.EXHIBIT;
    }

    @Override
    public Result run(Bench bench) {
      return new Result.Shown(GradientTables.of(
          loss.name(), bench.waiting(() -> GradientCheck.ofLoss(Lowering.probe(Thing.Loss.OUTPUTS), loss.computation(), bench.seed()))));
    }
  }
}
