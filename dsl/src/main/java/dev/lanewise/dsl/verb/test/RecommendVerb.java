package dev.lanewise.dsl.verb.test;

import static dev.lanewise.runtime.signature.Argument.optional;
import static dev.lanewise.runtime.signature.Argument.required;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.MistakeException;
import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.dsl.exhibit.Table;
import dev.lanewise.dsl.meaning.CheckedData;
import dev.lanewise.dsl.meaning.CheckedNet;
import dev.lanewise.dsl.meaning.Trained;
import dev.lanewise.dsl.verb.Bench;
import dev.lanewise.dsl.verb.Deed;
import dev.lanewise.dsl.verb.Given;
import dev.lanewise.dsl.verb.Need;
import dev.lanewise.dsl.verb.Result;
import dev.lanewise.dsl.verb.Thing;
import dev.lanewise.dsl.verb.Verb;
import dev.lanewise.runtime.data.Dataset;
import dev.lanewise.runtime.data.Field;
import dev.lanewise.runtime.data.Unlearned;
import dev.lanewise.runtime.operation.Computation;
import dev.lanewise.runtime.score.Predictions;
import dev.lanewise.runtime.signature.Signature;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/** {@code recommend(Taste, rated, 3)}: of what a user has not rated yet, that of which most is expected. */
public final class RecommendVerb implements Verb {
  @Override
  public Signature signature() {
    return Signature.of(
        "recommend", "of which items a network expects most for a user who has not rated them yet",
        required("net", Thing.NET, "that takes two whole numbers, such as a user and an item, and gives a number"),
        required("data", Thing.DATA, "that it has learnt from: what the user has rated there is left out"), required("of", new Thing.Count(0), "the user, counted from 0"),
        optional("count", new Thing.Named(Thing.Count.AT_LEAST_ONE), 10, "so many"));
  }

  @Override
  public String example() {
    return "recommend(Taste, rated, 3)";
  }

  @Override
  public List<Need> needs() {
    return List.of(Need.FITS);
  }

  @Override
  public Optional<Deed> check(Given given) {
    CheckedNet net = given.net("net");
    boolean pairs = net.inputs().size() == 2 && net.inputs().stream().allMatch(f -> f.isWhole() && f.shape().size() == 1);
    if (!pairs || net.output().size() != 1) {
      return given.problems().report(
          Code.L025, given.at("net"), net.name() + " takes " + net.takes() + " and gives " + net.output() + ", but `recommend` needs a network that takes two whole numbers and gives one number", "");
    }
    int of = given.whole("of");
    Optional<String> strange = net.strange(new double[] {of, 0});
    if (strange.isPresent()) {
      return given.problems().report(Code.L085, given.at("of"), strange.get(), "");
    }
    CheckedData data = given.data("data");
    return given.loss(net, data).map(loss -> new Of(given.span(), net, data, of, given.whole("count"), loss));
  }

  private record Of(Span span, CheckedNet net, CheckedData data, int of, int count, Computation loss) implements Deed {
    @Override
    public Gives gives() {
      return Gives.EXHIBIT;
    }

    @Override
    public Result run(Bench bench) {
      Field user = net.inputs().getFirst();
      Field item = net.inputs().getLast();
      Dataset rated = bench.shown(net, data).train();
      boolean[] known = known(rated, user, item);
      int[] left = IntStream.range(0, item.bound()).filter(i -> !known[i]).toArray();
      Trained trained = bench.trained(net);
      String who = user.name() + " " + called(trained, user, of);
      if (left.length == 0) {
        throw new MistakeException(Code.L025, span, who + " has each " + item.name() + " already: nothing is left to recommend", "ask for another one");
      }
      float[][] same = new float[left.length][];
      IntStream.range(0, same.length).forEach(i -> same[i] = new float[] {of});
      Unlearned pairs = new Unlearned(List.of(user, rated.fields().get(Dataset.TARGET), item), same, (_, example) -> left[example]);
      Predictions made = bench.engine().predict(trained.model(), pairs, bench.loss(net, data, loss));
      List<List<String>> rows = IntStream.range(0, left.length).boxed().sorted(Comparator.comparing((Integer i) -> -made.values()[i])).limit(count)
          .map(i -> List.of(called(trained, item, left[i]), String.format(Locale.ROOT, "%.4f", made.values()[i]))).toList();
      return new Result.Shown(new Table("what " + net.name() + " recommends to " + who, List.of(item.name(), "says"), rows));
    }

    /** Which items the user has in the examples. */
    private boolean[] known(Dataset rated, Field user, Field item) {
      List<String> names = rated.fields().stream().map(Field::name).toList();
      boolean[] known = new boolean[item.bound()];
      float[] value = new float[1];
      for (int i = 0; i < rated.size(); i++) {
        rated.readField(names.indexOf(user.name()), i, value, 0, 1);
        if ((int) value[0] == of) {
          rated.readField(names.indexOf(item.name()), i, value, 0, 1);
          known[(int) value[0]] = true;
        }
      }
      return known;
    }

    /** By its word, if the data had words. */
    private static String called(Trained trained, Field part, int number) {
      List<String> words = trained.world().map(w -> w.words(part.name())).orElse(List.of());
      return number < words.size() ? words.get(number) : Integer.toString(number);
    }
  }
}
