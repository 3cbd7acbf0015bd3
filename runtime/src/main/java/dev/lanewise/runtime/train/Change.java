package dev.lanewise.runtime.train;

import java.util.List;

/**
 * What happens to a training on its way, after a batch: by hand, where it was interrupted, or because its settings say so. A training with the
 * same changes ends with the same bits.
 */
public sealed interface Change {
  /** From 1 on. */
  int epoch();

  /** After which it happens, from 1 on. */
  int batch();

  /** The same as it would be written down before it has happened. */
  Change planned();

  /**
   * Another learning rate. Where a schedule changes the rate, it does so from there in the same proportions.
   *
   * @param from the rate until then; NaN before it has happened
   */
  record Rate(int epoch, int batch, double from, double to) implements Change {
    public Rate {
      if (!(to > 0) || Double.isInfinite(to)) {
        throw new IllegalArgumentException("a learning rate must be above 0, not " + to);
      }
    }

    @Override
    public Change planned() {
      return new Rate(epoch, batch, Double.NaN, to);
    }
  }

  /**
   * Batches of another size, from the next epoch on. The optimiser goes on as it is; a schedule goes on from the same share of the training.
   *
   * @param from the size until then; 0 before it has happened
   */
  record Size(int epoch, int batch, int from, int to) implements Change {
    public Size {
      if (to < 1) {
        throw new IllegalArgumentException("a batch has at least 1 example, not " + to);
      }
    }

    @Override
    public Change planned() {
      return new Size(epoch, batch, 0, to);
    }
  }

  /** The end: the network keeps what it has learnt so far. */
  record Stop(int epoch, int batch) implements Change {
    @Override
    public Change planned() {
      return this;
    }
  }

  /** The size of the batches of an epoch. @param changes in their order, at least those before it; @param first size */
  static int size(List<Change> changes, int epoch, int first) {
    int size = first;
    for (Change change : changes) {
      size = change instanceof Size s && s.isBehind(epoch - 1) ? s.to : size;
    }
    return size;
  }

  /** Whether it lies behind, once so many epochs do. */
  default boolean isBehind(int epochs) {
    return epoch() <= epochs;
  }
}
