package dev.lanewise.runtime.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.runtime.tensor.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;

class TurnsTest {
  private static Dataset labelled(int classes, int... labels) {
    return new Points(Shape.of(1), new float[labels.length][1], labels, classes);
  }

  @Test
  void theFirstAreTakenIfTheyHaveEveryClass() {
    assertThat(Turns.chosen(labelled(2, 0, 0, 0, 1, 1, 1), 4)).containsExactly(0, 1, 2, 3);
    assertThat(Turns.chosen(labelled(3, 0, 0, 1, 1), 3)).as("a class that nobody has is not missed").containsExactly(0, 1, 2);
  }

  @Test
  void sortedExamplesAreTakenInTurns() {
    assertThat(Turns.chosen(labelled(3, 0, 0, 0, 0, 1, 1, 1, 2, 2), 3)).containsExactly(0, 4, 7);
    assertThat(Turns.chosen(labelled(3, 0, 0, 0, 0, 1, 1, 1, 2, 2), 5)).containsExactly(0, 1, 4, 5, 7);
    assertThat(Turns.chosen(labelled(2, 0, 0, 0, 0, 0, 1), 4)).as("a class with few gives what it has").containsExactly(0, 1, 2, 5);
    assertThat(Turns.chosen(labelled(3, 0, 0, 1, 2), 2)).as("fewer than classes").containsExactly(0, 2);
  }

  @Test
  void aSplitKnowsWhatItLacks() {
    DataSplit whole = new DataSplit("d", labelled(3, 0, 0, 1), null, labelled(3, 2)).classesNamed(List.of("a", "b", "c"));
    assertThat(whole.lackedBy(whole.train(), whole)).containsExactly("c");
    assertThat(whole.lackedByTheFirst(2)).containsExactly("b");
    assertThat(whole.lackedByTheFirst(3)).isEmpty();
  }
}
