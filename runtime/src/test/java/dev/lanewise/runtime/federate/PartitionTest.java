package dev.lanewise.runtime.federate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.data.Dataset;
import dev.lanewise.runtime.data.Grouped;
import dev.lanewise.runtime.data.Points;
import dev.lanewise.runtime.tensor.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PartitionTest {
  private static Dataset examples(int count, int classes) {
    return new Points(Shape.of(1), new float[count][1], IntStream.range(0, count).map(i -> i * 7 % classes).toArray(), classes);
  }

  static List<Partition> all() {
    return List.of(new Partition.Iid(), new Partition.ByClass(1), new Partition.ByClass(3), new Partition.Dirichlet(0.05), new Partition.Dirichlet(1), new Partition.Dirichlet(100));
  }

  @ParameterizedTest
  @MethodSource("all")
  void everyExampleHasOneOwner(Partition partition) {
    Dataset data = examples(600, 10);
    int[][] mine = partition.of(data, 20, 3);
    assertThat(List.of(mine)).hasSize(20).allMatch(m -> m.length > 0);
    int[] together = Arrays.stream(mine).flatMapToInt(Arrays::stream).sorted().toArray();
    assertThat(together).isEqualTo(IntStream.range(0, 600).toArray());
    assertThat(partition.of(data, 20, 3)).isDeepEqualTo(mine);
    assertThat(Arrays.deepEquals(partition.of(data, 20, 4), mine)).isFalse();
  }

  @Test
  void piecesAreOfOneClass() {
    Dataset data = examples(1000, 10);
    assertThat(List.of(new Partition.ByClass(2).of(data, 50, 1))).allSatisfy(m -> {
      assertThat(m).hasSize(20);
      assertThat(Arrays.stream(m).map(data::label).distinct().count()).isBetween(1L, 2L);
    });
    // What does not come out even belongs to nobody.
    assertThat(Arrays.stream(new Partition.ByClass(2).of(examples(1003, 10), 50, 1)).mapToInt(m -> m.length).sum()).isEqualTo(1000);
  }

  /** Views of grouped examples, such as some of them, are dealt out as they are. */
  @Test
  void aClientForEachValueOfAColumn() {
    List<String> writers = IntStream.range(0, 12).mapToObj(i -> List.of("ann", "bob", "eve").get(i * i % 7 % 3)).toList();
    Dataset data = Grouped.of(examples(12, 4), List.of("writer"), writers);
    int[][] mine = new Partition.ByColumn("writer").of(data, Partition.ALL, 1);
    assertThat(mine).hasNumberOfRows(3);
    for (int[] own : mine) {
      assertThat(Arrays.stream(own).mapToObj(writers::get).distinct()).hasSize(1);
    }
    assertThat(Arrays.stream(mine).flatMapToInt(Arrays::stream).sorted().toArray()).isEqualTo(IntStream.range(0, 12).toArray());
    assertThat(List.of(mine)).contains(new Partition.ByColumn("writer").of(data, 1, 1)[0]);
    assertThat(new Partition.ByColumn("class").of(data, Partition.ALL, 1)).hasDimensions(4, 3);
    DataSplit some = new DataSplit("some", data, null, null).testing(2, 1);
    assertThat(new Partition.ByColumn("writer").of(some.train(), Partition.ALL, 1)).hasNumberOfRows(2);
    assertThatThrownBy(() -> new Partition.ByColumn("writer").of(some.train(), 3, 1)).hasMessage("the examples to train on have 2 values of `writer`, for 3 clients: each needs one at least");
    assertThatThrownBy(() -> new Partition.ByColumn("speaker").of(data, 3, 1)).hasMessageContaining("not grouped by `speaker`");
  }

  /** The larger alpha, the more alike the clients. */
  @Test
  void alphaSaysHowDifferentClientsAre() {
    Dataset data = examples(4000, 4);
    assertThat(largestShare(new Partition.Dirichlet(0.01).of(data, 8, 1), data)).isGreaterThan(0.9);
    assertThat(largestShare(new Partition.Dirichlet(1000).of(data, 8, 1), data)).isCloseTo(0.25, within(0.03));
  }

  private static double largestShare(int[][] mine, Dataset data) {
    return Arrays.stream(mine).mapToDouble(m -> {
      int[] counts = new int[4];
      Arrays.stream(m).forEach(i -> counts[data.label(i)]++);
      return Arrays.stream(counts).max().orElse(0) / (double) m.length;
    }).average().orElseThrow();
  }

  @Test
  void whatCannotBeSplitIsSaid() {
    assertThatThrownBy(() -> new Partition.Iid().of(examples(5, 2), 6, 1)).hasMessageContaining("5 examples for 6 clients");
    assertThatThrownBy(() -> new Partition.ByClass(2).of(examples(11, 2), 6, 1)).hasMessageContaining("less than one a piece");
    assertThatThrownBy(() -> new Partition.ByClass(0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Partition.Dirichlet(0)).isInstanceOf(IllegalArgumentException.class);
  }
}
