package dev.lanewise.runtime.plan;

/** Which implementation of the operations a plan uses. */
public enum KernelSet {
  /** The Vector API kernels. */
  VECTOR,
  /** The operations' own formulas, one example at a time: the reference. */
  SCALAR
}
