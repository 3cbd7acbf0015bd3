package dev.lanewise.dsl.verb.show;

import static dev.lanewise.runtime.signature.Argument.optional;
import static dev.lanewise.runtime.signature.Argument.required;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.verb.Bench;
import dev.lanewise.dsl.verb.Deed;
import dev.lanewise.dsl.verb.Given;
import dev.lanewise.dsl.verb.Result;
import dev.lanewise.dsl.verb.Thing;
import dev.lanewise.dsl.verb.Verb;
import dev.lanewise.dsl.view.picture.Figures;
import dev.lanewise.runtime.signature.Argument;
import dev.lanewise.runtime.signature.Signature;
import dev.lanewise.runtime.symbolic.Term;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** {@code plot(swish, relu6, from = -2, to = 8)}. */
public final class PlotFunctionsVerb implements Verb {
  @Override
  public Signature signature() {
    return Signature.of(
        "plot", "functions of a number, as curves",
        required("functions", new Thing.Many(Thing.FUNCTION), "one or more"),
        optional("from", new Thing.Named(Argument.Type.NUMBER), -4.0, "where they begin"),
        optional("to", new Thing.Named(Argument.Type.NUMBER), 4.0, "where they end"), Thing.drawn(".png", ".svg"));
  }

  @Override
  public String example() {
    return "plot(gelu, relu6, from = -3, to = 8)";
  }

  @Override
  public Optional<Deed> check(Given given) {
    double from = given.number("from");
    double to = given.number("to");
    Map<String, Term> functions = new LinkedHashMap<>();
    given.functions("functions").forEach(f -> functions.put(f.name(), f.formula()));
    return from < to && Double.isFinite(to - from)
        ? Optional.of(new Of(functions, from, to))
        : given.problems().report(Code.L015, given.span(), "`from` must be below `to`", "");
  }

  private record Of(Map<String, Term> functions, double from, double to) implements Deed {
    @Override
    public Gives gives() {
      return Gives.EXHIBIT;
    }

    @Override
    public Result run(Bench bench) {
      return new Result.Shown(Figures.of(functions, from, to));
    }
  }
}
