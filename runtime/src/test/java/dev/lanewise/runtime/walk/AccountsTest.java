package dev.lanewise.runtime.walk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lanewise.runtime.operation.Computation;
import dev.lanewise.runtime.operation.Dropout;
import dev.lanewise.runtime.operation.EmbedDense;
import dev.lanewise.runtime.operation.Noise;
import dev.lanewise.runtime.operation.Operation;
import dev.lanewise.runtime.operation.SmallOperations;
import dev.lanewise.runtime.spec.Draw;
import dev.lanewise.runtime.tensor.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is told of a number comes to that number, for every operation that a network or loss can have: what a plan makes of several is none of these. */
class AccountsTest {
  private static final int MOST = 250;

  static Stream<Operation> operations() {
    return SmallOperations.all().filter(Operation.class::isInstance).map(Operation.class::cast).filter(o -> !(o instanceof Dropout || o instanceof Noise || o instanceof EmbedDense));
  }

  private record Made(double[][] in, double[][] out) {
    static Made of(Operation operation) {
      Random random = new Random(operation.name().hashCode());
      double[][] in = new double[operation.inputs().size()][];
      for (int i = 0; i < in.length; i++) {
        int bound = operation.bound(i);
        in[i] = new double[operation.inputs().get(i).shape().size()];
        Arrays.setAll(in[i], _ -> bound > 0 ? random.nextInt(bound) : random.nextGaussian());
      }
      double[][] out = Eager.made(operation);
      operation.evaluate(Draw.NONE, in, out);
      return new Made(in, out);
    }
  }

  @ParameterizedTest
  @MethodSource("operations")
  void theAccountComesToTheNumber(Operation operation) {
    Made made = Made.of(operation);
    for (int e = 0; e < made.out[0].length; e++) {
      Account account = Accounts.of(operation, made.in, made.out, e);
      assertThat(account.value()).as("%s[%d]: %s", operation, e, account).isCloseTo(made.out[0][e], within(1e-9));
    }
  }

  /** All of few elements, and some that are drawn of many: every one of those takes a pass of the operation. */
  private static int[] some(int size) {
    return size <= MOST ? IntStream.range(0, size).toArray() : new Random(size).ints(MOST, 0, size).toArray();
  }

  /** Noise reads something for its shape alone. */
  @Test
  void whatIsDrawnChangesWithNothing() {
    Noise noise = new Noise(Shape.of(3));
    assertThat(Links.of(noise, new double[][] {{1, 2, 3}}, new double[][] {{4, 5, 6}}, 0, 1)).hasValueSatisfying(links -> assertThat(links).isEmpty());
  }

  /** The sum over all ways by which a number counts is its gradient. */
  @ParameterizedTest
  @MethodSource("operations")
  void theLinksComeToTheGradient(Operation operation) {
    Made made = Made.of(operation);
    Random random = new Random(3);
    double[] dOut = random.doubles(made.out[0].length).toArray();
    boolean[] needed = new boolean[made.in.length];
    Arrays.fill(needed, true);
    double[][] gradients = Eager.gradient(operation, made.in, made.out, dOut, needed);
    for (int i = 0; i < gradients.length; i++) {
      for (int e : gradients[i] == null || operation.bound(i) > 0 ? new int[0] : some(gradients[i].length)) {
        Optional<List<Links.Link>> links = Links.of(operation, made.in, made.out, i, e);
        double sum = links.orElseThrow().stream().mapToDouble(l -> l.slope().value() * dOut[l.element()]).sum();
        assertThat(sum).as("%s, input %d, element %d", operation, i, e).isCloseTo(gradients[i][e], within(1e-9));
        for (Links.Link link : links.get()) {
          if (link.slope() instanceof Account.Same(Quantity.Read(int input, int at, double value))) {
            assertThat(made.in[input][at]).isCloseTo(value, within(1e-9));
          }
        }
      }
    }
  }
}
