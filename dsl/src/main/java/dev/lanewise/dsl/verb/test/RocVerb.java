package dev.lanewise.dsl.verb.test;

import static dev.lanewise.runtime.signature.Argument.required;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.MistakeException;
import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.dsl.exhibit.Table;
import dev.lanewise.dsl.meaning.CheckedData;
import dev.lanewise.dsl.meaning.CheckedNet;
import dev.lanewise.dsl.verb.Bench;
import dev.lanewise.dsl.verb.Deed;
import dev.lanewise.dsl.verb.Given;
import dev.lanewise.dsl.verb.Need;
import dev.lanewise.dsl.verb.Result;
import dev.lanewise.dsl.verb.Thing;
import dev.lanewise.dsl.verb.Verb;
import dev.lanewise.dsl.view.ProbabilityTables;
import dev.lanewise.dsl.view.picture.Probabilities;
import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.operation.Computation;
import dev.lanewise.runtime.score.Predictions;
import dev.lanewise.runtime.score.Roc;
import dev.lanewise.runtime.signature.Signature;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** {@code roc(Net, points)}. */
public final class RocVerb implements Verb {
  @Override
  public Signature signature() {
    return Signature.of(
        "roc", "what is found of a class, and what is taken for it, from every probability on; of two classes the second, of more each against the others",
        required("net", Thing.NET, "whose answers count"), required("data", Thing.DATA, "with a part to test on"), Thing.drawn(".png", ".svg"));
  }

  @Override
  public String example() {
    return "roc(Planes, points)";
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
    @Override
    public Gives gives() {
      return Gives.EXHIBIT;
    }

    @Override
    public Result run(Bench bench) {
      bench.trained(net).world().ifPresent(w -> w.requireClasses(net.name()));
      DataSplit split = bench.shown(net, data);
      int[] counts = DataSplit.counts(split.test());
      Predictions made = bench.engine().predict(bench.trained(net).model(), split.test(), bench.loss(net, loss));
      Map<Integer, Roc> curves = new TreeMap<>();
      for (int label = counts.length == 2 ? 1 : 0; label < counts.length; label++) {
        if (counts[label] > 0 && counts[label] < split.test().size()) {
          curves.put(label, Roc.of(made, split.test(), label));
        }
      }
      if (curves.isEmpty()) {
        throw new MistakeException(
            Code.L091, span, "all examples of " + data.name() + " to test on are of one class: there is nothing to tell them from", "test on others, too");
      }
      Table table = counts.length == 2 ? ProbabilityTables.of(net.name(), split, curves.get(1)) : ProbabilityTables.of(net.name(), split, curves);
      return new Result.Shown(Probabilities.of(net.name(), split, curves), List.of(table));
    }
  }
}
