package dev.lanewise.dsl.verb.show;

import static dev.lanewise.runtime.signature.Argument.optional;
import static dev.lanewise.runtime.signature.Argument.required;

import dev.lanewise.dsl.meaning.Curve;
import dev.lanewise.dsl.verb.Bench;
import dev.lanewise.dsl.verb.Deed;
import dev.lanewise.dsl.verb.Given;
import dev.lanewise.dsl.verb.Result;
import dev.lanewise.dsl.verb.Thing;
import dev.lanewise.dsl.verb.Verb;
import dev.lanewise.runtime.signature.Signature;
import dev.lanewise.runtime.symbolic.Derivative;
import dev.lanewise.runtime.symbolic.Term;
import dev.lanewise.runtime.symbolic.Written;
import java.util.Optional;

/** {@code show(swish)}, and {@code show(swish, gradient)}: its derivative. */
public final class ShowFunctionVerb implements Verb {
  @Override
  public Signature signature() {
    return Signature.of(
        "show", "the formula of a function, or its derivative",
        required("function", Thing.FUNCTION, "of one number"),
        optional("of", Thing.OneOf.of("gradient"), "", "`gradient` for the derivative"));
  }

  @Override
  public String example() {
    return "show(gelu, gradient)";
  }

  @Override
  public Optional<Deed> check(Given given) {
    Curve function = given.function("function");
    boolean gradient = given.word("of").equals("gradient");
    Term formula = gradient ? Derivative.of(function.formula(), "x") : function.definition();
    return Optional.of(new Of(
        function.name() + (gradient ? "'" : "") + "(" + function.parameter() + ")",
        Written.of(formula.replace(Term.variable("x"), Term.variable(function.parameter()))).toString()));
  }

  private record Of(String name, String text) implements Deed {
    @Override
    public Result run(Bench bench) {
      return new Result.Told(name, text);
    }
  }
}
