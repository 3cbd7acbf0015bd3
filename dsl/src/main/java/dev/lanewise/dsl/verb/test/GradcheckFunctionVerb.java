package dev.lanewise.dsl.verb.test;

import static dev.lanewise.runtime.signature.Argument.required;

import dev.lanewise.dsl.meaning.Curve;
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

/** {@code gradcheck(swish)}. */
public final class GradcheckFunctionVerb implements Verb {
  @Override
  public Signature signature() {
    return Signature.of("gradcheck", "the same of a function, also at its kinks", required("function", Thing.FUNCTION, "of one number"));
  }

  @Override
  public String example() {
    return "gradcheck(gelu)";
  }

  @Override
  public Optional<Deed> check(Given given) {
    return Optional.of(new Of(given.function("function")));
  }

  private record Of(Curve function) implements Deed {
    @Override
    public Gives gives() {
      return Gives.EXHIBIT;
    }

    @Override
    public Result run(Bench bench) {
      return new Result.Shown(GradientTables.of(function.name(), GradientCheck.of(function.name(), function.formula())));
    }
  }
}
