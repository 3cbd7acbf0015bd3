package dev.lanewise.runtime.plan;

/** Told again and again how far the making of a plan has come; it may give it up by throwing. */
@FunctionalInterface
public interface Preparation {
  Preparation SILENT = (_, _) -> {};

  /**
   * @param done operations that have their kernels
   * @param operations of the graph as it is now: passes of the compiler change it before the first has a kernel
   */
  void at(int done, int operations);
}
