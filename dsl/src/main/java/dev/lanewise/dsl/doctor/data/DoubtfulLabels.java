package dev.lanewise.dsl.doctor.data;

import dev.lanewise.dsl.doctor.Cause;
import dev.lanewise.dsl.doctor.Check;
import dev.lanewise.dsl.doctor.Finding;
import dev.lanewise.dsl.doctor.Patient;
import dev.lanewise.runtime.data.Dataset;
import dev.lanewise.runtime.score.Predictions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Of 1.5 % or more of the training examples a network that answers most others right is surer of another class than it mostly is of those that have it, and takes their own
 * for unlikely. The rule is that of confident learning (Northcutt et al. 2021), with the network's own answers in place of those of networks that have not seen the example: so
 * it finds fewer, for what has been learnt by heart is not doubted.
 */
public final class DoubtfulLabels implements Check {
  private static final double SHARE = 0.015;
  private static final int LEAST = 3;
  private static final double RIGHT = 0.85;
  private static final double FELL = 0.6;
  private static final double UNLIKELY = 0.1;
  private static final int TOLD = 5;

  @Override
  public boolean isQuick() {
    return false;
  }

  @Override
  public Optional<Finding> look(Patient patient) {
    if (!patient.classifies() || !(patient.fell() >= FELL)) {
      return Optional.empty();
    }
    Dataset train = patient.data().train();
    Dataset some = train.spread(Patient.ASKED);
    Predictions made = patient.answers(some);
    double[] sure = sure(some, made);
    List<Integer> doubtful = new ArrayList<>();
    int right = 0;
    for (int i = 0; i < some.size(); i++) {
      double[] p = made.probabilities(i);
      int said = made.predicted(i);
      right += said == some.label(i) ? 1 : 0;
      if (said >= 0 && said < p.length && said != some.label(i) && p[said] >= sure[said] && p[some.label(i)] < UNLIKELY) {
        doubtful.add(i);
      }
    }
    // Wrong and unsure is what a network is of hard examples; wrong and sure of wrong labels.
    int wrong = some.size() - right;
    if (right < RIGHT * some.size() || doubtful.size() < LEAST || doubtful.size() < SHARE * some.size() || 2 * doubtful.size() < wrong) {
      return Optional.empty();
    }
    return Optional.of(finding(patient, train, some, made, doubtful));
  }

  private static Finding finding(Patient patient, Dataset train, Dataset some, Predictions made, List<Integer> doubtful) {
    String items = doubtful.stream().limit(TOLD).map(i -> Integer.toString(train.spread(i, Patient.ASKED))).collect(Collectors.joining(", "));
    int first = doubtful.getFirst();
    String shows = String.format(
        Locale.ROOT, "of %,d of %,d training examples the network is sure of another class than theirs: items %s; the first is `%s`, and it says `%s`", doubtful.size(), some.size(), items,
        patient.data().className(some.label(first)), patient.data().className(made.predicted(first)));
    return new Finding(
        Cause.LABELS_DOUBTFUL, shows, patient.dataStatement(), "look at them: show(" + patient.data().name() + ".train.item(" + train.spread(first, Patient.ASKED) + "))");
  }

  /** How sure the network is of each class where it is right, on average. */
  private static double[] sure(Dataset some, Predictions made) {
    int classes = Math.max(2, some.classes());
    double[] sums = new double[classes];
    int[] counts = new int[classes];
    for (int i = 0; i < some.size(); i++) {
      sums[some.label(i)] += made.probabilities(i)[some.label(i)];
      counts[some.label(i)]++;
    }
    for (int k = 0; k < classes; k++) {
      sums[k] = counts[k] == 0 ? 1 : sums[k] / counts[k];
    }
    return sums;
  }
}
