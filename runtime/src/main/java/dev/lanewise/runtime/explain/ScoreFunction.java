package dev.lanewise.runtime.explain;

/** A number that a network gives, such as the score of a class, as a function of the numbers of an example. */
public interface ScoreFunction {
  /** The score of each of some inputs, each as the network is shown it. */
  double[] values(float[][] inputs);

  /** How the score changes with each number of each input: dScore / dInput. */
  float[][] gradients(float[][] inputs);

  default double value(float[] input) {
    return values(new float[][] {input})[0];
  }

  default float[] gradient(float[] input) {
    return gradients(new float[][] {input})[0];
  }
}
