package dev.lanewise.runtime.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lanewise.runtime.data.Encoding.Column;
import dev.lanewise.runtime.data.Encoding.How;
import dev.lanewise.runtime.tensor.Shape;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TableExamplesTest {
  private static final Encoding OWN = new Encoding(List.of(
      new Column("age", How.NUMBER, List.of(), 30), new Column("city", How.ONE_HOT, List.of("Oslo", "Rom"), -1)));

  private static TableExamples rows(float[]... rows) throws IOException {
    TableRows kept = new TableRows(2);
    for (float[] row : rows) {
      kept.add(row);
    }
    return new TableExamples(kept, OWN, TableExamples.Learned.NOTHING);
  }

  private static float[] read(Dataset data, int index) {
    float[] out = new float[data.shape().size()];
    data.read(index, out, 0, 1);
    return out;
  }

  @Test
  void aWordIsAFeatureOfItsOwnAndAGapWhatFillsIt() throws IOException {
    TableExamples data = rows(new float[] {20, 1}, new float[] {Float.NaN, Float.NaN});
    assertThat(data.encoding().names()).containsExactly("age", "city=Oslo", "city=Rom");
    assertThat(data.shape()).isEqualTo(Shape.of(3));
    assertThat(read(data, 0)).containsExactly(20, 0, 1);
    assertThat(read(data, 1)).containsExactly(30, 0, 0);
    Dataset scaled = data.normalized(new Normalization(new float[] {10, 0, 1}, new float[] {2, 1, 0.5f}));
    assertThat(read(scaled, 0)).containsExactly(5, 0, 0);
    assertThat(read(scaled, 1)).containsExactly(10, 0, -2);
  }

  @Test
  void anotherEncodingFindsColumnsByNameAndWordsByTheWord() throws IOException {
    TableExamples data = rows(new float[] {20, 1}, new float[] {21, 0});
    Encoding other = new Encoding(List.of(new Column("city", How.INDEX, List.of("Bern", "Oslo", "Rom"), Float.NaN), Column.number("age")));
    assertThat(read(data.as(other), 0)).containsExactly(2, 20);
    assertThat(read(data.as(other), 1)).containsExactly(1, 21);
    assertThat(read(data.as(other).as(OWN), 0)).containsExactly(20, 0, 1);
    assertThatThrownBy(() -> data.as(new Encoding(List.of(Column.number("size"))))).hasMessage("there is no column `size`");
    assertThatThrownBy(() -> data.as(new Encoding(List.of(Column.number("city"))))).hasMessage("the column `city` has words, not numbers");
    assertThatThrownBy(() -> data.as(new Encoding(List.of(new Column("city", How.INDEX, List.of("Rom"), 0)))))
        .hasMessage("the column `city` has the word `Oslo`, which is new");
  }

  /** In memory, on the disk, and the first in one and the others on the other. */
  @ParameterizedTest
  @ValueSource(longs = {Long.MAX_VALUE, 600_000, 0})
  void rowsGrowInPieces(long most) throws IOException {
    TableRows rows = new TableRows(3, most);
    for (int i = 0; i < 100_000; i++) {
      rows.add(new float[] {i, -i, 0.5f});
    }
    rows.end();
    assertThat(rows.size()).isEqualTo(100_000);
    for (int i = 0; i < 100_000; i++) {
      assertThat(rows.at(i, 0)).isEqualTo(i);
      assertThat(rows.at(i, 1)).isEqualTo(-i);
      assertThat(rows.at(i, 2)).isEqualTo(0.5f);
    }
  }

  @Test
  void targetsAreNumbersOrClasses() throws IOException {
    TableRows kept = new TableRows(2);
    kept.add(new float[] {1, 0});
    TableRows numbers = new TableRows(2);
    numbers.add(new float[] {7, 8});
    TableExamples predicting = new TableExamples(kept, OWN, new TableExamples.Learned(List.of("x", "y"), Labels.NONE, numbers));
    float[] out = new float[2];
    predicting.readTarget(0, out, 0, 1);
    assertThat(out).containsExactly(7, 8);
    assertThat(predicting.target()).isEqualTo(Target.numbers(Shape.of(2)));
    TableExamples telling =
        new TableExamples(kept, OWN, new TableExamples.Learned(List.of("a", "b"), Labels.of(new int[] {1}, 2), null));
    assertThat(telling.target()).isEqualTo(Target.classes(2));
    assertThat(telling.label(0)).isEqualTo(1);
    assertThat(telling.targets()).containsExactly("a", "b");
  }
}
