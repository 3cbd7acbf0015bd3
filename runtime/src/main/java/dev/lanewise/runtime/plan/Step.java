package dev.lanewise.runtime.plan;

/** One kernel call of a plan, its buffers bound. */
@FunctionalInterface
interface Step {
  void run(Frame frame);

  /** In how many parts it can be done, side by side: where there are fewer blocks than workers. */
  default int parts() {
    return 1;
  }

  /** Does one of them. */
  default void run(Frame frame, int part) {
    run(frame);
  }

  /** A part of a step. */
  @FunctionalInterface
  interface Part {
    void run(Frame frame, int part);
  }

  /** A step that several workers can share. */
  static Step shared(Step whole, int parts, Part some) {
    return parts == 1 ? whole : new Step() {
      @Override
      public void run(Frame frame) {
        whole.run(frame);
      }

      @Override
      public int parts() {
        return parts;
      }

      @Override
      public void run(Frame frame, int part) {
        some.run(frame, part);
      }
    };
  }

  /** The same of two blocks, where that is faster at once. */
  default void run(Frame frame, Frame other) {
    run(frame);
    run(other);
  }
}
