package dev.lanewise.runtime.spec;

/** The random numbers of one operation for one example: uniform in [0, 1), one for each element, the same at every call. */
@FunctionalInterface
public interface Draw {
  double uniform(int element);

  /** For operations that draw nothing. */
  Draw NONE =
      element -> {
        throw new IllegalStateException("this operation has no random numbers");
      };
}
