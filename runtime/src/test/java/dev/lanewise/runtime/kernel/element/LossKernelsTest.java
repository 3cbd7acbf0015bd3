package dev.lanewise.runtime.kernel.element;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.runtime.kernel.lane.Samples;
import dev.lanewise.runtime.operation.CrossEntropy;
import dev.lanewise.runtime.tensor.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Softmax and the losses, class by class and lane by lane. */
@Tag("kernels")
class LossKernelsTest {
  private static final int OFFSET = 3;

  /** Scores from -40 to 40, so that e^x would overflow without taking out the maximum. */
  private static float[] scores(int classes) {
    float[] x = Samples.random(1, classes * 16 + OFFSET);
    for (int i = 0; i < x.length; i++) {
      x[i] *= 40;
    }
    return x;
  }

  private static float[] labels(int classes) {
    float[] labels = new float[16 + OFFSET];
    for (int n = 0; n < 16; n++) {
      labels[OFFSET + n] = n * 7 % classes;
    }
    return labels;
  }

  /** Of one class for each example, all alike. */
  private static CrossEntropyKernel plain(int classes) {
    float[] right = new float[classes];
    Arrays.fill(right, 1);
    return new CrossEntropyKernel(1, right, new float[classes], -1);
  }

  private static double[] logSoftmax(float[] x, int classes) {
    double[] y = new double[classes * 16];
    for (int n = 0; n < 16; n++) {
      double sum = 0;
      for (int k = 0; k < classes; k++) {
        sum += Math.exp(x[OFFSET + k * 16 + n]);
      }
      for (int k = 0; k < classes; k++) {
        y[k * 16 + n] = x[OFFSET + k * 16 + n] - Math.log(sum);
      }
    }
    return y;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 10, 67})
  void softmax(int classes) {
    float[] x = scores(classes);
    float[] dy = Samples.random(2, classes * 16 + OFFSET);
    double[] log = logSoftmax(x, classes);
    double[] y = new double[log.length];
    double[] dx = new double[log.length];
    double[] dxOfLog = new double[log.length];
    for (int i = 0; i < y.length; i++) {
      y[i] = Math.exp(log[i]);
    }
    for (int i = 0; i < y.length; i++) {
      double dot = 0;
      double sum = 0;
      for (int k = i % 16; k < y.length; k += 16) {
        dot += dy[OFFSET + k] * y[k];
        sum += dy[OFFSET + k];
      }
      dx[i] = y[i] * (dy[OFFSET + i] - dot);
      dxOfLog[i] = dy[OFFSET + i] - y[i] * sum;
    }
    float[] actual = Samples.blank(y.length + 2 * OFFSET);
    float[] gradient = Samples.blank(y.length + 2 * OFFSET);
    SoftmaxKernel.softmax(x, OFFSET, classes, actual, OFFSET);
    Samples.assertClose(actual, OFFSET, y, 5e-6, classes);
    SoftmaxKernel.softmaxGradient(actual, OFFSET, dy, OFFSET, classes, gradient, OFFSET);
    Samples.assertClose(gradient, OFFSET, dx, 1e-5, classes);
    SoftmaxKernel.logSoftmax(x, OFFSET, classes, 1, actual, OFFSET);
    Samples.assertClose(actual, OFFSET, log, 5e-6, classes);
    SoftmaxKernel.logSoftmaxGradient(actual, OFFSET, dy, OFFSET, classes, 1, gradient, OFFSET);
    Samples.assertClose(gradient, OFFSET, dxOfLog, 5e-5, classes);
    Samples.assertUntouched(gradient, OFFSET, OFFSET + y.length, classes);
  }

  /** At each place what it is for an example of one place, bit by bit. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 10})
  void logSoftmaxAtPlaces(int classes) {
    int places = 3;
    float[] x = Samples.random(3, classes * places * 16 + OFFSET);
    float[] dy = Samples.random(4, classes * places * 16 + OFFSET);
    float[] all = Samples.blank(classes * places * 16 + 2 * OFFSET);
    float[] gradient = Samples.blank(all.length);
    SoftmaxKernel.logSoftmax(x, OFFSET, classes, places, all, OFFSET);
    SoftmaxKernel.logSoftmaxGradient(all, OFFSET, dy, OFFSET, classes, places, gradient, OFFSET);
    Samples.assertUntouched(gradient, OFFSET, OFFSET + classes * places * 16, classes);
    for (int p = 0; p < places; p++) {
      float[] one = new float[classes * 16];
      float[] d = new float[classes * 16];
      SoftmaxKernel.logSoftmax(place(x, p, places, classes), 0, classes, 1, one, 0);
      SoftmaxKernel.logSoftmaxGradient(one, 0, place(dy, p, places, classes), 0, classes, 1, d, 0);
      assertThat(place(all, p, places, classes)).isEqualTo(one);
      assertThat(place(gradient, p, places, classes)).isEqualTo(d);
    }
  }

  private static float[] place(float[] of, int place, int places, int classes) {
    float[] own = new float[classes * 16];
    for (int c = 0; c < classes; c++) {
      System.arraycopy(of, OFFSET + (c * places + place) * 16, own, c * 16, 16);
    }
    return own;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 10, 67})
  void crossEntropy(int classes) {
    float[] x = scores(classes);
    float[] labels = labels(classes);
    float[] dLoss = Samples.random(2, 16 + OFFSET);
    double[] log = logSoftmax(x, classes);
    double[] loss = new double[16];
    double[] dx = new double[log.length];
    for (int i = 0; i < log.length; i++) {
      boolean right = labels[OFFSET + i % 16] == i / 16;
      loss[i % 16] -= right ? log[i] : 0;
      dx[i] = (Math.exp(log[i]) - (right ? 1 : 0)) * dLoss[OFFSET + i % 16];
    }
    float[] actual = Samples.blank(16 + 2 * OFFSET);
    float[] gradient = Samples.blank(log.length + 2 * OFFSET);
    plain(classes).forward(x, OFFSET, labels, OFFSET, actual, OFFSET, new float[16], 0);
    plain(classes).gradient(x, OFFSET, labels, OFFSET, dLoss, OFFSET, gradient, OFFSET);
    Samples.assertClose(actual, OFFSET, loss, 5e-6, classes);
    Samples.assertClose(gradient, OFFSET, dx, 1e-5, classes);
  }

  /** At many places, with weights, a smoothed target and a class that is left out: against the operation's own formula. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 35})
  void crossEntropyAtPlaces(int places) {
    for (int classes : new int[] {2, 3, 11}) {
      for (int ignore : new int[] {-1, 1}) {
        for (double smooth : new double[] {0, 0.2}) {
          List<Double> weights = IntStream.range(0, classes).mapToObj(i -> 0.25 + 0.5 * i).toList();
          check(new CrossEntropy(Shape.of(classes, places), smooth, weights, ignore));
        }
      }
    }
  }

  private static void check(CrossEntropy of) {
    int classes = of.classes(), places = of.places();
    float[] right = new float[classes], wrong = new float[classes];
    for (int i = 0; i < classes; i++) {
      right[i] = (float) (of.own(i) * (1 - of.smooth()));
      wrong[i] = (float) (of.own(i) * of.smooth() / classes);
    }
    CrossEntropyKernel kernel = new CrossEntropyKernel(places, right, wrong, of.ignore());
    float[] x = scores(classes * places);
    float[] labels = new float[16 * places + OFFSET];
    for (int i = 0; i < 16 * places; i++) {
      labels[OFFSET + i] = i * 7 % classes;
    }
    float[] dLoss = Samples.random(2, 16 + OFFSET);
    double[] loss = new double[16], dx = new double[16 * classes * places];
    for (int n = 0; n < 16; n++) {
      double[][] in = {lane(x, n, classes * places), lane(labels, n, places), {dLoss[OFFSET + n]}};
      double[][] out = {new double[1]}, gradient = {new double[classes * places]};
      of.evaluate(_ -> 0, in, out);
      new CrossEntropy.Gradient(of).evaluate(_ -> 0, in, gradient);
      loss[n] = out[0][0];
      for (int i = 0; i < classes * places; i++) {
        dx[i * 16 + n] = gradient[0][i];
      }
    }
    float[] actual = Samples.blank(16 + 2 * OFFSET), gradient = Samples.blank(dx.length + 2 * OFFSET);
    kernel.forward(x, OFFSET, labels, OFFSET, actual, OFFSET, new float[16], 0);
    kernel.gradient(x, OFFSET, labels, OFFSET, dLoss, OFFSET, gradient, OFFSET);
    Samples.assertClose(actual, OFFSET, loss, 1e-5, classes);
    Samples.assertClose(gradient, OFFSET, dx, 1e-5, classes);
    Samples.assertUntouched(actual, OFFSET, OFFSET + 16, classes);
    Samples.assertUntouched(gradient, OFFSET, OFFSET + dx.length, classes);
  }

  private static double[] lane(float[] x, int lane, int count) {
    return IntStream.range(0, count).mapToDouble(i -> x[OFFSET + i * 16 + lane]).toArray();
  }

  /** However large the scores are: what counts is by how much they differ. Relative to each probability, and to the loss. */
  @ParameterizedTest
  @ValueSource(ints = {2, 10, 67, 1000})
  void nothingIsLostWhereScoresAreLarge(int classes) {
    float[] x = Samples.random(1, classes * 16 + OFFSET);
    for (int i = 0; i < x.length; i++) {
      // Multiples of 1/8, so that their differences are exact.
      x[i] = 4096 + Math.round(x[i] * 64) / 8f;
    }
    float[] small = x.clone();
    for (int i = 0; i < x.length; i++) {
      small[i] -= 4096;
    }
    double[] log = logSoftmax(small, classes);
    float[] p = new float[log.length + OFFSET];
    float[] logs = new float[log.length + OFFSET];
    float[] loss = new float[16 + OFFSET];
    SoftmaxKernel.softmax(x, OFFSET, classes, p, OFFSET);
    SoftmaxKernel.logSoftmax(x, OFFSET, classes, 1, logs, OFFSET);
    plain(classes).forward(x, OFFSET, labels(classes), OFFSET, loss, OFFSET, new float[16], 0);
    for (int i = 0; i < log.length; i++) {
      assertThat(p[OFFSET + i] / Math.exp(log[i]) - 1).isBetween(-1e-6, 1e-6);
      assertThat(logs[OFFSET + i] - log[i]).isBetween(-2e-6, 2e-6);
      if (labels(classes)[OFFSET + i % 16] == i / 16) {
        assertThat(loss[OFFSET + i % 16] + log[i]).isBetween(-2e-6, 2e-6);
      }
    }
  }

  @Test
  void sameBitsAtEveryWidth() {
    float[] x = scores(10);
    float[] y = new float[160];
    float[] log = new float[160];
    float[] loss = new float[16];
    float[] dx = new float[160];
    SoftmaxKernel.softmax(x, OFFSET, 10, y, 0);
    SoftmaxKernel.logSoftmax(x, OFFSET, 10, 1, log, 0);
    plain(10).forward(x, OFFSET, labels(10), OFFSET, loss, 0, new float[16], 0);
    plain(10).gradient(x, OFFSET, labels(10), OFFSET, y, 0, dx, 0);
    assertThat(List.of(Samples.crc(y, log), Samples.crc(loss, dx))).containsExactly("2e77464a", "c22e3e76");
  }
}
