package dev.lanewise.dsl.elsewhere;

/** Where a call stands: what is called so as a layer may be something else as a loss. */
public enum Room {
  LAYER,
  LOSS,
  OPTIMIZER,
  SCHEDULE,
  AUGMENT,
  DATA,
  INIT,
  /** The settings {@code stop}, {@code save}, {@code clip} and {@code average} of a training. */
  WATCH,
  /** Statements: what is done with a network. */
  VERB
}
