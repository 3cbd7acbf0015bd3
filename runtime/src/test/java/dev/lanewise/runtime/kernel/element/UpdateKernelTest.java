package dev.lanewise.runtime.kernel.element;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.runtime.kernel.lane.Samples;
import dev.lanewise.runtime.symbolic.Term;
import dev.lanewise.runtime.symbolic.Update;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Generated steps against their own formulas in double. */
@Tag("kernels")
class UpdateKernelTest {
  private static final Term P = Term.variable("p");
  private static final Term G = Term.variable("g");

  /** v = 0.9 v + g; p = p - lr v. */
  static Update momentum() {
    Term v = Term.variable("v");
    return new Update(
        List.of(
            new Update.Assignment("v", Term.number(0.9).times(v).plus(G)),
            new Update.Assignment("p", P.minus(Term.variable("lr").times(v)))),
        List.of("lr"));
  }

  /** Two states, a square root, and scalars in between. */
  static Update adaptive() {
    Term m = Term.variable("m");
    Term s = Term.variable("s");
    return new Update(
        List.of(
            new Update.Assignment("m", m.plus(Term.number(0.1).times(G.minus(m)))),
            new Update.Assignment("s", Term.number(0.99).times(s).plus(Term.number(0.01).times(G).times(G))),
            new Update.Assignment("p",
                P.minus(Term.variable("lr").times(m).over(s.over(Term.variable("c")).sqrt().plus(Term.number(1e-8)))))),
        List.of("lr", "c"));
  }

  @Test
  void stepsAreTheirFormulas() {
    check(momentum(), new float[] {0.1f});
    check(adaptive(), new float[] {0.05f, 0.3f});
  }

  private static void check(Update update, float[] scalars) {
    int slots = update.state().size();
    float[] p = Samples.random(1, 99);
    float[] g = Samples.random(2, 99);
    float[][] state = new float[slots][];
    for (int s = 0; s < slots; s++) {
      state[s] = Samples.random(3 + s, 99);
      for (int i = 0; i < 99; i++) {
        state[s][i] = Math.abs(state[s][i]);
      }
    }
    double[][] expected = new double[slots + 1][99];
    for (int i = 0; i < 99; i++) {
      Map<String, Double> values = new HashMap<>(Map.of("p", (double) p[i], "g", (double) g[i]));
      for (int s = 0; s < slots; s++) {
        values.put(update.state().get(s), (double) state[s][i]);
      }
      for (int s = 0; s < scalars.length; s++) {
        values.put(update.scalars().get(s), (double) scalars[s]);
      }
      boolean inside = i >= 3 && i < 83;
      for (Update.Assignment a : update.assignments()) {
        if (inside) {
          values.put(a.name(), a.value().evaluate(values::get));
        }
      }
      expected[slots][i] = values.get("p");
      for (int s = 0; s < slots; s++) {
        expected[s][i] = values.get(update.state().get(s));
      }
    }
    new UpdateKernel(update).run(p, g, state, scalars, 3, 83);
    Samples.assertClose(p, 0, expected[slots], 1e-6, "parameters");
    for (int s = 0; s < slots; s++) {
      Samples.assertClose(state[s], 0, expected[s], 1e-6, update.state().get(s));
    }
  }

  @Test
  void sameBitsAtEveryWidth() {
    float[] p = Samples.random(1, 784);
    float[][] state = {Samples.random(2, 784), Samples.random(3, 784).clone()};
    for (int i = 0; i < 784; i++) {
      state[1][i] = Math.abs(state[1][i]);
    }
    new UpdateKernel(adaptive()).run(p, Samples.random(4, 784), state, new float[] {0.05f, 0.3f}, 0, 784);
    assertThat(Samples.crc(p, state[0], state[1])).isEqualTo("37547634");
  }
}
