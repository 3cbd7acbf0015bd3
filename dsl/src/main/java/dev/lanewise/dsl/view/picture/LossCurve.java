package dev.lanewise.dsl.view.picture;

import dev.lanewise.dsl.exhibit.Figure;
import dev.lanewise.dsl.exhibit.Figure.Curve;
import dev.lanewise.dsl.exhibit.Figure.Point;
import dev.lanewise.runtime.train.TrainEvent;
import java.util.ArrayList;
import java.util.List;

/**
 * The loss of a training so far: of batches, with that on the validation split after every epoch. However long it takes, it is a few
 * hundred points: where there are more, neighbours are drawn together into their mean.
 */
public final class LossCurve {
  private static final int MOST = 240;

  /** Batches that a point stands for. */
  private int span = 1;
  private int pending;
  private double sum;
  private final List<Point> train = new ArrayList<>();
  private final List<Point> validation = new ArrayList<>();

  /** Also of epochs that another run has told of: one point each. */
  public void on(TrainEvent event) {
    switch (event) {
      case TrainEvent.Batch batch -> add(batch);
      case TrainEvent.Epoch epoch -> add(epoch);
      case TrainEvent.Resumed r -> r.journal().epochs().forEach(e -> {
        train.add(new Point(e.epoch(), e.train().loss()));
        add(e);
        if (train.size() == MOST) {
          halve();
        }
      });
      case TrainEvent.RateChanged _, TrainEvent.SizeChanged _, TrainEvent.Started _, TrainEvent.StoppedEarly _, TrainEvent.Attacked _, TrainEvent.Overfitted _, TrainEvent.Ended _, TrainEvent.Tested _,
          TrainEvent.OutOfTime _, TrainEvent.RateLowered _, TrainEvent.Watched _, TrainEvent.Round _, TrainEvent.Reached _, TrainEvent.Preparing _ -> { }
    }
  }

  public void add(TrainEvent.Batch batch) {
    sum += batch.loss();
    pending++;
    if (pending == span) {
      double behind = batch.epoch() - 1 + (double) batch.batch() / batch.batches();
      train.add(new Point(behind, sum / span));
      pending = 0;
      sum = 0;
    }
    if (train.size() == MOST) {
      halve();
    }
  }

  public void add(TrainEvent.Epoch epoch) {
    if (epoch.validation() != null) {
      validation.add(new Point(epoch.epoch(), epoch.validation().loss()));
    }
  }

  /** Whether there is no line to draw yet. */
  public boolean isEmpty() {
    return train.size() < 2;
  }

  public Figure figure() {
    List<Curve> curves = new ArrayList<>(List.of(new Curve("train", train)));
    if (!validation.isEmpty()) {
      curves.add(new Curve("validation", validation));
    }
    return new Figure("loss", "epoch", true, curves);
  }

  private void halve() {
    List<Point> half = new ArrayList<>();
    for (int i = 0; i < MOST; i += 2) {
      half.add(new Point(train.get(i + 1).x(), (train.get(i).y() + train.get(i + 1).y()) / 2));
    }
    train.clear();
    train.addAll(half);
    span *= 2;
  }
}
