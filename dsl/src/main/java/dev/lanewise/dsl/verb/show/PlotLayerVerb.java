package dev.lanewise.dsl.verb.show;

import static dev.lanewise.runtime.signature.Argument.required;

import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.dsl.meaning.CheckedNet;
import dev.lanewise.dsl.meaning.Examples;
import dev.lanewise.dsl.meaning.Fit;
import dev.lanewise.dsl.meaning.Trained;
import dev.lanewise.dsl.verb.Bench;
import dev.lanewise.dsl.verb.Deed;
import dev.lanewise.dsl.verb.Given;
import dev.lanewise.dsl.verb.Result;
import dev.lanewise.dsl.verb.Thing;
import dev.lanewise.dsl.verb.Verb;
import dev.lanewise.dsl.view.Outputs;
import dev.lanewise.dsl.view.picture.Chosen;
import dev.lanewise.dsl.view.picture.Scatter;
import dev.lanewise.runtime.data.Dataset;
import dev.lanewise.runtime.explain.Cut;
import dev.lanewise.runtime.signature.Signature;
import dev.lanewise.runtime.train.Model;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** {@code plot(Net.fc1, digits.test)}: examples where a layer puts them, in two dimensions. */
public final class PlotLayerVerb implements Verb {
  private static final int MOST = 500;

  @Override
  public Signature signature() {
    return Signature.of(
        "plot", "where a layer puts examples, in the two directions in which they differ most (principal components), a colour for each class; of many some 500",
        required("layer", Thing.PART, "such as Net.fc1"), required("examples", Thing.SAMPLE, "such as digits.test"), Thing.drawn(".png", ".svg"));
  }

  @Override
  public String example() {
    return "plot(Mlp.relu1, digits.test)";
  }

  @Override
  public Optional<Deed> check(Given given) {
    CheckedNet net = given.part("layer").net();
    Examples examples = given.examples("examples");
    return given.layer("layer").filter(_ -> new Fit(given.problems()).takes(given.span(), net, examples.data()))
        .map(l -> new Of(net, l.name(), examples, given.at("examples")));
  }

  private record Of(CheckedNet net, String layer, Examples examples, Span at) implements Deed {
    @Override
    public Gives gives() {
      return Gives.EXHIBIT;
    }

    @Override
    public Result run(Bench bench) {
      Chosen c = Chosen.of(examples, bench.shown(net, examples.data()), at);
      Trained trained = bench.trained(net);
      Model cut = Cut.at(trained.model(), layer).orElseThrow();
      // Not every third or so: the classes may take turns.
      List<Integer> order = new ArrayList<>(c.which());
      Collections.shuffle(order, new Random(1));
      Dataset some = c.split().training(c.part(), order.stream().limit(MOST).mapToInt(i -> i).toArray()).train();
      double[][] made = Arrays.stream(bench.engine().outputs(cut, some, 0)).map(Outputs::doubles).toArray(double[][]::new);
      String title = examples.data().name() + "." + examples.part() + " where " + net.name() + "." + layer + " puts it";
      return new Result.Shown(bench.waiting(() -> Scatter.of(trained.isNew() ? title + ", not trained yet" : title, c.split(), some, made)));
    }
  }
}
