package dev.lanewise.runtime.kernel.code;

import static dev.lanewise.runtime.kernel.code.Program.floats;
import static dev.lanewise.runtime.kernel.code.Program.integer;
import static dev.lanewise.runtime.kernel.code.Program.ints;
import static dev.lanewise.runtime.kernel.code.Program.number;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.lanewise.runtime.kernel.code.Condition.Compare;
import dev.lanewise.runtime.symbolic.Relation;
import dev.lanewise.runtime.kernel.code.Statement.Loop;
import dev.lanewise.runtime.kernel.code.Statement.Set;
import dev.lanewise.runtime.kernel.code.Statement.SetCondition;
import dev.lanewise.runtime.kernel.code.Statement.SetIndex;
import dev.lanewise.runtime.kernel.code.Statement.Store;
import dev.lanewise.runtime.kernel.code.Vector.Binary;
import dev.lanewise.runtime.kernel.code.Vector.Blend;
import dev.lanewise.runtime.kernel.code.Vector.Broadcast;
import dev.lanewise.runtime.kernel.code.Vector.Constant;
import dev.lanewise.runtime.kernel.code.Vector.Fma;
import dev.lanewise.runtime.kernel.code.Vector.Load;
import dev.lanewise.runtime.kernel.code.Vector.Operator;
import dev.lanewise.runtime.kernel.code.Vector.Scalar;
import dev.lanewise.runtime.kernel.code.Vector.Variable;
import java.lang.invoke.MethodHandles;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BytecodeTest {
  /** y[i] = the larger of 0 and Σ_t w[t] · x[offsets[t] + i], plus the shift. */
  private static final Program TAPS =
      new Program(
          "Taps",
          List.of(floats("x"), floats("w"), ints("offsets"), floats("y"), integer("yo"), number("shift")),
          List.of(
              new Loop("i", Index.of(0), Index.of(32), 16, List.of(
                  new Set("sum", new Constant(0)),
                  new Loop("t", Index.of(0), Index.of(3), 1, List.of(
                      new SetIndex("at", new Index.Element("offsets", Index.of("t")).plus(Index.of("i"))),
                      new Set("sum", new Fma(
                          new Broadcast("w", Index.of("t")), new Load("x", Index.of("at")), new Variable("sum"))))),
                  new SetCondition("negative", new Compare(Relation.LT, new Variable("sum"), new Constant(0))),
                  new Set("sum", new Blend(
                      new Variable("sum"), new Constant(0), new Condition.Variable("negative"))),
                  new Store("y", Index.of("yo").plus(Index.of("i")),
                      new Binary(Operator.ADD, new Variable("sum"), new Scalar("shift")))))));

  interface Taps {
    void run(float[] x, float[] w, int[] offsets, float[] y, int yo, float shift);
  }

  @ParameterizedTest
  @ValueSource(ints = {128, 256, 512})
  void aProgramComputesWhatItSays(int bits) {
    float[] x = new float[64];
    for (int i = 0; i < x.length; i++) {
      x[i] = i % 7 - 3;
    }
    float[] w = {2, -1, 0.5f};
    int[] offsets = {0, 3, 17};
    float[] y = new float[64];
    Taps taps = Bytecode.define(MethodHandles.lookup(), narrowed(bits / 32), bits, Taps.class).kernel();
    taps.run(x, w, offsets, y, 5, 100);
    for (int i = 0; i < 32; i++) {
      float sum = 2 * x[i] - x[3 + i] + 0.5f * x[17 + i];
      assertThat(y[5 + i]).isEqualTo(Math.max(0, sum) + 100);
    }
  }

  /** The program with vectors of so many lanes. */
  private static Program narrowed(int lanes) {
    Loop loop = (Loop) TAPS.body().getFirst();
    return new Program(
        "Taps", TAPS.parameters(), List.of(new Loop(loop.name(), loop.from(), loop.to(), lanes, loop.body())));
  }

  @Test
  void aProgramPrintsAsPseudoCode() {
    assertThat(TAPS.toString())
        .isEqualTo(
            """
            Taps(float[] x, float[] w, int[] offsets, float[] y, int yo, float shift):
              for i = 0 until 32 step 16:
                sum = 0.0
                for t = 0 until 3:
                  at = offsets[t] + i
                  sum = w[t] * x[at ..] + sum
                negative = sum < 0.0
                sum = (negative ? 0.0 : sum)
                y[yo + i ..] = sum + shift
            """);
  }

  @Test
  void aVariableMustBeSetBeforeItIsRead() {
    Program program = new Program("Early", List.of(floats("y")), List.of(
        new Store("y", Index.of(0), new Variable("a"))));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Bytecode.define(MethodHandles.lookup(), program, 512, Taps.class))
        .withMessage("the program reads a before setting it");
  }
}
