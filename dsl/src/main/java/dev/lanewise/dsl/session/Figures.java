package dev.lanewise.dsl.session;

import dev.lanewise.dsl.session.Figure.Curve;
import dev.lanewise.dsl.session.Figure.Point;
import dev.lanewise.runtime.symbolic.Term;
import dev.lanewise.runtime.train.TrainEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** What can be plotted. */
final class Figures {
  private static final int POINTS = 201;

  private Figures() {}

  /** Functions of x. */
  static Figure of(Map<String, Term> functions, double from, double to) {
    List<Curve> curves = new ArrayList<>();
    functions.forEach((name, formula) -> curves.add(new Curve(name, IntStream.range(0, POINTS)
        .mapToDouble(i -> from + (to - from) * i / (POINTS - 1))
        .mapToObj(x -> new Point(x, formula.evaluate(_ -> x)))
        .toList())));
    return new Figure(String.join(", ", functions.keySet()), "x", false, curves);
  }

  /** The loss of a training, and that on the validation split where there is one. */
  static Figure of(String net, List<TrainEvent.Epoch> epochs) {
    List<Curve> curves = new ArrayList<>();
    curves.add(new Curve("train", epochs.stream().map(e -> new Point(e.epoch(), e.train().loss())).toList()));
    if (epochs.stream().anyMatch(e -> e.validation() != null)) {
      curves.add(new Curve("validation", epochs.stream().map(e -> new Point(e.epoch(), e.validation().loss())).toList()));
    }
    return new Figure("loss of " + net, "epoch", true, curves);
  }
}
