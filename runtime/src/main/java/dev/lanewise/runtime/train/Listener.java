package dev.lanewise.runtime.train;

/** Receives events on the thread that called train or test. */
@FunctionalInterface
public interface Listener {
  void on(TrainEvent event);

  Listener NONE = event -> {};
}
