package dev.lanewise.dsl.verb.show;

import static dev.lanewise.runtime.signature.Argument.required;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.dsl.meaning.CheckedNet;
import dev.lanewise.dsl.meaning.Examples;
import dev.lanewise.dsl.meaning.Trained;
import dev.lanewise.dsl.verb.Bench;
import dev.lanewise.dsl.verb.Deed;
import dev.lanewise.dsl.verb.Given;
import dev.lanewise.dsl.verb.Need;
import dev.lanewise.dsl.verb.Result;
import dev.lanewise.dsl.verb.Thing;
import dev.lanewise.dsl.verb.Verb;
import dev.lanewise.dsl.view.Outputs;
import dev.lanewise.dsl.view.picture.Chosen;
import dev.lanewise.dsl.view.picture.Exhibits;
import dev.lanewise.runtime.signature.Signature;
import java.util.List;
import java.util.Optional;

/** {@code show(Net, digits.test.item(3))}. */
public final class ShowOutputsVerb implements Verb {
  @Override
  public Signature signature() {
    return Signature.of(
        "show", "what every layer of a network makes of an example",
        required("net", Thing.NET, "that is looked into"), required("example", Thing.EXAMPLES, "such as digits.test.item(3)"));
  }

  @Override
  public String example() {
    return "show(Xor, corners.test.item(0))";
  }

  @Override
  public List<Need> needs() {
    return List.of(Need.TAKES);
  }

  @Override
  public Optional<Deed> check(Given given) {
    Examples example = given.examples("example");
    return example.count() == 1
        ? Optional.of(new Of(given.net("net"), example, given.at("example")))
        : given.problems().report(
            Code.L073, given.at("example"), "one example at a time can be looked at",
            "write " + example.data().name() + "." + example.part() + ".item(" + example.first() + ")");
  }

  private record Of(CheckedNet net, Examples example, Span at) implements Deed {
    @Override
    public Gives gives() {
      return Gives.EXHIBIT;
    }

    @Override
    public Result run(Bench bench) {
      Chosen c = Chosen.of(example, bench.shown(net, example.data()), at);
      double[] input = Outputs.doubles(Exhibits.inputs(net, c.part(), c.which().getFirst()));
      Trained trained = bench.trained(net);
      return new Result.Shown(bench.waiting(() -> Outputs.of(trained, input)).table(net.name() + " on " + c.title(), input));
    }
  }
}
