package dev.lanewise.runtime.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.data.Points;
import dev.lanewise.runtime.file.Tensor;
import dev.lanewise.runtime.graph.Graph;
import dev.lanewise.runtime.graph.GraphBuilder;
import dev.lanewise.runtime.operation.CrossEntropy;
import dev.lanewise.runtime.operation.Dense;
import dev.lanewise.runtime.plan.KernelSet;
import dev.lanewise.runtime.score.Errors;
import dev.lanewise.runtime.score.Measure;
import dev.lanewise.runtime.score.Score;
import dev.lanewise.runtime.tensor.Shape;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

/** Every measure that can be asked for is scikit-learn's: {@code src/test/python/metrics.py} made the numbers. */
class MetricsTest {
  /** A network that hands on what it gets, so that a test of it measures predictions that are given. */
  private static Model identity(int classes) {
    GraphBuilder b = new GraphBuilder(Shape.of(classes));
    Graph graph = b.build(b.add("same", new Dense(classes, classes, false), b.input()));
    float[] one = new float[classes * classes];
    for (int c = 0; c < classes; c++) {
      one[c * classes + c] = 1;
    }
    Model model = Model.create("Same", graph, 1);
    model.assign(List.of(new Tensor("same.weight", List.of(classes, classes), one)));
    return model;
  }

  private static Score score(int classes, int[] labels, float[] scores) {
    float[][] examples = new float[labels.length][];
    Arrays.setAll(examples, i -> Arrays.copyOfRange(scores, i * classes, (i + 1) * classes));
    DataSplit data = new DataSplit("given", null, null, new Points(Shape.of(classes), examples, labels, classes));
    try (Engine engine = new Engine(2, KernelSet.VECTOR)) {
      return engine.test(identity(classes), data, new CrossEntropy(classes), Listener.NONE);
    }
  }

  private static Errors errors(int columns, float[] targets, float[] outputs) {
    Errors errors = new Errors(columns, true);
    for (int at = 0; at < targets.length; at += columns) {
      errors.add(targets, outputs, at);
    }
    return errors;
  }

  private static Score score(Errors errors) {
    return new Score(0, Double.NaN, 0, null, null, null, errors);
  }

  private static float[] numbers(String line) {
    String[] words = line.split(" ");
    float[] numbers = new float[words.length];
    for (int i = 0; i < words.length; i++) {
      numbers[i] = Float.parseFloat(words[i]);
    }
    return numbers;
  }

  @Test
  void everyMeasureIsScikitLearns() throws IOException {
    List<String> lines;
    try (InputStream in = MetricsTest.class.getResourceAsStream("sklearn.txt")) {
      lines = new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
    int compared = 0;
    ToDoubleFunction<Measure.Kind> score = null;
    String at = "";
    for (int i = 0; i < lines.size(); i++) {
      String[] words = lines.get(i).split(" ");
      if (words[0].equals("case")) {
        at = lines.get(i);
        int[] labels = Arrays.stream(lines.get(i + 1).split(" ")).mapToInt(Integer::parseInt).toArray();
        score = score(Integer.parseInt(words[1]), labels, numbers(lines.get(i + 2)))::of;
        i += 2;
      } else if (words[0].equals("numbers")) {
        at = lines.get(i);
        score = score(errors(Integer.parseInt(words[1]), numbers(lines.get(i + 1)), numbers(lines.get(i + 2))))::of;
        i += 2;
      } else {
        Measure.Kind kind = Measure.kind(words[0]).orElseThrow();
        assertThat(score.applyAsDouble(kind)).as("%s of %s", kind, at).isCloseTo(Double.parseDouble(words[1]), within(1e-9));
        compared++;
      }
    }
    assertThat(compared).isEqualTo(62);
  }
}
