package dev.lanewise.dsl.verb.test;

import static dev.lanewise.runtime.signature.Argument.required;

import dev.lanewise.dsl.meaning.CheckedData;
import dev.lanewise.dsl.meaning.CheckedNet;
import dev.lanewise.dsl.verb.Bench;
import dev.lanewise.dsl.verb.Deed;
import dev.lanewise.dsl.verb.Given;
import dev.lanewise.dsl.verb.Need;
import dev.lanewise.dsl.verb.Result;
import dev.lanewise.dsl.verb.Thing;
import dev.lanewise.dsl.verb.Verb;
import dev.lanewise.dsl.view.AnswerTable;
import dev.lanewise.dsl.view.PartAnswers;
import dev.lanewise.dsl.view.Said;
import dev.lanewise.dsl.exhibit.Table;
import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.data.World;
import dev.lanewise.runtime.operation.Computation;
import dev.lanewise.runtime.signature.Signature;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** {@code predict(Net, digits, to = "answers.csv")}. */
public final class PredictDataVerb implements Verb {
  @Override
  public Signature signature() {
    return Signature.of(
        "predict", "what a network says of all examples to test on", required("net", Thing.NET, "whose answers count"),
        required("data", Thing.DATA, "with a part to test on"), Thing.drawn(".csv"));
  }

  @Override
  public String example() {
    return "predict(Mlp, digits, to = \"said.csv\")";
  }

  @Override
  public List<Need> needs() {
    return List.of(Need.FITS);
  }

  @Override
  public Optional<Deed> check(Given given) {
    CheckedData data = given.data("data");
    return given.loss(given.net("net"), data).map(loss -> new Of(given.net("net"), data, loss, given.to().isPresent()));
  }

  private record Of(CheckedNet net, CheckedData data, Computation loss, boolean written) implements Deed {
    @Override
    public Gives gives() {
      return Gives.EXHIBIT;
    }

    @Override
    public Result run(Bench bench) {
      DataSplit split = bench.shown(net, data);
      Computation own = bench.loss(net, data, loss);
      if (PartAnswers.areTold(own)) {
        return new Result.Shown(heads(bench, split, own));
      }
      Said said = Said.of(bench.trained(net), bench.engine().predict(bench.trained(net).model(), split.test(), own), own);
      List<String> names = IntStream.range(0, split.test().size()).mapToObj(Integer::toString).toList();
      List<String> header = split.world().input() instanceof World.Input.Table(var _, List<String> learned) ? learned : said.header();
      AnswerTable answers = new AnswerTable(net.name() + " on " + data.name() + ".test", "item", names, header, said);
      return new Result.Shown(written ? answers.whole() : answers.shown());
    }

    /** What each output says. */
    private Table heads(Bench bench, DataSplit split, Computation own) {
      List<Integer> which = IntStream.range(0, split.test().size()).boxed().toList();
      PartAnswers answers = new PartAnswers(
          net.name() + " on " + data.name() + ".test", net, split, split.test(), which, bench.engine().predictions(bench.trained(net).model(), split.test(), own));
      return written ? answers.answers() : AnswerTable.first(answers.answers());
    }
  }
}
