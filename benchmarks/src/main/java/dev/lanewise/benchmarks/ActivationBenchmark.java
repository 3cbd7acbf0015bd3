package dev.lanewise.benchmarks;

import dev.lanewise.runtime.kernel.element.PointwiseKernel;
import dev.lanewise.runtime.symbolic.Derivative;
import dev.lanewise.runtime.symbolic.Term;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The loops are generated from the formula. */
@Question("How long do an activation of 16 examples and its derived gradient take?")
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(value = 1, jvmArgsAppend = {"--add-modules", "jdk.incubator.vector"})
public class ActivationBenchmark {
  private static final int ELEMENTS = 16 * 1440;

  /** Functions of x. */
  @Param({"relu", "sigmoid", "tanh", "swish"})
  public String function;

  private Term formula;
  private PointwiseKernel forward;
  private PointwiseKernel gradient;
  private float[] values;
  private int[] sizes;
  private int[] gradientSizes;

  /** Makes the kernels; x, dy and y lie one after the other. */
  @Setup
  public void setUp() {
    Term x = Term.variable("x");
    formula = switch (function) {
      case "relu" -> x.relu();
      case "sigmoid" -> x.sigmoid();
      case "tanh" -> x.tanh();
      case "swish" -> x.times(x.sigmoid());
      default -> throw new IllegalArgumentException(function);
    };
    PointwiseKernel.Input in = new PointwiseKernel.Input("x", false);
    forward = new PointwiseKernel(formula, List.of(in));
    gradient =
        new PointwiseKernel(
            Term.variable("dy").times(Derivative.of(formula, "x")),
            List.of(in, new PointwiseKernel.Input("dy", false)));
    values = new float[3 * ELEMENTS];
    System.arraycopy(SeededInput.random(1, 2 * ELEMENTS), 0, values, 0, 2 * ELEMENTS);
    sizes = PointwiseKernel.sizes(1, ELEMENTS / 16, 2 * ELEMENTS, 0);
    gradientSizes = PointwiseKernel.sizes(1, ELEMENTS / 16, 2 * ELEMENTS, 0, ELEMENTS);
  }

  /** The same function by single numbers, as a programmer would write it. */
  @Benchmark
  public float[] scalar() {
    int y = 2 * ELEMENTS;
    switch (function) {
      case "relu" -> {
        for (int i = 0; i < ELEMENTS; i++) {
          values[y + i] = Math.max(values[i], 0);
        }
      }
      case "sigmoid" -> {
        for (int i = 0; i < ELEMENTS; i++) {
          values[y + i] = (float) (1 / (1 + Math.exp(-values[i])));
        }
      }
      case "tanh" -> {
        for (int i = 0; i < ELEMENTS; i++) {
          values[y + i] = (float) Math.tanh(values[i]);
        }
      }
      default -> {
        for (int i = 0; i < ELEMENTS; i++) {
          values[y + i] = (float) (values[i] / (1 + Math.exp(-values[i])));
        }
      }
    }
    return values;
  }

  /** The same function by the Vector API, written by hand. */
  @Benchmark
  public float[] byHand() {
    switch (function) {
      case "relu" -> HandWritten.relu(values, 0, 2 * ELEMENTS, ELEMENTS);
      case "sigmoid" -> HandWritten.sigmoid(values, 0, 2 * ELEMENTS, ELEMENTS);
      case "tanh" -> HandWritten.tanh(values, 0, 2 * ELEMENTS, ELEMENTS);
      default -> HandWritten.swish(values, 0, 2 * ELEMENTS, ELEMENTS);
    }
    return values;
  }

  /** The generated loop. */
  @Benchmark
  public float[] simd() {
    forward.run(values, sizes);
    return values;
  }

  /** The generated loop of dy times the derivative. */
  @Benchmark
  public float[] gradientSimd() {
    gradient.run(values, gradientSizes);
    return values;
  }
}
