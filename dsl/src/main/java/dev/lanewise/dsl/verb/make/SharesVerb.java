package dev.lanewise.dsl.verb.make;

import static dev.lanewise.runtime.signature.Argument.optional;
import static dev.lanewise.runtime.signature.Argument.required;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.exhibit.Table;
import dev.lanewise.dsl.meaning.CheckedNet;
import dev.lanewise.dsl.meaning.Constant;
import dev.lanewise.dsl.meaning.Trained;
import dev.lanewise.dsl.verb.Bench;
import dev.lanewise.dsl.verb.Deed;
import dev.lanewise.dsl.verb.Given;
import dev.lanewise.dsl.verb.Result;
import dev.lanewise.dsl.verb.Thing;
import dev.lanewise.dsl.verb.Verb;
import dev.lanewise.runtime.data.Dataset;
import dev.lanewise.runtime.data.Normalization;
import dev.lanewise.runtime.data.Points;
import dev.lanewise.runtime.data.World;
import dev.lanewise.runtime.operation.Computation;
import dev.lanewise.runtime.score.Predictions;
import dev.lanewise.runtime.signature.Argument;
import dev.lanewise.runtime.signature.Signature;
import dev.lanewise.runtime.tensor.Shape;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/** {@code shares(Cnn, G)}: a number for each class, of which {@code .least} is the smallest. */
public final class SharesVerb implements Verb {
  @Override
  public Signature signature() {
    return Signature.of(
        "shares", "which classes a network takes what another makes for: the share of each, of which `.least` is the smallest",
        required("net", Thing.NET, "that tells classes apart"), required("maker", Thing.NET, "that makes examples of normal numbers"),
        optional("count", new Thing.Named(Thing.Count.AT_LEAST_ONE), 1_000, "so many"),
        optional("seed", new Thing.Named(Argument.Type.INTEGER), 1, "the same numbers for the same seed"));
  }

  @Override
  public String example() {
    return "shares(Cnn, Maker, count = 20)";
  }

  @Override
  public Optional<Deed> check(Given given) {
    CheckedNet net = given.net("net");
    Optional<Making> making = Making.of(given, "maker");
    if (making.isEmpty()) {
      return Optional.empty();
    }
    CheckedNet maker = making.get().net();
    if (!net.input().equals(maker.output()) || net.first().isWhole() || net.inputs().size() > 1) {
      return given.problems().report(
          Code.L025, given.at("net"), net.name() + " takes " + net.first().kind() + ", but " + maker.name() + " makes " + maker.output(), "");
    }
    if (!net.output().isFlat() || net.output().size() < 2) {
      return given.problems().report(Code.L016, given.at("net"), net.name() + " gives " + net.output() + ", and tells no classes apart", "name a network with an output for each class");
    }
    return given.loss(net).map(loss -> new Of(net, making.get(), given.whole("count"), given.whole("seed"), loss));
  }

  private record Of(CheckedNet net, Making making, int count, int seed, Computation loss) implements Deed {
    @Override
    public Gives gives() {
      return Gives.NUMBERS;
    }

    @Override
    public Optional<Shape> shape() {
      return Optional.of(net.output());
    }

    @Override
    public Result run(Bench bench) {
      Trained trained = bench.trained(net);
      int classes = net.output().size();
      float[][] made = making.run(bench, Making.noise(count, making.net().input().size(), seed)).toArray(float[][]::new);
      Normalization own = trained.world().map(World::normalization).orElse(Normalization.none(net.input()));
      Dataset shown = new Points(net.input(), made, new int[count], classes).normalized(own);
      Predictions said = bench.engine().predict(trained.model(), shown, loss);
      double[] shares = new double[classes];
      IntStream.range(0, count).forEach(i -> shares[said.predicted(i)] += 1.0 / count);
      List<String> names = trained.world().map(World::classes).filter(n -> n.size() == classes)
          .orElseGet(() -> IntStream.range(0, classes).mapToObj(Integer::toString).toList());
      List<List<String>> rows = IntStream.range(0, classes)
          .mapToObj(k -> List.of(names.get(k), String.format(Locale.ROOT, "%.1f %%", 100 * shares[k]))).toList();
      String title = "what " + net.name() + " takes " + count + " examples of " + making.net().name() + " for";
      return new Result.Counted(Constant.Items.of(net.output().dims(), shares), new Table(title, List.of("class", "share"), rows));
    }
  }
}
