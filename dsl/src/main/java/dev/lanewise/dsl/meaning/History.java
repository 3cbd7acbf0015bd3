package dev.lanewise.dsl.meaning;

import dev.lanewise.runtime.score.FoldScores;
import dev.lanewise.runtime.train.Change;
import dev.lanewise.runtime.train.TrainEvent;
import dev.lanewise.runtime.vital.Vitals;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a training has told of itself, and of the runs that it goes on from: its epochs, and what was changed on the way. */
public final class History {
  public static final History NOTHING = new History();

  private final List<TrainEvent.Epoch> epochs;
  private Optional<FoldScores> folds = Optional.empty();
  private Vitals vitals = Vitals.NONE;
  private final List<Change> changes = new ArrayList<>();

  public History() {
    this(List.of());
  }

  public History(List<TrainEvent.Epoch> epochs) {
    this.epochs = new ArrayList<>(epochs);
  }

  public void on(TrainEvent event) {
    switch (event) {
      case TrainEvent.Epoch e -> epochs.add(e);
      case TrainEvent.RateChanged r -> changes.add(new Change.Rate(r.epoch(), r.batch(), r.from(), r.to()));
      case TrainEvent.SizeChanged s -> changes.add(new Change.Size(s.epoch(), s.batch(), s.from(), s.to()));
      case TrainEvent.Resumed r -> {
        epochs.addAll(r.journal().epochs());
        changes.addAll(r.journal().changes());
      }
      case TrainEvent.Watched w -> vitals = w.vitals();
      case TrainEvent.Started _, TrainEvent.Batch _, TrainEvent.StoppedEarly _, TrainEvent.Attacked _, TrainEvent.Overfitted _, TrainEvent.Ended _, TrainEvent.Tested _, TrainEvent.OutOfTime _,
          TrainEvent.RateLowered _, TrainEvent.Round _, TrainEvent.Reached _, TrainEvent.Preparing _ -> { }
    }
  }

  /** Its folds have all ended. */
  public void folded(FoldScores scores) {
    folds = Optional.of(scores);
  }

  /** Empty if there are none, or they have not all ended. */
  public Optional<FoldScores> folds() {
    return folds;
  }

  /** It was stopped after a batch. */
  public void stopped(TrainEvent.Batch at) {
    changes.add(new Change.Stop(at.epoch(), at.batch()));
  }

  public List<TrainEvent.Epoch> epochs() {
    return epochs;
  }

  /** What was noted at some steps; nothing before it has ended, and of two networks against each other. */
  public Vitals vitals() {
    return vitals;
  }

  public List<Change> changes() {
    return changes;
  }
}
