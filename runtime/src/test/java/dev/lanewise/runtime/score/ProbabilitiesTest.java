package dev.lanewise.runtime.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lanewise.runtime.data.Dataset;
import dev.lanewise.runtime.data.Points;
import dev.lanewise.runtime.tensor.Shape;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Scanner;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

/** Calibration and curves are those of the literature and of scikit-learn: {@code src/test/python/probabilities.py} made the numbers. */
class ProbabilitiesTest {
  private static Dataset labelled(int classes, int... labels) {
    return new Points(Shape.of(1), new float[labels.length][1], labels, classes);
  }

  private static Predictions predictions(int outputs, float... scores) {
    return new Predictions(outputs, scores, new float[scores.length / outputs], 0.5f);
  }

  private static double[] numbers(String text) {
    return new Scanner(text).tokens().mapToDouble(Double::parseDouble).toArray();
  }

  @Test
  void errorsCurvesAndAreasAreScikitLearns() throws IOException {
    List<String> lines;
    try (InputStream in = ProbabilitiesTest.class.getResourceAsStream("probabilities.txt")) {
      lines = new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
    Dataset examples = null;
    Predictions made = null;
    int compared = 0;
    for (int i = 0; i < lines.size(); i++) {
      String[] words = lines.get(i).split(" ", 3);
      if (words[0].equals("case")) {
        int classes = Integer.parseInt(words[1]);
        examples = labelled(classes, Arrays.stream(lines.get(++i).split(" ")).mapToInt(Integer::parseInt).toArray());
        double[] scores = numbers(lines.get(++i));
        float[] floats = new float[scores.length];
        for (int k = 0; k < scores.length; k++) {
          floats[k] = (float) scores[k];
        }
        made = predictions(classes, floats);
        continue;
      }
      int which = Integer.parseInt(words[1]);
      double[] expected = numbers(words[2]);
      double[] found = switch (words[0]) {
        case "error" -> new double[] {Calibration.of(made, examples, which).error()};
        case "false" -> along(made, examples, which, Roc.Point::falseAlarms);
        case "found" -> along(made, examples, which, Roc.Point::found);
        default -> new double[] {Roc.of(made, examples, which).area()};
      };
      assertThat(found).as(lines.get(i)).containsExactly(expected, within(1e-9));
      compared++;
    }
    assertThat(compared).isEqualTo(3 * 2 + (2 + 2 + 5) * 3);
  }

  private static double[] along(Predictions made, Dataset examples, int label, ToDoubleFunction<Roc.Point> of) {
    return Roc.of(made, examples, label).points().stream().mapToDouble(of).toArray();
  }

  /** By hand: three are 0.75 sure and two of them right, one is 0.625 sure and wrong. */
  @Test
  void binsHaveTheirUpperEnd() {
    Predictions made = predictions(2, 0.25f, 0.75f, 0.75f, 0.25f, 0.75f, 0.25f, 0.375f, 0.625f);
    Calibration calibration = Calibration.of(made, labelled(2, 1, 0, 1, 0), 8);
    assertThat(calibration.bins()).extracting(Calibration.Bin::count).containsExactly(0, 0, 0, 0, 1, 3, 0, 0);
    assertThat(calibration.bins().get(5).right()).isEqualTo(2 / 3.0);
    assertThat(calibration.error()).isCloseTo(0.25 * 0.625 + 0.75 * (0.75 - 2 / 3.0), within(1e-12));
    assertThat(calibration.sure()).isCloseTo(0.71875, within(1e-12));
    assertThat(calibration.right()).isEqualTo(0.5);
  }

  /** What is found at a specificity is read off the curve, not between its corners. */
  @Test
  void theCurveTellsWhatIsFoundAtASpecificity() {
    Predictions made = predictions(1, 0.9f, 0.8f, 0.7f, 0.6f, 0.5f, 0.1f);
    Roc curve = Roc.of(made, labelled(2, 1, 1, 0, 1, 0, 0), 1);
    assertThat(curve.atSpecificity(1).found()).isEqualTo(2 / 3.0);
    assertThat(curve.atSpecificity(0.6).found()).isEqualTo(1);
    assertThat(curve.atSpecificity(0.6).threshold()).isCloseTo(0.6, within(1e-7));
    assertThat(curve.area()).isCloseTo(8 / 9.0, within(1e-12));
  }
}
