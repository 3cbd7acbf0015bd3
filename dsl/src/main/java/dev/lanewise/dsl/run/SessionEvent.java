package dev.lanewise.dsl.run;

import dev.lanewise.dsl.diagnostic.Diagnostic;
import dev.lanewise.dsl.doctor.Cause;
import dev.lanewise.dsl.exhibit.Exhibit;
import dev.lanewise.runtime.score.FoldScores;
import dev.lanewise.runtime.score.Measure;
import dev.lanewise.runtime.score.Score;
import dev.lanewise.runtime.train.TrainEvent;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/** What happens while a script runs. Whoever listens decides what it looks like. */
public sealed interface SessionEvent {
  record Diagnosed(Diagnostic diagnostic) implements SessionEvent {}

  /**
   * A fault of Lanewise ended what was run.
   *
   * @param place where the script was, {@code a.net:3:1}
   * @param cause what a developer wants to know
   */
  record Failed(String place, Throwable cause) implements SessionEvent {}

  record Training(TrainEvent event) implements SessionEvent {}

  /** Something to look at. */
  record Shown(Exhibit exhibit) implements SessionEvent {}

  /**
   * Something was expected.
   *
   * @param text the condition as written
   * @param left its left side's value, empty if it has no sides
   * @param why it cannot hold, in a sentence, where the values alone do not say that; mostly empty
   */
  record Expected(String text, boolean holds, String left, String right, String why) implements SessionEvent {}

  /** @param kind {@code net}, {@code data} or {@code run} */
  record Defined(String kind, String name, String summary) implements SessionEvent {}

  record Wrote(String what, Path path) implements SessionEvent {}

  record Read(String what, Path path) implements SessionEvent {}

  /**
   * A network has taken over parameters that are called as its own.
   *
   * @param from a network or a file
   * @param layers whose parameters were taken
   * @param kept layers that are as they were, at least in part
   */
  record Adopted(String net, String from, List<String> layers, List<String> kept) implements SessionEvent {
    /** In a line. */
    public String text() {
      return net + " takes " + String.join(", ", layers) + " from " + from
          + (kept.isEmpty() ? "" : "; as before: " + String.join(", ", kept));
    }
  }

  /** Somebody stopped a statement. @param what has come of it, in a sentence */
  record Stopped(String what) implements SessionEvent {}

  /**
   * A file comes from the web.
   *
   * @param from the folder there
   * @param into the folder here
   * @param done bytes that are there
   * @param size of the whole file
   */
  record Fetching(String file, URI from, Path into, long done, long size) implements SessionEvent {}

  /** What the doctor sees of a training that has ended, if it sees something. @param run the name of the training; empty without one */
  record Findings(String run, List<Cause> causes) implements SessionEvent {
    /** How more is told of it. */
    public String more() {
      return run.isEmpty() ? "name the training, as in `base = train …`, and `doctor(base)` tells more" : "`doctor(" + run + ")` tells more";
    }
  }

  /** @param name what it was bound to; empty for a value on a line of its own */
  record Value(String name, String text) implements SessionEvent {}

  /** A piece of a text that a network makes. @param ends whether the text is at its end */
  record Spoken(String piece, boolean ends) implements SessionEvent {}

  /**
   * A trial of a sweep has ended.
   *
   * @param header names of the columns, the same for all trials
   * @param best whether it is the best so far
   */
  record Trial(int number, int of, List<String> header, List<String> cells, boolean best) implements SessionEvent {}

  /** A fold of a cross-validation begins. @param number from 1 on; @param examples in all folds together */
  record FoldBegan(String net, int number, int of, int examples) implements SessionEvent {}

  /** A fold has ended. @param kinds what is told of it; @param score on its own part, {@link FoldScores#DIVERGED} if it came to no number */
  record Fold(int number, int of, List<Measure.Kind> kinds, Score score) implements SessionEvent {}

  /** All folds have ended; the network is trained on all examples now. */
  record Folded(String net, List<Measure.Kind> kinds, FoldScores scores, int examples) implements SessionEvent {}
}
