package dev.lanewise.runtime.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lanewise.runtime.optimize.Plateau;
import dev.lanewise.runtime.score.Measure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Against PyTorch's ReduceLROnPlateau; the numbers come from src/test/python/layers_and_optimizers.py. */
class PlateauTest {
  private static final double[] VALUES = {
    1.0, 0.9, 0.89995, 0.91, 0.9, 0.95, 0.9, 0.7, 0.70001, 0.7, 0.8, 0.8, 0.8, 0.6, 0.61, 0.62, 0.63, 0.64, 0.65, 0.66, 0.67, 0.68
  };
  private static final Measure LOSS = new Measure(true, Measure.Kind.LOSS);

  private static double[] expected(String name) throws IOException {
    try (InputStream in = PlateauTest.class.getResourceAsStream("pytorch.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().filter(l -> l.startsWith("plateau_" + name + " "))
          .flatMapToDouble(l -> Arrays.stream(l.split(" ")).skip(1).mapToDouble(Double::parseDouble)).toArray();
    }
  }

  @Test
  void lowersTheRateWhenPyTorchDoes() throws IOException {
    Map<String, Plateau> all = Map.of(
        "plain", new Plateau(LOSS, 0.1, 2, 1e-4, 0, 0),
        "cooldown", new Plateau(LOSS, 0.5, 1, 0.01, 2, 0),
        "least", new Plateau(LOSS, 0.3, 0, 1e-4, 0, 0.02),
        "max", new Plateau(new Measure(true, Measure.Kind.ACCURACY), 0.5, 1, 1e-4, 0, 0));
    for (var e : all.entrySet()) {
      double[] expected = expected(e.getKey());
      assertThat(expected).hasSameSizeAs(VALUES);
      Plateau.State state = new Plateau.State();
      double rate = 0.1;
      for (int i = 0; i < VALUES.length; i++) {
        rate = e.getValue().next(rate, VALUES[i], state);
        assertThat(rate).as("%s, epoch %d", e.getKey(), i + 1).isCloseTo(expected[i], within(1e-9));
      }
    }
  }
}
