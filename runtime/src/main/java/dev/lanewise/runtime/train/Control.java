package dev.lanewise.runtime.train;

import java.util.function.BooleanSupplier;

/**
 * Asked after every batch how a training goes on, on the thread that trains. While it thinks, training waits; that time is not counted.
 *
 * <pre>{@code engine.train(model, data, settings, listener, batch -> batch.loss() > 10 ? Control.STOP : Control.GO_ON); }</pre>
 */
@FunctionalInterface
public interface Control {
  Next GO_ON = new Next.GoOn();
  Next STOP = new Next.Stop();

  Next after(TrainEvent.Batch batch);

  /** What comes after a batch. */
  sealed interface Next {
    record GoOn() implements Next {}

    /** Training ends, and the model keeps what it has learnt. */
    record Stop() implements Next {}

    /**
     * Training goes on with another learning rate. Where a schedule changes the rate, it does so from there in the same proportions.
     *
     * @throws IllegalArgumentException if it is not above 0
     */
    record Rate(double lr) implements Next {
      public Rate {
        if (!(lr > 0) || Double.isInfinite(lr)) {
          throw new IllegalArgumentException("a learning rate must be above 0, not " + lr);
        }
      }
    }

    /**
     * Training goes on, with batches of another size from the next epoch on.
     *
     * @throws IllegalArgumentException if it is not above 0
     */
    record Size(int batch) implements Next {
      public Size {
        if (batch < 1) {
          throw new IllegalArgumentException("a batch has at least 1 example, not " + batch);
        }
      }
    }
  }

  /** Training ends once this is true. */
  static Control until(BooleanSupplier stop) {
    return _ -> stop.getAsBoolean() ? STOP : GO_ON;
  }
}
