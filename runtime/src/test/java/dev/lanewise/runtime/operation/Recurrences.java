package dev.lanewise.runtime.operation;

import dev.lanewise.runtime.layer.Recurrence;
import dev.lanewise.runtime.spec.Initializer;
import dev.lanewise.runtime.spec.ParameterSpec;
import dev.lanewise.runtime.symbolic.Term;
import dev.lanewise.runtime.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Layers with a memory, put together as the language does it. */
public final class Recurrences {
  private static final Term A = Term.variable("a");
  private static final Term B = Term.variable("b");
  private static final Term C = Term.variable("c");
  private static final Term D = Term.variable("d");

  private Recurrences() {}

  /** Hochreiter and Schmidhuber 1997, with forget gates; gates as in PyTorch: input, forget, cell, output. */
  public static Recipe lstm(int in, int n, int places, boolean backwards, boolean masked) {
    return sequence(lstm(in, n), in, places, backwards, masked);
  }

  /** At one place. */
  public static Recurrence.Cell lstm(int in, int n) {
    Recipe.Builder cell = new Recipe.Builder("lstm");
    int x = cell.input(Shape.of(in)), h = cell.input(Shape.of(n)), c = cell.input(Shape.of(n));
    int wx = cell.parameter(weight("weight_ih", 4 * n, in)), wh = cell.parameter(weight("weight_hh", 4 * n, n)), b = cell.parameter(weight("bias", 4 * n));
    int fromX = cell.step("x", new Dense(in, 4 * n, false), x, wx), fromH = cell.step("h", new Dense(n, 4 * n, false), h, wh);
    int bias = cell.step("bias", new Spread(Shape.of(4 * n)), b);
    int z = cell.formula("z", Shape.of(4 * n), A.plus(B).plus(C), fromX, fromH, bias);
    int[] gate = new int[4];
    for (int i = 0; i < 4; i++) {
      gate[i] = cell.step("gate" + i, new Slice(Shape.of(4 * n), i * n, (i + 1) * n), z);
    }
    int now = cell.formula("c", Shape.of(n), A.sigmoid().times(B).plus(C.sigmoid().times(D.tanh())), gate[1], c, gate[0], gate[2]);
    int out = cell.formula("out", Shape.of(n), A.sigmoid().times(B.tanh()), gate[3], now);
    return new Recurrence.Cell(cell.build(out), 2, List.of(out, now));
  }

  /** Cho et al. 2014, as PyTorch has it: reset, update, new. */
  public static Recipe gru(int in, int n, int places, boolean backwards) {
    return sequence(gru(in, n), in, places, backwards, false);
  }

  /** At one place. */
  public static Recurrence.Cell gru(int in, int n) {
    Recipe.Builder cell = new Recipe.Builder("gru");
    int x = cell.input(Shape.of(in)), h = cell.input(Shape.of(n));
    int wx = cell.parameter(weight("weight_ih", 3 * n, in)), wh = cell.parameter(weight("weight_hh", 3 * n, n));
    int fromX = cell.step("x", new Dense(in, 3 * n, false), x, wx), fromH = cell.step("h", new Dense(n, 3 * n, false), h, wh);
    int[] ofX = new int[3], ofH = new int[3];
    for (int i = 0; i < 3; i++) {
      ofX[i] = cell.step("x" + i, new Slice(Shape.of(3 * n), i * n, (i + 1) * n), fromX);
      ofH[i] = cell.step("h" + i, new Slice(Shape.of(3 * n), i * n, (i + 1) * n), fromH);
    }
    int fresh = cell.formula("new", Shape.of(n), A.plus(B.plus(C).sigmoid().times(D)).tanh(), ofX[2], ofX[0], ofH[0], ofH[2]);
    int out = cell.formula(
        "out", Shape.of(n), Term.number(1).minus(A.plus(B).sigmoid()).times(C).plus(A.plus(B).sigmoid().times(D)), ofX[1], ofH[1], fresh, h);
    return new Recurrence.Cell(cell.build(out), 1, List.of(out));
  }

  /** Whatever can be done in a body: a state that becomes another, a state that is only read late, a product behind the loop, softmax, a mean. */
  public static Recipe odd(int n, int places, boolean masked) {
    return sequence(odd(n), n, places, false, masked);
  }

  /** At one place. */
  public static Recurrence.Cell odd(int n) {
    Recipe.Builder cell = new Recipe.Builder("odd");
    int x = cell.input(Shape.of(n)), a = cell.input(Shape.of(n)), b = cell.input(Shape.of(n)), sum = cell.input(Shape.of(1));
    int w = cell.parameter(weight("W", n, n)), v = cell.parameter(weight("V", 2, n));
    int soft = cell.step("soft", new Softmax(n), a);
    int one = cell.formula("one", Shape.of(n), A.times(B).plus(C), soft, x, b);
    int more = cell.step("more", new Dense(n, n, false), one, w);
    int mean = cell.step("mean", Reduce.mean(Shape.of(n), 1), more);
    int total = cell.formula("total", Shape.of(1), A.plus(B), mean, sum);
    int now = cell.formula("now", Shape.of(n), A.tanh().plus(B), more, total);
    int out = cell.step("out", new Dense(n, 2, false), now, v);
    return new Recurrence.Cell(cell.build(cell.formula("result", Shape.of(2), A.sigmoid(), out)), 3, List.of(now, a, total));
  }

  private static ParameterSpec weight(String name, int... dims) {
    return ParameterSpec.of(name, Shape.of(dims), new Initializer.Uniform(0.5));
  }

  private static Recipe sequence(Recurrence.Cell cell, int in, int places, boolean backwards, boolean masked) {
    Recipe.Builder layer = new Recipe.Builder(cell.recipe().name());
    int x = layer.input(Shape.of(places, in));
    Optional<Integer> mask = masked ? Optional.of(layer.input(Shape.of(places, 1))) : Optional.empty();
    List<Integer> parameters = new ArrayList<>();
    cell.recipe().parameters().forEach(p -> parameters.add(layer.parameter(p)));
    return layer.build(Recurrence.add(layer, cell, x, parameters, places, backwards, mask));
  }
}
