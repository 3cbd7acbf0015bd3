package dev.lanewise.dsl.verb.test;

import static dev.lanewise.runtime.signature.Argument.required;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.dsl.meaning.CheckedData;
import dev.lanewise.dsl.meaning.CheckedNet;
import dev.lanewise.dsl.verb.Bench;
import dev.lanewise.dsl.verb.Deed;
import dev.lanewise.dsl.verb.Given;
import dev.lanewise.dsl.verb.Need;
import dev.lanewise.dsl.verb.Result;
import dev.lanewise.dsl.verb.Thing;
import dev.lanewise.dsl.verb.Verb;
import dev.lanewise.dsl.view.ConfusionTable;
import dev.lanewise.runtime.score.Score;
import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.operation.Computation;
import dev.lanewise.runtime.signature.Signature;
import dev.lanewise.runtime.train.Listener;
import dev.lanewise.runtime.train.TrainEvent;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** {@code confusion(Net, digits)}. */
public final class ConfusionVerb implements Verb {
  @Override
  public Signature signature() {
    return Signature.of(
        "confusion", "which classes are taken for which",
        required("net", Thing.NET, "whose answers count"), required("data", Thing.DATA, "with a part to test on"));
  }

  @Override
  public String example() {
    return "confusion(Mlp, digits)";
  }

  @Override
  public List<Need> needs() {
    return List.of(Need.ANSWERED, Need.FITS, Need.CLASSES);
  }

  @Override
  public Optional<Deed> check(Given given) {
    CheckedData data = given.data("data");
    return given.loss(given.net("net"), data).map(loss -> new Of(given.span(), given.net("net"), data, loss));
  }

  private record Of(Span span, CheckedNet net, CheckedData data, Computation loss) implements Deed {
    /** Nothing is known of how well such a class is found. */
    private void warn(Bench bench, DataSplit shown) {
      int[] counts = DataSplit.counts(shown.test());
      List<String> none = IntStream.range(0, counts.length).filter(c -> counts[c] == 0).mapToObj(shown::className).toList();
      if (!none.isEmpty() && shown.test().size() >= counts.length) {
        bench.warn(
            Code.L056, span, "no example of " + data.name() + " to test on is of the class" + (none.size() == 1 ? " " : "es ") + String.join(", ", none)
                + ", which " + net.name() + " knows", "what is told is of the others alone");
      }
    }

    @Override
    public Gives gives() {
      return Gives.EXHIBIT;
    }

    @Override
    public Result run(Bench bench) {
      bench.trained(net).world().ifPresent(w -> w.requireClasses(net.name()));
      DataSplit shown = bench.shown(net, data);
      if (data.target().isClass()) {
        warn(bench, shown);
      }
      Score score = bench.engine().test(bench.trained(net).model(), shown, bench.loss(net, loss), Listener.NONE);
      return new Result.Shown(ConfusionTable.of(net.name(), shown, score.confusion()));
    }
  }
}
