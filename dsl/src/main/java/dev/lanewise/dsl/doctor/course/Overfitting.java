package dev.lanewise.dsl.doctor.course;

import dev.lanewise.dsl.doctor.Cause;
import dev.lanewise.dsl.doctor.Check;
import dev.lanewise.dsl.doctor.Finding;
import dev.lanewise.dsl.doctor.Patient;
import dev.lanewise.dsl.doctor.Where;
import dev.lanewise.runtime.score.Score;
import dev.lanewise.runtime.train.TrainEvent;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Examples to validate on are answered much worse than those that were learnt: the accuracy is lower by 15 %, or the loss is one and a half times what it was at best and
 * twice that of the training.
 */
public final class Overfitting implements Check {
  /** Fewer tell nothing. */
  private static final int EPOCHS = 3;
  private static final int EXAMPLES = 20;
  private static final double APART = 0.15;
  private static final double RISEN = 1.5;
  private static final double TIMES = 2;

  @Override
  public boolean isOfRounds() {
    return false;
  }

  @Override
  public Optional<Finding> look(Patient patient) {
    TrainEvent.Epoch last = patient.epochs().getLast();
    if (last.validation() == null || patient.epochs().size() < EPOCHS || last.validation().examples() < EXAMPLES || patient.run().settings().keep().early().isPresent()) {
      return Optional.empty();
    }
    Score train = last.train(), val = last.validation();
    List<TrainEvent.Epoch> epochs = patient.epochs();
    TrainEvent.Epoch best = epochs.stream().min(Comparator.comparingDouble(e -> e.validation().loss())).orElseThrow();
    double least = best.validation().loss();
    boolean risen = least > 0 && val.loss() > RISEN * least && val.loss() > TIMES * train.loss();
    if (!risen && !(train.accuracy() - val.accuracy() > APART)) {
      return Optional.empty();
    }
    String shows = risen
        ? String.format(Locale.ROOT, "the validation loss was %.4g in epoch %d and is %.4g now; that of the training is %.4g", least, best.epoch(), val.loss(), train.loss())
        : String.format(Locale.ROOT, "accuracy %.1f %% on training examples, %.1f %% on those to validate on", 100 * train.accuracy(), 100 * val.accuracy());
    Where where = risen ? patient.setting("epochs") : patient.training();
    return Optional.of(new Finding(Cause.OVERFITTING, shows, where, risen ? "`stop = early(val.loss)`, dropout before the last layer, or more examples" : "more examples, `augment`, dropout, or a smaller network"));
  }
}
