package dev.lanewise.runtime.decode;

import dev.lanewise.runtime.kernel.element.PointwiseKernel;
import dev.lanewise.runtime.operation.Operation;
import dev.lanewise.runtime.spec.Draw;
import dev.lanewise.runtime.symbolic.Term;
import java.util.Arrays;
import java.util.List;

/** What is computed of the values of a place, once it is known where they are. */
final class PlaceMath {
  private PlaceMath() {}

  /** A formula of every element. Its kernel reads one array: values are brought there, and what it makes from there. @param size of each, whole vectors */
  static Runnable formula(Term formula, List<PointwiseKernel.Input> inputs, float[][] read, float[] to, int size) {
    PointwiseKernel kernel = new PointwiseKernel(formula, inputs);
    float[] all = new float[(read.length + 1) * size];
    int[] at = new int[read.length];
    Arrays.setAll(at, i -> (i + 1) * size);
    int[] sizes = PointwiseKernel.sizes(1, size / 16, 0, at);
    return () -> {
      for (int i = 0; i < read.length; i++) {
        System.arraycopy(read[i], 0, all, at[i], size);
      }
      kernel.run(all, sizes);
      System.arraycopy(all, 0, to, 0, size);
    };
  }

  /** {@link dev.lanewise.runtime.operation.LayerNorm} of so many values. */
  static Runnable norm(float[] x, int size, double eps, PlaceValues.Shared weight, PlaceValues.Shared bias, float[] to) {
    return () -> {
      double mean = 0;
      for (int i = 0; i < size; i++) {
        mean += x[i];
      }
      mean /= size;
      double variance = 0;
      for (int i = 0; i < size; i++) {
        variance += (x[i] - mean) * (x[i] - mean);
      }
      float scale = (float) (1 / Math.sqrt(variance / size + eps)), middle = (float) mean;
      for (int i = 0; i < size; i++) {
        to[i] = (x[i] - middle) * scale * weight.all()[weight.at() + i] + bias.all()[bias.at() + i];
      }
    };
  }

  /** What has no kernel of its own here: by the operation's formula, in double. */
  static Runnable byFormula(Operation of, float[][] read, float[] to) {
    double[][] in = new double[read.length][];
    Arrays.setAll(in, i -> new double[of.inputs().get(i).shape().size()]);
    double[][] out = of.outputs().stream().map(t -> new double[t.shape().size()]).toArray(double[][]::new);
    return () -> {
      for (int i = 0; i < in.length; i++) {
        for (int k = 0; k < in[i].length; k++) {
          in[i][k] = read[i][k];
        }
      }
      for (double[] o : out) {
        Arrays.fill(o, 0);
      }
      of.evaluate(Draw.NONE, in, out);
      for (int k = 0; k < out[0].length; k++) {
        to[k] = (float) out[0][k];
      }
    };
  }
}
