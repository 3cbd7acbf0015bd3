package dev.lanewise.dsl.verb.find;

import static dev.lanewise.runtime.signature.Argument.optional;
import static dev.lanewise.runtime.signature.Argument.required;

import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.dsl.exhibit.Table;
import dev.lanewise.dsl.meaning.CheckedData;
import dev.lanewise.dsl.meaning.CheckedNet;
import dev.lanewise.dsl.meaning.Constant;
import dev.lanewise.dsl.verb.Bench;
import dev.lanewise.dsl.verb.Deed;
import dev.lanewise.dsl.verb.Given;
import dev.lanewise.dsl.verb.Need;
import dev.lanewise.dsl.verb.Result;
import dev.lanewise.dsl.verb.Thing;
import dev.lanewise.dsl.verb.Verb;
import dev.lanewise.runtime.data.Dataset;
import dev.lanewise.runtime.score.Retrieval;
import dev.lanewise.runtime.signature.Signature;
import dev.lanewise.runtime.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** {@code finds(Clip, emojis, k = 10)}: recall at k, both ways, beside what chance would reach. */
public final class FindsVerb implements Verb {
  private static final int WAYS = 2;

  @Override
  public Signature signature() {
    return Signature.of(
        "finds", "how often one part of an example finds the other among the k nearest of those to test on, both ways; a list of how many times as often as by chance",
        required("net", Thing.NET, "trained by contrastive(image, text)"), required("data", Thing.DATA, "with a part to test on"),
        optional("k", new Thing.Named(Thing.Count.AT_LEAST_ONE), 10, "among so many"));
  }

  @Override
  public String example() {
    return "finds(Clip, signs, k = 2)";
  }

  @Override
  public List<Need> needs() {
    return List.of(Need.TAKES);
  }

  @Override
  public Optional<Deed> check(Given given) {
    return Places.fit(given, given.net("net")) ? Optional.of(new Of(given.at("net"), given.net("net"), given.data("data"), given.whole("k"))) : Optional.empty();
  }

  private record Of(Span at, CheckedNet net, CheckedData data, int k) implements Deed {
    @Override
    public Gives gives() {
      return Gives.NUMBERS;
    }

    @Override
    public Optional<Shape> shape() {
      return Optional.of(Shape.of(WAYS));
    }

    @Override
    public Result run(Bench bench) {
      Places places = Places.of(bench, net, at);
      Dataset shown = bench.shown(net, data).test();
      List<Places.Laid> laid = places.sides().stream().map(s -> places.laid(shown, s)).toList();
      double[] numbers = new double[WAYS];
      List<List<String>> rows = new ArrayList<>();
      for (int way = 0; way < WAYS; way++) {
        Retrieval retrieval = Places.retrieval(laid.get(way), laid.get(1 - way));
        double recall = retrieval.recall(k);
        double chance = retrieval.chance(k);
        numbers[way] = recall / chance;
        rows.add(List.of(
            places.sides().get(way).part(), places.sides().get(1 - way).part(), Integer.toString(retrieval.candidates().length), percent(recall), percent(chance),
            String.format(Locale.ROOT, "%.1f", numbers[way])));
      }
      Table table = new Table("what " + net.name() + " finds on " + data.name() + ", among the nearest " + k, List.of("by", "finds", "of", "recall", "chance", "times chance"), rows);
      return new Result.Counted(Constant.Items.of(List.of(WAYS), numbers), table);
    }

    private static String percent(double share) {
      return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }
  }
}
