package dev.lanewise.runtime.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lanewise.runtime.tensor.Shape;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpreadTest {
  /** Classes by turns, as pairs have them: some from all over them are of all classes. */
  @ParameterizedTest
  @CsvSource({"6000, 2, 500", "6000, 3, 500", "5000, 10, 1000", "1001, 2, 1000", "100, 2, 500"})
  void someFromAllOverAreOfAllKinds(int size, int classes, int most) {
    int[] labels = IntStream.range(0, size).map(i -> i % classes).toArray();
    Points turns = new Points(Shape.of(1), new float[size][1], labels, classes);
    Dataset some = turns.spread(most);
    int[] counts = new int[classes];
    IntStream.range(0, some.size()).forEach(i -> counts[some.label(i)]++);
    assertThat(some.size()).isEqualTo(Math.min(size, most));
    assertThat(Arrays.stream(counts).asDoubleStream().boxed()).allSatisfy(count -> assertThat(count / some.size()).isCloseTo(1.0 / classes, within(0.06)));
    int[] places = IntStream.range(0, some.size()).map(k -> turns.spread(k, most)).toArray();
    assertThat(places).isSorted().doesNotHaveDuplicates();
    assertThat(places[places.length - 1]).isLessThan(size);
  }
}
