package dev.lanewise.runtime.optimize;

/** What is done to gradients before a step, so that a few large ones do not throw it off. */
public sealed interface Clip {
  /** Nothing. */
  record None() implements Clip {}

  /** Each lies between -most and most afterwards. */
  record Value(double most) implements Clip {}

  /** All are scaled by one factor, if the root of the sum of their squares is above {@code most} (Pascanu et al. 2013). */
  record Norm(double most) implements Clip {}
}
