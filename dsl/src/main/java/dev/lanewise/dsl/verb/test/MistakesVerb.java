package dev.lanewise.dsl.verb.test;

import static dev.lanewise.runtime.signature.Argument.optional;
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
import dev.lanewise.dsl.exhibit.Gallery;
import dev.lanewise.dsl.view.Answered;
import dev.lanewise.dsl.view.Mistakes;
import dev.lanewise.dsl.view.PartAnswers;
import dev.lanewise.dsl.view.picture.Exhibits;
import dev.lanewise.dsl.view.picture.Seen;
import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.operation.Computation;
import dev.lanewise.runtime.signature.Signature;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** {@code mistakes(Net, digits, count = 20)}. */
public final class MistakesVerb implements Verb {
  @Override
  public Signature signature() {
    return Signature.of(
        "mistakes", "the examples that a network is most wrong about: the right class, what it says, how sure it is",
        required("net", Thing.NET, "whose answers count"), required("data", Thing.DATA, "with a part to test on"),
        optional("count", new Thing.Named(Thing.Count.AT_LEAST_ONE), 12, "so many"), Thing.drawn(".png", ".svg"));
  }

  @Override
  public String example() {
    return "mistakes(Mlp, digits, count = 20)";
  }

  @Override
  public List<Need> needs() {
    return List.of(Need.ANSWERED, Need.FITS);
  }

  @Override
  public Optional<Deed> check(Given given) {
    CheckedData data = given.data("data");
    boolean ofHeads = data.hasParts() && !Need.comparesOutput(given, given.net("net"), data);
    return ofHeads || Need.CLASSES.holds(given) ? given.loss(given.net("net"), data).map(loss -> new Of(given.net("net"), data, loss, given.whole("count"), ofHeads)) : Optional.empty();
  }

  /** @param ofHeads whether only heads are compared with parts of the examples */
  private record Of(CheckedNet net, CheckedData data, Computation loss, int count, boolean ofHeads) implements Deed {
    @Override
    public Gives gives() {
      return Gives.EXHIBIT;
    }

    @Override
    public Result run(Bench bench) {
      bench.trained(net).world().ifPresent(w -> w.requireClasses(net.name()));
      DataSplit split = bench.shown(net, data);
      if (ofHeads || data.target().isPlaces() && !Exhibits.isPicture(split.test().shape())) {
        return parts(bench, split);
      }
      if (data.target().isPlaces()) {
        return new Result.Shown(places(bench, split));
      }
      Mistakes mistakes = Mistakes.of(
          net.name(), split, bench.engine().predict(bench.trained(net).model(), split.test(), bench.loss(net, loss)));
      if (mistakes.isEmpty()) {
        return new Result.Told("", mistakes.title());
      }
      return new Result.Shown(mistakes.isPictures() ? mistakes.gallery(count) : mistakes.table(count));
    }

    /** Those with the largest loss: outputs of all examples at all places are not kept. */
    private List<Integer> worst(Bench bench, DataSplit split, Computation own) {
      float[] losses = bench.engine().losses(bench.trained(net).model(), split.test(), own);
      return IntStream.range(0, losses.length).boxed()
          .sorted(Comparator.<Integer>comparingDouble(i -> -losses[i]).thenComparing(i -> i)).limit(count).toList();
    }

    private String title() {
      return net.name() + " on " + data.name() + ": the largest losses first";
    }

    private Gallery places(Bench bench, DataSplit split) {
      Computation own = bench.loss(net, data, loss);
      List<Integer> worst = worst(bench, split, own);
      Seen seen = Seen.of(split, split.test(), worst, false);
      return new Answered(title(), split, seen, worst, bench.engine().predict(bench.trained(net).model(), seen.examples(), own)).gallery();
    }

    private Result parts(Bench bench, DataSplit split) {
      Computation own = bench.loss(net, data, loss);
      List<Integer> worst = worst(bench, split, own);
      Seen seen = Seen.of(split, split.test(), worst, false);
      PartAnswers answers = new PartAnswers(title(), net, split, seen.examples(), worst, bench.engine().predictions(bench.trained(net).model(), seen.examples(), own));
      return answers.galleries().isEmpty() ? new Result.Shown(answers.table()) : new Result.Shown(answers.galleries().getFirst(), List.of(answers.table()));
    }
  }
}
