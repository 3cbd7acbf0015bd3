package dev.lanewise.dsl.verb.test;

import static dev.lanewise.runtime.signature.Argument.required;

import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.dsl.exhibit.Gallery;
import dev.lanewise.dsl.meaning.CheckedNet;
import dev.lanewise.dsl.meaning.Examples;
import dev.lanewise.dsl.verb.Bench;
import dev.lanewise.dsl.verb.Deed;
import dev.lanewise.dsl.verb.Given;
import dev.lanewise.dsl.verb.Need;
import dev.lanewise.dsl.verb.Result;
import dev.lanewise.dsl.verb.Thing;
import dev.lanewise.dsl.verb.Verb;
import dev.lanewise.dsl.view.AnswerTable;
import dev.lanewise.dsl.view.Answered;
import dev.lanewise.dsl.view.PartAnswers;
import dev.lanewise.dsl.view.Said;
import dev.lanewise.dsl.view.picture.Chosen;
import dev.lanewise.dsl.view.picture.Seen;
import dev.lanewise.runtime.data.World;
import dev.lanewise.runtime.operation.Computation;
import dev.lanewise.runtime.score.Predictions;
import dev.lanewise.runtime.signature.Signature;
import java.util.List;
import java.util.Optional;

/** {@code predict(Net, digits.test.item(7))}. */
public final class PredictVerb implements Verb {
  @Override
  public Signature signature() {
    return Signature.of(
        "predict", "what a network makes of some examples, beside what is right",
        required("net", Thing.NET, "whose answers count"), required("examples", Thing.EXAMPLES, "such as digits.test.item(7)"),
        Thing.drawn(".png", ".svg", ".csv"));
  }

  @Override
  public String example() {
    return "predict(Mlp, digits.test.batch(0, size = 4))";
  }

  @Override
  public List<Need> needs() {
    return List.of(Need.FITS);
  }

  @Override
  public Optional<Deed> check(Given given) {
    Examples examples = given.examples("examples");
    return given.loss(given.net("net"), examples.data())
        .map(loss -> new Of(given.net("net"), examples, loss, given.at("examples"), given.to().filter(p -> p.toString().endsWith(".csv")).isPresent()));
  }

  private record Of(CheckedNet net, Examples examples, Computation loss, Span at, boolean asTable) implements Deed {
    @Override
    public Gives gives() {
      return Gives.EXHIBIT;
    }

    @Override
    public Result run(Bench bench) {
      Chosen c = Chosen.of(examples, bench.shown(net, examples.data()), at);
      Seen seen = Seen.of(c.split(), c.part(), c.which(), examples.part() == Examples.Part.TRAIN);
      Computation own = bench.loss(net, examples.data(), loss);
      if (PartAnswers.areTold(own) || !asTable && examples.data().hasParts()) {
        PartAnswers answers = new PartAnswers(
            net.name() + " on " + c.title(), net, c.split(), seen.examples(), c.which(), bench.engine().predictions(bench.trained(net).model(), seen.examples(), own));
        if (asTable) {
          return new Result.Shown(answers.answers());
        }
        List<Gallery> pictures = answers.galleries();
        return pictures.isEmpty() ? new Result.Shown(answers.table()) : new Result.Shown(pictures.getFirst(), List.of(answers.table()));
      }
      Predictions made = bench.engine().predict(bench.trained(net).model(), seen.examples(), own);
      boolean places = bench.trained(net).world().filter(w -> w.output() instanceof World.Output.Embedding).isPresent();
      if (asTable || places) {
        Said said = Said.of(bench.trained(net), made, own);
        List<String> header = c.split().world().input() instanceof World.Input.Table(var _, List<String> learned) ? learned : said.header();
        AnswerTable answers = new AnswerTable(net.name() + " on " + c.title(), "item", c.which().stream().map(String::valueOf).toList(), header, said);
        return new Result.Shown(asTable ? answers.whole() : answers.shown());
      }
      Answered answered = new Answered(net.name() + " on " + c.title(), c.split(), seen, c.which(), made);
      return new Result.Shown(answered.isPictures() ? answered.gallery() : answered.table());
    }
  }
}
