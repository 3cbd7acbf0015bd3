package dev.lanewise.dsl.verb.show;

import static dev.lanewise.runtime.signature.Argument.required;

import dev.lanewise.dsl.meaning.CheckedTrain;
import dev.lanewise.dsl.verb.Bench;
import dev.lanewise.dsl.verb.Deed;
import dev.lanewise.dsl.verb.Given;
import dev.lanewise.dsl.verb.Result;
import dev.lanewise.dsl.verb.Thing;
import dev.lanewise.dsl.verb.Verb;
import dev.lanewise.dsl.view.picture.Figures;
import dev.lanewise.runtime.signature.Signature;
import dev.lanewise.runtime.train.TrainEvent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code plot(base)}, {@code plot(a, b)}. */
public final class PlotRunsVerb implements Verb {
  @Override
  public Signature signature() {
    return Signature.of(
        "plot", "the loss of trainings, epoch by epoch",
        required("runs", new Thing.Many(Thing.RUN), "one or more"), Thing.drawn(".png", ".svg"));
  }

  @Override
  public String example() {
    return "plot(base)";
  }

  @Override
  public Optional<Deed> check(Given given) {
    return Optional.of(new Of(given.runs("runs")));
  }

  private record Of(List<CheckedTrain> runs) implements Deed {
    @Override
    public Gives gives() {
      return Gives.EXHIBIT;
    }

    @Override
    public Result run(Bench bench) {
      if (runs.size() == 1) {
        CheckedTrain run = runs.getFirst();
        return new Result.Shown(Figures.of(run.net().name(), bench.history(run), run.settings(), bench.split(run.data()).train().size()));
      }
      Map<String, List<TrainEvent.Epoch>> named = new LinkedHashMap<>();
      runs.forEach(r -> named.put(r.name(), bench.history(r).epochs()));
      return new Result.Shown(Figures.of(named));
    }
  }
}
