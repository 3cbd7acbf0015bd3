package dev.lanewise.dsl.doctor;

/** What can be wrong with a training that runs, in the order in which it is looked for: what comes first may be why others are there. */
public enum Cause {
  LOSS_UNFIT("the last layer and the loss do not fit"),
  PADDING("padding counts like what is real"),
  INPUTS_UNSCALED("inputs far from 1"),
  TARGETS_UNSCALED("numbers to predict far from 1"),
  LABEL_LEAKS("an input gives the answer away"),
  SAME_EXAMPLES("test examples that were trained on"),
  WEIGHTS_ZERO("weights that begin at 0"),
  BATCH_SMALL("batches too small for batchnorm"),
  GRADIENTS_EXPLODE("gradients explode"),
  RATE_HIGH("the learning rate is too high"),
  RATE_LOW("the learning rate is too low"),
  GRADIENTS_VANISH("gradients vanish"),
  SATURATED("units are saturated"),
  UNITS_DEAD("units are dead"),
  LABELS_DOUBTFUL("labels that look wrong"),
  OVERFITTING("overfitting"),
  NO_BETTER_THAN_LARGEST("no better than always the largest class"),
  STUCK("the loss does not move"),
  UNDERFITTING("underfitting");

  private final String title;

  Cause(String title) {
    this.title = title;
  }

  /** In a few words. */
  public String title() {
    return title;
  }

  /** Whether it is what a network suffers from, not why: told only if nothing is found that explains it. */
  public boolean isSymptom() {
    return compareTo(NO_BETTER_THAN_LARGEST) >= 0;
  }

  /** Whether it may be why a network learns badly. */
  public boolean explains() {
    return compareTo(LABELS_DOUBTFUL) < 0 && this != LABEL_LEAKS && this != SAME_EXAMPLES;
  }
}
