package dev.lanewise.dsl.view.walk;

import dev.lanewise.dsl.exhibit.Walked;
import dev.lanewise.dsl.exhibit.Walked.Column;
import dev.lanewise.dsl.exhibit.Walked.Row;
import dev.lanewise.dsl.exhibit.Worked;
import dev.lanewise.dsl.meaning.CheckedNet;
import dev.lanewise.runtime.spec.ParameterSpec;
import dev.lanewise.runtime.spec.Value;
import dev.lanewise.runtime.walk.Walk.Spot;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** How the loss depends on every layer of a network, and on its parameters: from the loss back to the input. */
public final class BackwardView {
  private static final List<Column> COLUMNS = List.of(new Column("largest", false), new Column("mean size", false), new Column("zeros", true));

  /** A gradient whose mean size is below this share of that of the network's output has vanished. */
  private static final double VANISHED = 1e-3;

  private final Looked looked;
  private final boolean isSmall;
  private final List<Row> rows = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private final Set<String> vanished = new LinkedHashSet<>();
  private double first;

  private BackwardView(Looked looked) {
    this.looked = looked;
    this.isSmall = Sizes.isSmall(looked.trained().net());
  }

  /** All layers. @param notes what else is to be said */
  public static Walked of(String title, Looked looked, List<String> notes) {
    BackwardView view = new BackwardView(looked);
    view.notes.addAll(notes);
    view.add();
    if (!view.vanished.isEmpty()) {
      view.notes.add("the gradient vanishes (its mean size is below a thousandth of that of the output): " + String.join(", ", view.vanished));
    }
    if (!view.isSmall) {
      view.notes.add("backward(" + Sizes.example(looked) + ") tells one gradient as a product; of a network with up to " + Sizes.MOST_NUMBERS + " numbers all are told here");
    }
    return Symbols.told(title, COLUMNS, view.rows, List.of(), view.notes);
  }

  /** One number's. */
  public static Walked of(String title, Looked looked, Spot spot) {
    Chains chains = new Chains(looked, Sizes.MOST_ADDENDS, Sizes.MOST_STEPS);
    Worked worked = chains.product(spot).orElseGet(() -> chains.of(spot));
    List<String> all = new ArrayList<>();
    if (chains.tooMany()) {
      all.add("there are too many ways to go them one by one: the gradient is told as a number");
    }
    if (chains.leftOut()) {
      all.add(Sizes.LEFT_OUT);
    }
    return Symbols.told(title, List.of(), List.of(), List.of(worked), all);
  }

  private void add() {
    CheckedNet net = looked.trained().net();
    List<CheckedNet.Layer> layers = net.layers().reversed();
    first = looked.output(net.layers().get(Math.max(0, net.result() - 1)).name()).flatMap(looked.walk()::gradient).map(BackwardView::mean).orElse(0.0);
    for (CheckedNet.Layer layer : layers) {
      Optional<Value> output = looked.output(layer.name());
      if (output.isEmpty()) {
        rows.add(Rows.passed(layer.name(), layer.output().toString()));
        continue;
      }
      add(layer.name(), layer.output().toString(), output.get());
      for (ParameterSpec p : layer.sharesParameters() ? List.<ParameterSpec>of() : layer.computation().parameters()) {
        if (p.trainable()) {
          looked.parameter(layer.name() + "." + p.name()).ifPresent(v -> add("  ." + p.name(), v.shape().toString(), v));
        }
      }
    }
    for (Value input : looked.inputs()) {
      if (looked.walk().gradient(input).isPresent()) {
        add(input.name(), input.shape().toString(), input);
      }
    }
  }

  private static double mean(double[] gradient) {
    return Arrays.stream(gradient).map(Math::abs).average().orElse(0);
  }

  private void add(String name, String kind, Value value) {
    Optional<double[]> found = looked.walk().gradient(value);
    double[] gradient = found.orElseGet(() -> new double[value.shape().size()]);
    boolean isWhole = looked.walk().graph().bound(value) > 0;
    boolean gone = !isWhole && mean(gradient) < VANISHED * first;
    if (gone) {
      vanished.add(value.name());
    }
    List<Double> figures = List.of(Rows.largest(gradient), mean(gradient), Rows.zeros(gradient));
    rows.add(Rows.of(name, kind, value.shape(), figures, gradient, gone, worked(value)));
  }

  private List<Worked> worked(Value value) {
    if (!isSmall || looked.walk().gradient(value).isEmpty() || looked.walk().loss().equals(Optional.of(value))) {
      return List.of();
    }
    Chains chains = new Chains(looked, Sizes.FEW_ADDENDS, 0);
    return Rows.elements(value.shape()).stream().map(e -> chains.alone(new Spot(value, e))).toList();
  }
}
