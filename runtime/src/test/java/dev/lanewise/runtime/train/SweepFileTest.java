package dev.lanewise.runtime.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.runtime.score.Score;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a sweep has come to is read as it was written, whatever its best training told of its epochs. */
class SweepFileTest {
  @TempDir private Path folder;

  private List<TrainEvent.Epoch> again(List<TrainEvent.Epoch> epochs) throws IOException {
    Path file = folder.resolve("sweep");
    SweepFile.write(file, new SweepFile.Content(
        List.of(new SweepFile.Result(1, "a", OptionalDouble.of(0.5), OptionalDouble.of(0.75))), Optional.of(new SweepFile.Best(1, List.of(), epochs))));
    return SweepFile.read(file).best().orElseThrow().epochs();
  }

  private static List<Object> told(TrainEvent.Epoch e) {
    return List.of(e.epoch(), e.train().loss(), e.train().accuracy(), e.validation() == null ? "none" : e.validation().loss(), e.rate(), e.objective(), e.withstood());
  }

  @Test
  void tellsOfEachEpochWhatWasToldBefore() throws IOException {
    Score train = new Score(0.5, 0.75, 40), validation = new Score(0.25, 0.875, 8);
    for (Score other : new Score[] {null, validation}) {
      for (Optional<Withstood> withstood : List.of(Optional.<Withstood>empty(), Optional.of(new Withstood(0.9, 0.4)))) {
        List<TrainEvent.Epoch> epochs = List.of(
            new TrainEvent.Epoch("N", 1, 2, 0.5, train, other, 0.01, Double.NaN, withstood), new TrainEvent.Epoch("N", 2, 2, 0.5, train, other, 0.001, 1.5, withstood));
        assertThat(again(epochs)).extracting(SweepFileTest::told).containsExactlyElementsOf(epochs.stream().map(SweepFileTest::told).toList());
      }
    }
  }
}
