package dev.lanewise.dsl.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lanewise.dsl.exhibit.Figure;
import dev.lanewise.dsl.exhibit.Figure.Curve;
import dev.lanewise.dsl.exhibit.Figure.Point;
import dev.lanewise.dsl.view.picture.Exhibits;
import dev.lanewise.dsl.view.picture.Regressions;
import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.data.Dataset;
import dev.lanewise.runtime.data.Paired;
import dev.lanewise.runtime.data.Points;
import dev.lanewise.runtime.score.Predictions;
import dev.lanewise.runtime.tensor.Shape;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RegressionsTest {
  /** From 100 on, ten apart; twice of it is to be predicted, and minus that where there are two numbers. */
  private static Dataset examples(int count, int targets) {
    float[][] inputs = new float[count][];
    float[][] outputs = new float[count][];
    for (int i = 0; i < count; i++) {
      inputs[i] = new float[] {100 + 10 * i};
      outputs[i] = targets == 1 ? new float[] {2 * inputs[i][0]} : new float[] {2 * inputs[i][0], -2 * inputs[i][0]};
    }
    return new Paired(new Points(Shape.of(1), inputs), new Points(Shape.of(targets), outputs));
  }

  private static Predictions ask(Dataset places, DoubleUnaryOperator... outputs) {
    float[] values = new float[places.size() * outputs.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) outputs[i % outputs.length].applyAsDouble(Exhibits.values(places, i / outputs.length)[0]);
    }
    return new Predictions(outputs.length, values, new float[places.size()], 0.5f);
  }

  @Test
  void theCurveAndThePointsAreInTheUnitOfTheData() {
    DataSplit split = new DataSplit("line", examples(11, 1), null, examples(3, 1)).normalizeAuto();
    // The network sees numbers of mean 0 and deviation 1, and gives what it sees.
    Figure figure = Regressions.of("N", split, places -> ask(places, x -> x));
    assertThat(figure.title()).isEqualTo("what N predicts for line");
    assertThat(figure.curves()).extracting(Curve::name).containsExactly("N", "training", "test");
    assertThat(figure.curves()).extracting(Curve::isDotted).containsExactly(false, true, true);
    Curve curve = figure.curves().getFirst();
    assertThat(curve.points().getFirst().x()).isCloseTo(96, within(1e-3));
    assertThat(curve.points().getLast().x()).isCloseTo(204, within(1e-3));
    Point middle = curve.points().get(100);
    assertThat(middle.x()).isCloseTo(150, within(1e-3));
    assertThat(middle.y()).isCloseTo(0, within(1e-5));
    assertThat(figure.curves().get(1).points()).hasSize(11).contains(new Point(100, 200), new Point(200, 400));
    assertThat(figure.curves().get(2).points()).containsExactlyInAnyOrder(new Point(100, 200), new Point(110, 220), new Point(120, 240));
  }

  @Test
  void everyOutputHasACurve() {
    DataSplit split = new DataSplit("lines", examples(5, 2), null, null);
    Figure figure = Regressions.of("N", split, places -> ask(places, x -> 2 * x, x -> -x));
    assertThat(figure.curves()).extracting(Curve::name).containsExactly("output 1", "output 2", "training");
    Point last = figure.curves().get(1).points().getLast();
    assertThat(last.y()).isCloseTo(-last.x(), within(1e-3));
    assertThat(figure.curves().getLast().points()).hasSize(10).contains(new Point(140, 280), new Point(140, -280));
  }

  @Test
  void ofManyPointsSomeAreShown() {
    DataSplit split = new DataSplit("many", examples(5_000, 1), null, examples(1, 1));
    Figure figure = Regressions.of("N", split, places -> ask(places, _ -> Double.NaN));
    assertThat(figure.curves().get(1).points()).hasSize(200).doesNotHaveDuplicates();
    assertThat(figure.curves().getFirst().points()).allMatch(p -> Double.isNaN(p.y()));
  }

  /** One place alone has no width; the network is still asked around it. */
  @Test
  void oneExampleIsEnough() {
    Dataset one = examples(1, 1);
    Figure figure = Regressions.of("N", new DataSplit("one", one, null, one), places -> ask(places, x -> x));
    Curve curve = figure.curves().getFirst();
    assertThat(IntStream.of(0, 100, 200).mapToObj(curve.points()::get)).containsExactly(new Point(99, 99), new Point(100, 100), new Point(101, 101));
  }
}
