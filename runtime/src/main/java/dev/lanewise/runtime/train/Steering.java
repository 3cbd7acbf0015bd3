package dev.lanewise.runtime.train;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Changes a training on its way: as its settings say, as was done by hand before it was killed, and as whoever is asked after a batch says.
 * What is done by hand is written down at once.
 */
final class Steering {
  /** How a training goes on after a batch. */
  enum Course {
    GO_ON,
    /** Its settings end it here. */
    END,
    /** It was stopped by hand. */
    STOP
  }

  private final TrainSettings settings;
  private final Rates rates;
  private final Progress progress;
  private final Notes notes;
  private final Control control;
  private final Listener listener;
  private final List<Change> planned;
  /** How many of them have been looked at. */
  private int passed;

  /** Where what is done by hand is written down. */
  @FunctionalInterface
  interface Notes {
    void note(List<Change> changes) throws IOException;
  }

  /** @param repeated what was done by hand in the epoch that comes next, before the training was killed */
  Steering(TrainSettings settings, Rates rates, Progress progress, Notes notes, List<Change> repeated, Control control, Listener listener) {
    this.settings = settings;
    this.rates = rates;
    this.progress = progress;
    this.notes = notes;
    this.control = control;
    this.listener = listener;
    this.planned = new ArrayList<>(settings.changes());
    // A script that was saved repeats what a file may repeat, too.
    repeated.stream().map(Change::planned).filter(c -> !planned.contains(c)).forEach(planned::add);
    planned.removeIf(c -> c.isBehind(progress.epoch));
    planned.sort(Comparator.comparingInt(Change::epoch).thenComparingInt(Change::batch));
  }

  Course after(TrainEvent.Batch batch) throws IOException {
    for (; passed < planned.size() && isAt(planned.get(passed), batch); passed++) {
      switch (planned.get(passed)) {
        case Change.Rate r -> rate(batch, r.to());
        case Change.Size s -> size(batch, s.to());
        case Change.Stop s -> {
          progress.changes.add(s);
          return Course.END;
        }
      }
    }
    return switch (control.after(batch)) {
      case Control.Next.GoOn() -> Course.GO_ON;
      case Control.Next.Stop() -> Course.STOP;
      case Control.Next.Rate(double lr) -> {
        rate(batch, lr);
        notes.note(noted());
        yield Course.GO_ON;
      }
      case Control.Next.Size(int examples) -> {
        size(batch, examples);
        notes.note(noted());
        yield Course.GO_ON;
      }
    };
  }

  private static boolean isAt(Change change, TrainEvent.Batch batch) {
    return change.epoch() == batch.epoch() && change.batch() == batch.batch();
  }

  private void rate(TrainEvent.Batch batch, double to) {
    double from = rates.change(to);
    progress.changes.add(new Change.Rate(batch.epoch(), batch.batch(), from, to));
    listener.on(new TrainEvent.RateChanged(batch.net(), batch.epoch(), batch.batch(), from, to));
  }

  private void size(TrainEvent.Batch batch, int to) {
    // Of several in one epoch the last one counts.
    int from = Change.size(progress.changes, batch.epoch() + 1, settings.batch());
    progress.changes.add(new Change.Size(batch.epoch(), batch.batch(), from, to));
    listener.on(new TrainEvent.SizeChanged(batch.net(), batch.epoch(), batch.batch(), from, to));
  }

  /** What has been done, and what is still to be repeated. */
  private List<Change> noted() {
    List<Change> all = new ArrayList<>(progress.changes);
    all.addAll(planned.subList(passed, planned.size()));
    return all;
  }
}
