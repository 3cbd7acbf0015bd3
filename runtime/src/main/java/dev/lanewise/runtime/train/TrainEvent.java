package dev.lanewise.runtime.train;

/** What happens during training and testing, told to a {@link Listener}; nothing below the listener prints. */
public sealed interface TrainEvent {
  /** @param examples per epoch; @param batches per epoch */
  record Started(String net, int epochs, int examples, int batches, int parameters) implements TrainEvent {}

  /** After every batch. @param loss of this batch; @param seconds of training in this epoch so far */
  record Batch(String net, int epoch, int epochs, int batch, int batches, double loss, double seconds) implements TrainEvent {}

  /** @param seconds training time alone; @param validation null without a validation split */
  record Epoch(String net, int epoch, int epochs, double seconds, Score train, Score validation) implements TrainEvent {}

  /** @param interrupted true if the user stopped it: the model keeps what was reached */
  record Ended(String net, int epochs, double seconds, boolean interrupted) implements TrainEvent {}

  record Tested(String net, String data, Score score, double seconds) implements TrainEvent {}

  /** @param loss mean over the examples; @param accuracy share of examples classified correctly */
  record Score(double loss, double accuracy, int examples) {}
}
