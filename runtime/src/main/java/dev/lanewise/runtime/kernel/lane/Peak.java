package dev.lanewise.runtime.kernel.lane;

import static dev.lanewise.runtime.kernel.code.Program.floats;
import static dev.lanewise.runtime.kernel.code.Program.integer;

import dev.lanewise.runtime.kernel.code.EarlyCompilation;
import dev.lanewise.runtime.kernel.code.Index;
import dev.lanewise.runtime.kernel.code.Program;
import dev.lanewise.runtime.kernel.code.Statement;
import dev.lanewise.runtime.kernel.code.Statement.Loop;
import dev.lanewise.runtime.kernel.code.Statement.Set;
import dev.lanewise.runtime.kernel.code.Statement.Store;
import dev.lanewise.runtime.kernel.code.Vector;
import dev.lanewise.runtime.kernel.code.Vector.Fma;
import dev.lanewise.runtime.kernel.code.Vector.Load;
import java.util.ArrayList;
import java.util.List;

/**
 * What one core can do at most: multiply-adds on registers alone. The yardstick of every kernel, measured where the
 * kernel is.
 *
 * <pre>{@code double share = flops / seconds / Peak.flopsPerSecond(); }</pre>
 */
public final class Peak {
  /** Enough sums in flight to hide the latency of a multiply-add, few enough for 16 registers. */
  private static final int SUMS = 12;

  private static final int STEPS = 100_000;
  private static final int ROUNDS = 12;
  private static final int COPIED = 1 << 24;
  private static final double WARM_UP_SECONDS = 0.15;

  interface Kernel {
    void run(float[] x, int steps);
  }

  private Peak() {}

  /**
   * Floating-point operations per second, a multiply-add counted as two: the best of some rounds; takes a quarter of
   * a second.
   */
  public static double flopsPerSecond() {
    Kernel kernel = Generated.define(program(), Kernel.class).kernel();
    EarlyCompilation.await();
    float[] x = new float[(SUMS + 2) * Lanes.LENGTH];
    java.util.Arrays.fill(x, 0.5f);
    long begin = System.nanoTime();
    while (System.nanoTime() - begin < WARM_UP_SECONDS * 1e9) {
      kernel.run(x, STEPS / 100);
    }
    double best = Double.MAX_VALUE;
    for (int i = 0; i < ROUNDS; i++) {
      begin = System.nanoTime();
      kernel.run(x, STEPS);
      best = Math.min(best, System.nanoTime() - begin);
    }
    return 2.0 * SUMS * Lanes.LENGTH * STEPS / best * 1e9;
  }

  /**
   * Bytes per second that one core reads and writes when it copies what no cache holds: the other roof of the roofline
   * (Williams et al. 2009). The best of some rounds; takes a tenth of a second and 128 MB.
   */
  public static double bytesPerSecond() {
    float[] from = new float[COPIED];
    float[] to = new float[COPIED];
    double best = Double.MAX_VALUE;
    for (int i = 0; i < ROUNDS; i++) {
      long begin = System.nanoTime();
      System.arraycopy(from, 0, to, 0, COPIED);
      best = Math.min(best, System.nanoTime() - begin);
    }
    return 2.0 * Float.BYTES * COPIED / best * 1e9;
  }

  private static Program program() {
    List<Statement> body = new ArrayList<>();
    List<Statement> loop = new ArrayList<>();
    List<Statement> end = new ArrayList<>();
    body.add(new Set("a", new Load("x", Index.of(0))));
    body.add(new Set("b", new Load("x", Index.of(Lanes.LENGTH))));
    for (int i = 0; i < SUMS; i++) {
      Index at = Index.of((i + 2) * Lanes.LENGTH);
      Vector sum = new Vector.Variable("sum" + i);
      body.add(new Set("sum" + i, new Load("x", at)));
      // Not the sum first: what a loop carries must not be the receiver of a call.
      loop.add(new Set("sum" + i, new Fma(new Vector.Variable("a"), sum, new Vector.Variable("b"))));
      end.add(new Store("x", at, sum));
    }
    body.add(new Loop("i", Index.of(0), Index.of("steps"), 1, loop));
    body.addAll(end);
    return new Program("Peak", List.of(floats("x"), integer("steps")), body);
  }
}
