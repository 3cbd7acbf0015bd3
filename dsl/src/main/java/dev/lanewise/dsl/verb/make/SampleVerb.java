package dev.lanewise.dsl.verb.make;

import static dev.lanewise.runtime.signature.Argument.optional;
import static dev.lanewise.runtime.signature.Argument.required;

import dev.lanewise.dsl.verb.Bench;
import dev.lanewise.dsl.verb.Deed;
import dev.lanewise.dsl.verb.Given;
import dev.lanewise.dsl.verb.Result;
import dev.lanewise.dsl.verb.Thing;
import dev.lanewise.dsl.verb.Verb;
import dev.lanewise.runtime.signature.Argument;
import dev.lanewise.runtime.signature.Signature;
import java.util.Optional;

/** {@code sample(G, count = 16)}. */
public final class SampleVerb implements Verb {
  @Override
  public Signature signature() {
    return Signature.of(
        "sample", "what a network makes of normal numbers",
        required("net", Thing.NET, "that begins with a row of numbers; of classes that it takes too, each comes in turn"),
        optional("count", new Thing.Named(Thing.Count.AT_LEAST_ONE), 16, "so many"),
        optional("seed", new Thing.Named(Argument.Type.INTEGER), 1, "the same numbers for the same seed"), Thing.drawn(".png", ".svg"));
  }

  @Override
  public String example() {
    return "sample(Maker, count = 4)";
  }

  @Override
  public Optional<Deed> check(Given given) {
    return Making.of(given, "net").map(m -> new Of(m, given.whole("count"), given.whole("seed")));
  }

  private record Of(Making making, int count, int seed) implements Deed {
    @Override
    public Gives gives() {
      return Gives.EXHIBIT;
    }

    @Override
    public Result run(Bench bench) {
      float[][] rows = Making.noise(count, making.net().input().size(), seed);
      return new Result.Shown(making.shown(making.net().name() + ", of normal numbers", making.run(bench, rows), 1));
    }
  }
}
