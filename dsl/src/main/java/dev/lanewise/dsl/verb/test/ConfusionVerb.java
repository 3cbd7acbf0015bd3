package dev.lanewise.dsl.verb.test;

import static dev.lanewise.runtime.signature.Argument.required;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.MistakeException;
import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.dsl.exhibit.Exhibit;
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
import dev.lanewise.dsl.view.PartTable;
import dev.lanewise.runtime.score.Score;
import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.data.Field;
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
    return List.of(Need.ANSWERED, Need.FITS);
  }

  @Override
  public Optional<Deed> check(Given given) {
    CheckedData data = given.data("data");
    CheckedNet net = given.net("net");
    List<String> heads = Need.comparesOutput(given, net, data) ? List.of()
        : net.heads().stream().map(CheckedNet.Head::name).filter(h -> data.field(h).filter(Field::isWhole).isPresent()).toList();
    return !heads.isEmpty() || Need.CLASSES.holds(given) ? given.loss(net, data).map(loss -> new Of(given.span(), net, data, loss, heads)) : Optional.empty();
  }

  /** @param heads that tell classes apart, where the network's own output does not */
  private record Of(Span span, CheckedNet net, CheckedData data, Computation loss, List<String> heads) implements Deed {
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

    /** A table for each. */
    private Result ofHeads(DataSplit shown, Score score) {
      List<Exhibit> tables = heads.stream().filter(score.heads()::containsKey)
          .map(h -> (Exhibit) ConfusionTable.of(net.name() + "." + h, PartTable.words(shown, h), score.heads().get(h).confusion())).toList();
      if (tables.isEmpty()) {
        throw new MistakeException(
            Code.L093, span, "no loss of this network compares an output with `" + heads.getFirst() + "`: there is no score of it", "train it with loss { " + heads.getFirst() + " = … }");
      }
      return new Result.Shown(tables.getLast(), tables.subList(0, tables.size() - 1));
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
      if (!heads.isEmpty()) {
        return ofHeads(shown, score);
      }
      return new Result.Shown(ConfusionTable.of(net.name(), shown, score.confusion()));
    }
  }
}
