package dev.lanewise.runtime.train;

import dev.lanewise.runtime.kernel.element.UpdateKernel;
import dev.lanewise.runtime.kernel.lane.Lanes;

/** Parameters that are copied aside, with their gradients and what the optimiser keeps for them, for steps of as many as there are: one worker's. */
final class Aside {
  /** How many fit; a whole number of blocks. */
  static final int FLOATS = 4096;

  final float[] parameters = new float[FLOATS];
  final float[] gradient = new float[FLOATS];
  /** The gradient of parameters that stay where they are; all 0 between two uses. */
  final float[] zeros = new float[FLOATS];
  final float[][] state;

  /** @param states how many numbers are kept for a parameter */
  Aside(int states) {
    this.state = new float[states][FLOATS];
  }

  /**
   * Steps of the parameters from..to. The kernel takes 16 at a time, so what is left is copied aside: what lies behind it has a step of its own.
   *
   * @param go how much farther on an element's gradient lies than the element
   */
  void run(UpdateKernel kernel, float[] p, float[] g, int go, float[][] kept, float[] scalars, int from, int to) {
    int whole = from + (to - from) / Lanes.BLOCK * Lanes.BLOCK;
    if (whole > from) {
      kernel.run(p, g, go, kept, scalars, from, whole);
    }
    if (to > whole) {
      take(p, kept, whole, 0, to - whole);
      System.arraycopy(g, whole + go, gradient, 0, to - whole);
      run(kernel, scalars, to - whole);
      giveBack(p, kept, whole, 0, to - whole);
    }
  }

  /** Steps of what lies here. */
  void run(UpdateKernel kernel, float[] scalars, int count) {
    kernel.run(parameters, gradient, state, scalars, 0, (count + Lanes.BLOCK - 1) / Lanes.BLOCK * Lanes.BLOCK);
  }

  /** Copies parameters here. @param at where they go */
  void take(float[] p, float[][] kept, int from, int at, int count) {
    System.arraycopy(p, from, parameters, at, count);
    for (int s = 0; s < kept.length; s++) {
      System.arraycopy(kept[s], from, state[s], at, count);
    }
  }

  /** Copies them back. @param at where they are */
  void giveBack(float[] p, float[][] kept, int to, int at, int count) {
    System.arraycopy(parameters, at, p, to, count);
    for (int s = 0; s < kept.length; s++) {
      System.arraycopy(state[s], at, kept[s], to, count);
    }
  }
}
