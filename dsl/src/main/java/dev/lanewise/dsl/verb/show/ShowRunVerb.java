package dev.lanewise.dsl.verb.show;

import static dev.lanewise.runtime.signature.Argument.required;

import dev.lanewise.dsl.meaning.CheckedTrain;
import dev.lanewise.dsl.verb.Bench;
import dev.lanewise.dsl.verb.Deed;
import dev.lanewise.dsl.verb.Given;
import dev.lanewise.dsl.verb.Result;
import dev.lanewise.dsl.verb.Thing;
import dev.lanewise.dsl.verb.Verb;
import dev.lanewise.dsl.view.EpochTable;
import dev.lanewise.runtime.signature.Signature;
import java.util.Optional;

/** {@code show(base)}, where base is a training run. */
public final class ShowRunVerb implements Verb {
  @Override
  public Signature signature() {
    return Signature.of("show", "the epochs of a training, with their losses", required("run", Thing.RUN, "such as `base = train Net on data`"));
  }

  @Override
  public String example() {
    return "show(base)";
  }

  @Override
  public Optional<Deed> check(Given given) {
    return Optional.of(new Of(given.run("run")));
  }

  private record Of(CheckedTrain run) implements Deed {
    @Override
    public Gives gives() {
      return Gives.EXHIBIT;
    }

    @Override
    public Result run(Bench bench) {
      return new Result.Shown(EpochTable.of(run, bench.history(run)));
    }
  }
}
