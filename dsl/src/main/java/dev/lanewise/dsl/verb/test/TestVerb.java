package dev.lanewise.dsl.verb.test;

import static dev.lanewise.runtime.signature.Argument.required;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.MistakeException;
import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.dsl.meaning.CheckedData;
import dev.lanewise.dsl.meaning.CheckedNet;
import dev.lanewise.dsl.meaning.CheckedTrain;
import dev.lanewise.dsl.meaning.Scored;
import dev.lanewise.dsl.verb.Bench;
import dev.lanewise.dsl.verb.Deed;
import dev.lanewise.dsl.verb.Given;
import dev.lanewise.dsl.verb.Need;
import dev.lanewise.dsl.verb.Result;
import dev.lanewise.dsl.verb.Thing;
import dev.lanewise.dsl.verb.Verb;
import dev.lanewise.runtime.layer.TwoViews;
import dev.lanewise.runtime.operation.Computation;
import dev.lanewise.runtime.signature.Signature;
import java.util.List;
import java.util.Optional;

/** {@code test(Net, digits)}: a score, of which {@code .accuracy} and {@code .loss} are parts. */
public final class TestVerb implements Verb {
  @Override
  public Signature signature() {
    return Signature.of(
        "test", "how good a network is on the examples to test on",
        required("net", Thing.NET, "whose answers count"), required("data", Thing.DATA, "with a part to test on"));
  }

  @Override
  public String example() {
    return "test(Mlp, digits)";
  }

  @Override
  public List<Need> needs() {
    return List.of(Need.ANSWERED, Need.FITS);
  }

  @Override
  public Optional<Deed> check(Given given) {
    CheckedData data = given.data("data");
    return given.loss(given.net("net"), data).map(loss -> new Of(given.span(), given.net("net"), data, loss));
  }

  /** The same of a training run: {@code base.test}. */
  public static Deed of(CheckedTrain run) {
    return new Of(run.span(), run.net(), run.data(), run.tested());
  }

  private record Of(Span at, CheckedNet net, CheckedData data, Computation loss) implements Deed {
    @Override
    public Gives gives() {
      return Gives.SCORE;
    }

    @Override
    public Optional<Scored> scored() {
      return Optional.of(new Scored(net, data));
    }

    @Override
    public Result run(Bench bench) {
      Computation own = bench.loss(net, data, loss);
      if (own instanceof TwoViews && data.changes().isEmpty()) {
        throw new MistakeException(
            Code.L090, at, net.name() + " has learnt to tell two views of an example from those of others, but nothing changes the examples of " + data.name(),
            "give them the `augment` that it was trained with");
      }
      return new Result.Scored(bench.engine().test(bench.trained(net).model(), bench.shown(net, data), own, bench.progress()));
    }
  }
}
