package dev.lanewise.dsl.view.walk;

import dev.lanewise.dsl.exhibit.Piece;
import dev.lanewise.dsl.exhibit.Walked;
import dev.lanewise.dsl.exhibit.Walked.Column;
import dev.lanewise.dsl.exhibit.Walked.Row;
import dev.lanewise.dsl.exhibit.Worked;
import dev.lanewise.dsl.lower.InUnit;
import dev.lanewise.dsl.meaning.CheckedNet;
import dev.lanewise.dsl.meaning.Trained;
import dev.lanewise.runtime.data.Field;
import dev.lanewise.runtime.operation.CrossEntropy;
import dev.lanewise.runtime.operation.Given;
import dev.lanewise.runtime.spec.Value;
import dev.lanewise.runtime.tensor.Shape;
import dev.lanewise.runtime.walk.Walk.Spot;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What every layer of a network makes of an example, from the input to the probabilities and the loss. */
public final class ForwardView {
  private static final List<Column> COLUMNS =
      List.of(new Column("least", false), new Column("mean", false), new Column("most", false), new Column("zeros", true));

  private final Looked looked;
  private final Trained trained;
  private final boolean isSmall;
  private final List<Row> rows = new ArrayList<>();
  private boolean leftOut;

  private ForwardView(Looked looked) {
    this.looked = looked;
    this.trained = looked.trained();
    this.isSmall = Sizes.isSmall(trained.net());
  }

  /** All layers. @param notes what else is to be said */
  public static Walked of(String title, Looked looked, List<String> notes) {
    ForwardView view = new ForwardView(looked);
    view.add();
    List<String> all = new ArrayList<>(notes);
    if (!view.isSmall) {
      all.add("trace(" + Sizes.example(looked) + ") tells how one number is made; of a network with up to " + Sizes.MOST_NUMBERS + " numbers all are told here");
    } else if (view.leftOut) {
      all.add(Sizes.LEFT_OUT);
    }
    return Symbols.told(title, COLUMNS, view.rows, List.of(), all);
  }

  /** One number. @param computed the same by the kernels */
  public static Walked of(String title, Looked looked, Spot spot, double computed) {
    Workings workings = new Workings(looked, Sizes.MOST_ADDENDS, Sizes.MOST_STEPS);
    Worked worked = workings.of(spot).beside(computed);
    return Symbols.told(title, List.of(), List.of(), List.of(worked), workings.leftOut() ? List.of(Sizes.LEFT_OUT) : List.of());
  }

  private void add() {
    CheckedNet net = trained.net();
    Field first = net.first();
    List<Value> inputs = looked.inputs();
    add(inputs.getFirst().name(), first.kind(), inputs.getFirst());
    for (CheckedNet.Layer layer : net.layers()) {
      String kind = layer.computation() instanceof Given(Shape shape, int bound, boolean padded) ? new Field(layer.name(), shape, bound, padded).kind() : layer.output().toString();
      looked.output(layer.name()).ifPresentOrElse(v -> add(layer.name(), kind, v), () -> rows.add(Rows.passed(layer.name(), kind)));
    }
    for (int i = 0; i <= net.heads().size(); i++) {
      String unit = InUnit.layer(net, i), shape = net.outputShape(i).toString();
      looked.output(unit).ifPresent(v -> add(unit, shape, v));
    }
    looked.walk().graph().nodes().stream().filter(n -> n.operation() instanceof CrossEntropy).findFirst().ifPresent(n -> softmax(n.inputs().getFirst(), ((CrossEntropy) n.operation()).classes()));
    looked.walk().loss().ifPresent(v -> add("loss", "1", v));
  }

  private void add(String name, String kind, Value value) {
    double[] values = looked.walk().values(value);
    rows.add(Rows.of(name, kind, value.shape(), figures(values), values, false, worked(value)));
  }

  /** The probabilities of the classes, which a network leaves to its loss. */
  private void softmax(Value scores, int classes) {
    double[] x = looked.walk().values(scores);
    int places = x.length / classes;
    double[] y = new double[x.length];
    for (int p = 0; p < places; p++) {
      double most = Double.NEGATIVE_INFINITY, sum = 0;
      for (int i = p; i < x.length; i += places) {
        most = Math.max(most, x[i]);
      }
      for (int i = p; i < x.length; i += places) {
        sum += Math.exp(x[i] - most);
      }
      for (int i = p; i < x.length; i += places) {
        y[i] = Math.exp(x[i] - most) / sum;
      }
    }
    rows.add(Rows.of("softmax", scores.shape().toString(), scores.shape(), figures(y), y, false, List.of()));
  }

  private static List<Double> figures(double[] values) {
    return List.of(Arrays.stream(values).min().orElse(0), Arrays.stream(values).average().orElse(0), Arrays.stream(values).max().orElse(0), Rows.zeros(values));
  }

  /** Its numbers one by one, where a network has few. */
  private List<Worked> worked(Value value) {
    if (!isSmall || looked.walk().maker(value).isEmpty()) {
      return List.of();
    }
    Workings workings = new Workings(looked, Sizes.FEW_ADDENDS, Sizes.FEW_STEPS);
    List<Worked> all = Rows.elements(value.shape()).stream().map(e -> workings.of(new Spot(value, e))).filter(w -> !isMoved(w)).toList();
    leftOut |= workings.leftOut();
    return all;
  }

  /** Whether a number is one that stands above already. */
  private static boolean isMoved(Worked worked) {
    Optional<Worked.Addend> only = worked.left() == 0 && worked.addends().size() == 1 ? Optional.of(worked.addends().getFirst()) : Optional.empty();
    return only.filter(a -> a.pieces().size() == 1 && a.pieces().getFirst() instanceof Piece.Number).isPresent();
  }
}
