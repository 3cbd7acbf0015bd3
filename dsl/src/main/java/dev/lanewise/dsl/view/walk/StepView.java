package dev.lanewise.dsl.view.walk;

import dev.lanewise.dsl.exhibit.Piece;
import dev.lanewise.dsl.exhibit.Piece.Number;
import dev.lanewise.dsl.exhibit.Walked;
import dev.lanewise.dsl.exhibit.Walked.Column;
import dev.lanewise.dsl.exhibit.Walked.Row;
import dev.lanewise.dsl.exhibit.Worked;
import dev.lanewise.dsl.exhibit.Worked.Addend;
import dev.lanewise.dsl.view.Outputs;
import dev.lanewise.runtime.graph.Parameter;
import dev.lanewise.runtime.optimize.Optimizer;
import dev.lanewise.runtime.spec.Value;
import dev.lanewise.runtime.symbolic.Update;
import dev.lanewise.runtime.train.Model;
import dev.lanewise.runtime.train.OneStep;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What one step of training does to every parameter of a network. */
public final class StepView {
  private static final List<Column> COLUMNS =
      List.of(new Column("mean size", false), new Column("its gradient", false), new Column("its change", false), new Column("share", true));

  /** By how much a formula in double may lie beside what float gives. */
  private static final double ROUNDING = 1e-4;

  private final Model model;
  private final OneStep step;
  private final Optimizer optimizer;
  private final boolean isSmall;
  private final List<Row> rows = new ArrayList<>();
  private boolean hasOwnSteps;

  private StepView(Model model, OneStep step, Optimizer optimizer) {
    this.model = model;
    this.step = step;
    this.optimizer = optimizer;
    this.isSmall = model.graph().trainable().stream().mapToInt(p -> p.shape().size()).sum() <= Sizes.MOST_PARAMETERS;
  }

  /** @param notes what else is to be said */
  public static Walked of(String title, Model model, OneStep step, Optimizer optimizer, List<String> notes) {
    StepView view = new StepView(model, step, optimizer);
    model.graph().parameters().stream().filter(p -> !p.spec().isConstant()).forEach(view::add);
    List<String> all = new ArrayList<>(notes);
    all.add("the loss of these examples is " + Piece.text(step.loss()) + " before the step and " + Piece.text(step.after()) + " behind it; the network itself stays as it was");
    all.add(optimizer.name() + ": " + optimizer.update().assignments().stream().map(a -> (a.name().equals("p") ? "p'" : a.name()) + " = " + Symbols.text(a.value())).collect(Collectors.joining("; ")));
    if (view.hasOwnSteps) {
      all.add("hidden matrices take steps of their own with " + optimizer.name() + ": their formula is not a line");
    }
    if (!view.isSmall) {
      all.add("of a network with up to " + Sizes.MOST_PARAMETERS + " parameters each is told by its formula");
    }
    return Symbols.told(title, COLUMNS, view.rows, List.of(), all);
  }

  private void add(Parameter p) {
    double[] before = Outputs.doubles(model.values(p.name())), after = Outputs.doubles(step.result().values(p.name()));
    double[] gradient = p.isTrainable() ? Outputs.doubles(step.gradients().values(p.name())) : new double[before.length];
    double[] change = IntStream.range(0, before.length).mapToDouble(i -> after[i] - before[i]).toArray();
    double size = mean(before), moved = mean(change);
    List<Double> figures = List.of(size, mean(gradient), moved, size == 0 ? Double.NaN : moved / size);
    List<Worked> worked = isSmall && p.isTrainable() ? IntStream.range(0, before.length).mapToObj(i -> worked(p.value(), i, before[i], gradient[i], after[i])).toList() : List.of();
    rows.add(Rows.of(p.name(), p.shape().toString(), p.shape(), figures, change, false, worked));
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).map(Math::abs).average().orElse(0);
  }

  /** The optimiser's own formula, as it is at the first step. */
  private Worked worked(Value parameter, int element, double before, double gradient, double after) {
    List<Integer> at = Symbols.at(parameter, element);
    Map<String, Number> names = new HashMap<>();
    names.put("p", new Number(parameter.name(), at, before));
    names.put("g", new Number("dL/d" + parameter.name(), at, gradient));
    Update update = optimizer.update();
    update.state().forEach(s -> names.put(s, new Number(s, List.of(), 0)));
    float[] scalars = optimizer.firstScalars();
    for (int i = 0; i < scalars.length; i++) {
      names.put(update.scalars().get(i), new Number(update.scalars().get(i), List.of(), scalars[i]));
    }
    List<Worked> where = new ArrayList<>();
    Number own = new Number(parameter.name() + "'", at, after);
    List<Piece> pieces = List.of(Number.plain(after));
    for (Update.Assignment a : update.assignments()) {
      double value = a.value().evaluate(n -> names.get(n).value());
      boolean isParameter = a.name().equals("p");
      if (isParameter && Math.abs(value - after) > ROUNDING * (Math.abs(after) + Math.abs(after - before))) {
        hasOwnSteps = true;
        return new Worked(own, List.of(new Addend(pieces, after)), List.of());
      }
      Number now = isParameter ? own : new Number(a.name(), List.of(), value);
      List<Piece> told = Symbols.pieces(a.value(), names::get);
      if (isParameter) {
        pieces = told;
      } else {
        where.add(new Worked(now, List.of(new Addend(told, value)), List.of()));
      }
      names.put(a.name(), now);
    }
    return new Worked(own, List.of(new Addend(pieces, after)), where);
  }
}
