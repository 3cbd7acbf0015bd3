package dev.lanewise.dsl.verb.make;

import static dev.lanewise.runtime.signature.Argument.optional;
import static dev.lanewise.runtime.signature.Argument.required;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.verb.Bench;
import dev.lanewise.dsl.verb.Deed;
import dev.lanewise.dsl.verb.Given;
import dev.lanewise.dsl.verb.Result;
import dev.lanewise.dsl.verb.Thing;
import dev.lanewise.dsl.verb.Verb;
import dev.lanewise.runtime.signature.Argument;
import dev.lanewise.runtime.signature.Signature;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** {@code walk(G, from = -2, to = 2)}. */
public final class WalkVerb implements Verb {
  @Override
  public Signature signature() {
    return Signature.of(
        "walk", "what a network makes of numbers that grow step by step: two of them, or one, while the others are 0",
        required("net", Thing.NET, "that begins with a row of numbers"),
        optional("from", new Thing.Named(Argument.Type.NUMBER), -2.0, "where they begin"),
        optional("to", new Thing.Named(Argument.Type.NUMBER), 2.0, "where they end"),
        optional("steps", new Thing.Named(new Thing.Count(2)), 10, "so many along each"),
        optional("axes", new Thing.Named(Argument.Type.NUMBERS), List.of(0, 1), "which of them grow, counted from 0"), Thing.drawn(".png", ".svg"));
  }

  @Override
  public String example() {
    return "walk(Maker, steps = 3)";
  }

  @Override
  public Optional<Deed> check(Given given) {
    Optional<Making> making = Making.of(given, "net");
    if (making.isEmpty()) {
      return Optional.empty();
    }
    int numbers = making.get().net().input().size();
    // One that takes a single number has no second axis.
    double[] axes = Arrays.stream(given.numbers("axes")).limit(numbers).toArray();
    boolean known = axes.length > 0 && axes.length <= 2 && Arrays.stream(axes).allMatch(a -> a >= 0 && a < numbers && a == Math.rint(a));
    return known
        ? Optional.of(new Of(making.get(), given.number("from"), given.number("to"), given.whole("steps"), axes))
        : given.problems().report(
            Code.L015, given.at("axes"), "walk: `axes` are one or two of the " + numbers + " numbers that " + making.get().net().name() + " takes, counted from 0",
            numbers > 1 ? "for example axes = [0, 1]" : "write axes = [0]");
  }

  private record Of(Making making, double from, double to, int steps, double[] axes) implements Deed {
    @Override
    public Gives gives() {
      return Gives.EXHIBIT;
    }

    @Override
    public Result run(Bench bench) {
      int rows = axes.length == 1 ? 1 : steps;
      float[][] grid = new float[rows * steps][making.net().input().size()];
      for (int i = 0; i < grid.length; i++) {
        grid[i][(int) axes[0]] = at(i % steps);
        if (rows > 1) {
          grid[i][(int) axes[1]] = at(i / steps);
        }
      }
      return new Result.Shown(making.shown(making.net().name() + ", from " + from + " to " + to, making.run(bench, grid), steps));
    }

    private float at(int step) {
      return (float) (from + (to - from) * step / (steps - 1));
    }
  }
}
