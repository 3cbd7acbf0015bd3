package dev.lanewise.dsl.view.picture;

import dev.lanewise.dsl.exhibit.Figure;
import dev.lanewise.dsl.exhibit.Figure.Curve;
import dev.lanewise.dsl.exhibit.Figure.Mark;
import dev.lanewise.dsl.exhibit.Figure.Point;
import dev.lanewise.dsl.meaning.History;
import dev.lanewise.runtime.score.Measure;
import dev.lanewise.runtime.symbolic.Term;
import dev.lanewise.runtime.train.Change;
import dev.lanewise.runtime.train.TrainEvent;
import dev.lanewise.runtime.train.TrainSettings;
import dev.lanewise.runtime.train.Withstood;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** What can be plotted. */
public final class Figures {
  private static final int POINTS = 201;

  private Figures() {}

  /** Functions of x. */
  public static Figure of(Map<String, Term> functions, double from, double to) {
    List<Curve> curves = new ArrayList<>();
    functions.forEach((name, formula) -> curves.add(new Curve(name, IntStream.range(0, POINTS)
        .mapToDouble(i -> from + (to - from) * i / (POINTS - 1))
        .mapToObj(x -> new Point(x, formula.evaluate(_ -> x)))
        .toList())));
    return new Figure(String.join(", ", functions.keySet()), "x", false, curves);
  }

  /** The loss of a training, and that on the validation split where there is one. */
  public static Figure of(String net, List<TrainEvent.Epoch> epochs) {
    return new Figure("loss of " + net, "epoch", true, curves("", epochs, Measure.Kind.LOSS));
  }

  /** The loss of a training, and where it was changed. @param examples to train on */
  public static Figure of(String net, History history, TrainSettings settings, int examples) {
    return of(net, history.epochs()).with(marks(history.changes(), settings, examples));
  }

  /** A measure of a training, epoch by epoch. */
  public static Figure of(String net, List<TrainEvent.Epoch> epochs, Measure.Kind measure) {
    return new Figure(measure + " of " + net, "epoch", measure == Measure.Kind.LOSS, curves("", epochs, measure));
  }

  /** The learning rate at the end of each epoch. */
  public static Figure rates(String net, List<TrainEvent.Epoch> epochs) {
    List<Point> points = epochs.stream().map(e -> new Point(e.epoch(), e.rate())).toList();
    return new Figure("learning rate of " + net, "epoch", false, List.of(new Curve("rate", points)));
  }

  /** What a network that has learned attacked examples withstands after each epoch. */
  public static Figure withstood(String net, List<TrainEvent.Epoch> epochs) {
    List<Curve> curves = Withstood.NAMES.stream().map(name -> new Curve(
        name, epochs.stream().filter(e -> e.withstood().isPresent()).map(e -> new Point(e.epoch(), e.withstood().get().shares().get(name))).toList())).toList();
    return new Figure("accuracy of " + net + ", clean and attacked", "epoch", false, curves);
  }

  /** The losses of several trainings, by their names. */
  public static Figure of(Map<String, List<TrainEvent.Epoch>> runs) {
    List<Curve> curves = new ArrayList<>();
    runs.forEach((name, epochs) -> curves.addAll(curves(name + " ", epochs, Measure.Kind.LOSS)));
    return new Figure("loss of " + String.join(", ", runs.keySet()), "epoch", true, curves);
  }

  /** Where a training was changed. @param examples to train on */
  public static List<Mark> marks(List<Change> changes, TrainSettings settings, int examples) {
    return changes.stream().map(c -> new Mark(c instanceof Change.Size ? c.epoch() : c.epoch() - 1 + (double) c.batch() / settings.batches(examples, c.epoch(), changes), switch (c) {
      case Change.Rate r -> "learning rate " + r.to();
      case Change.Size s -> "batches of " + s.to();
      case Change.Stop _ -> "stopped";
    })).toList();
  }

  private static List<Curve> curves(String prefix, List<TrainEvent.Epoch> epochs, Measure.Kind measure) {
    List<Curve> curves = new ArrayList<>();
    curves.add(new Curve(prefix + "train", epochs.stream().map(e -> new Point(e.epoch(), e.train().of(measure))).toList()));
    if (epochs.stream().anyMatch(e -> e.validation() != null)) {
      curves.add(new Curve(prefix + "validation", epochs.stream().map(e -> new Point(e.epoch(), e.validation().of(measure))).toList()));
    }
    return curves;
  }
}
