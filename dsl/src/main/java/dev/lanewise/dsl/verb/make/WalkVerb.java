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
import java.util.Set;

/** {@code walk(G, steps = 8)}: a grid of what a network makes, along two of its numbers, or between four rows of them. */
public final class WalkVerb implements Verb {
  /** What says along which numbers. */
  private static final Set<String> NAMING = Set.of("from", "to", "axes");
  private static final Argument FILE = Thing.drawn(".png", ".svg");

  @Override
  public Signature signature() {
    return Signature.of(
        "walk", "a grid of what a network makes, step by step: along two of its numbers, or one; where it takes more and none is named, between four samples",
        required("net", Thing.NET, "that begins with a row of numbers"),
        optional("from", new Thing.Named(Argument.Type.NUMBER), -2.0, "where they begin"),
        optional("to", new Thing.Named(Argument.Type.NUMBER), 2.0, "where they end"),
        optional("steps", new Thing.Named(new Thing.Count(2)), 10, "so many along each"),
        optional("axes", new Thing.Named(Argument.Type.NUMBERS), List.of(0, 1), "which of them grow, counted from 0, while the others are 0"),
        optional("seed", new Thing.Named(Argument.Type.INTEGER), 1, "of the four samples: `sample` of the same seed shows them"), Thing.drawn(".png", ".svg"));
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
    boolean named = given.spans().keySet().stream().anyMatch(a -> NAMING.contains(a.name()) && !a.type().equals(FILE.type()));
    if (numbers > 2 && !named) {
      return Optional.of(new Between(making.get(), given.whole("steps"), given.whole("seed")));
    }
    // One that takes a single number has no second axis.
    double[] axes = Arrays.stream(given.numbers("axes")).limit(numbers).toArray();
    boolean known = axes.length > 0 && axes.length <= 2 && Arrays.stream(axes).allMatch(a -> a >= 0 && a < numbers && a == Math.rint(a));
    return known
        ? Optional.of(new Along(making.get(), given.number("from"), given.number("to"), given.whole("steps"), axes))
        : given.problems().report(
            Code.L015, given.at("axes"), "walk: `axes` are one or two of the " + numbers + " numbers that " + making.get().net().name() + " takes, counted from 0",
            numbers > 1 ? "for example axes = [0, 1]" : "write axes = [0]");
  }

  private record Along(Making making, double from, double to, int steps, double[] axes) implements Deed {
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

  /** The corners are rows of normal numbers; what lies between is as far from 0 as they are, or else nothing is made there that a network has learnt to make. */
  private record Between(Making making, int steps, int seed) implements Deed {
    @Override
    public Gives gives() {
      return Gives.EXHIBIT;
    }

    @Override
    public Result run(Bench bench) {
      float[][] corners = Making.noise(4, making.net().input().size(), seed);
      float[][] grid = new float[steps * steps][];
      for (int i = 0; i < grid.length; i++) {
        double right = (double) (i % steps) / (steps - 1);
        double down = (double) (i / steps) / (steps - 1);
        grid[i] = between(corners, new double[] {(1 - right) * (1 - down), right * (1 - down), (1 - right) * down, right * down});
      }
      return new Result.Shown(making.shown(making.net().name() + ", between four samples", making.run(bench, grid), steps));
    }

    private static float[] between(float[][] corners, double[] shares) {
      double length = Math.sqrt(Arrays.stream(shares).map(s -> s * s).sum());
      float[] row = new float[corners[0].length];
      for (int k = 0; k < row.length; k++) {
        double sum = 0;
        for (int c = 0; c < shares.length; c++) {
          sum += shares[c] * corners[c][k];
        }
        row[k] = (float) (sum / length);
      }
      return row;
    }
  }
}
