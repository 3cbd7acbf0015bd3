package dev.lanewise.dsl.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.Diagnostic;
import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.exhibit.Gallery;
import dev.lanewise.dsl.exhibit.Picture;
import dev.lanewise.dsl.exhibit.Table;
import dev.lanewise.dsl.run.Options;
import dev.lanewise.dsl.run.Outcome;
import dev.lanewise.dsl.run.SessionEvent;
import dev.lanewise.runtime.plan.KernelSet;
import dev.lanewise.runtime.score.Measure;
import dev.lanewise.runtime.train.TrainEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What is in pictures, and where: scores, boxes that are drawn, boxes that move. */
class DetectTest {
  private static final Path NUMPY = Path.of("../runtime/src/test/resources/dev/lanewise/runtime/data/source/numpy").toAbsolutePath();
  private static final String FOUND = "data found = npz(\"NUMPY/found.npz\", x = [image], y = [class, box], test_x = [test_image], test_y = [test_class, test_box])\n";
  private static final String SEEN = "data seen = npz(\"NUMPY/boxes.npz\", x = [image], y = [class, box], test_x = [test_image], test_y = [test_class, test_box])\n";
  private static final String SEEING = """
      def placed(output, label) {
        there = where(label[2] > 0, 1, 0)
        sum(there * abs(output - label))
      }
      net Seeing {
        input 1x16x16
        conv(8, 5, pad = same) -> relu -> maxpool(4)
        head class { conv(3, 1) }
        head box { conv(4, 1) }
      }
      """;
  private static final String TRAINED = "train Seeing on seen { epochs = 3; batch = 8; optimizer = adam(0.01); loss { class = cross_entropy; box = placed }; metrics = [map50] }\n";

  @TempDir Path folder;

  private final List<SessionEvent> events = new ArrayList<>();

  private Outcome run(String script, int threads, KernelSet kernels) {
    events.clear();
    try (Session session = new Session(new Options(threads, OptionalLong.empty(), kernels), events::add)) {
      return session.run(new Source(folder.resolve("x.net").toString(), script.replace("NUMPY", NUMPY.toString().replace('\\', '/'))));
    }
  }

  private void runs(String script) {
    assertThat(run(script, 2, KernelSet.VECTOR)).as("%s", Diagnosed.in(events)).isEqualTo(Outcome.OK);
  }

  private List<Gallery> galleries() {
    return events.stream().flatMap(e -> e instanceof SessionEvent.Shown(Gallery gallery) ? Stream.of(gallery) : Stream.empty()).toList();
  }

  /** More pictures than are tested at a time, whose image is what the network says: the mean is what NumPy has for them (src/test/python/detections.py). */
  @ParameterizedTest
  @EnumSource(KernelSet.class)
  void theMeanOfATestIsNumPys(KernelSet kernels) {
    String script = FOUND + """
        def scores(x) = x[0:4]
        def places(x) = x[4:8]
        net Same { input 8x1x2; head class { scores }; head box { places } }
        expect abs(test(Same, found).map50 - 0.10223975661759695) < 1e-12
        """;
    assertThat(run(script, 2, kernels)).as("%s", Diagnosed.in(events)).isEqualTo(Outcome.OK);
  }

  private List<Double> counted(String script, int threads) {
    assertThat(run(script, threads, KernelSet.VECTOR)).as("%s", Diagnosed.in(events)).isEqualTo(Outcome.OK);
    return events.stream().filter(e -> e instanceof SessionEvent.Training(TrainEvent.Epoch _))
        .map(e -> ((TrainEvent.Epoch) ((SessionEvent.Training) e).event()).train().of(Measure.Kind.MAP50)).toList();
  }

  @Test
  void threadsChangeNothing() {
    String script = SEEN.replace(")\n", ") { augment = [shift(2), flip, scale(0.9, 1.1)] }\n") + SEEING + TRAINED;
    List<Double> one = counted(script, 1);
    assertThat(one).hasSize(3).doesNotContain(Double.NaN);
    assertThat(counted(script, 3)).isEqualTo(one);
  }

  /** What is asked for is there after each epoch, and in the table of a test unasked. */
  @Test
  void aTestTellsItUnasked() {
    runs(SEEN + SEEING + "run = " + TRAINED + "test(Seeing, seen)\nexpect run.map50 >= 0 and test(Seeing, seen).map50 >= 0 and run.test.map50 >= 0\n");
    TrainEvent.Tested tested = events.stream().flatMap(e -> e instanceof SessionEvent.Training(TrainEvent.Tested t) ? Stream.of(t) : Stream.empty()).findFirst().orElseThrow();
    assertThat(tested.score().headline()).containsExactly(Measure.Kind.MAP50);
  }

  @Test
  void earlyStoppingAndSweepsGoByIt() {
    runs(SEEN.replace(")\n", ") { split.val = 8 }\n") + SEEING + "run = " + TRAINED.replace("metrics = [map50]", "metrics = [map50]; stop = early(val.map50, patience = 2); save = best(\"b.safetensors\", by = val.map50)")
        + "sweep run { optimizer.lr in [0.01, 0.02]; pick = max(val.map50) }\n");
  }

  @Test
  void boxesAreDrawnBesideWhatIsRight() {
    runs(SEEN + SEEING + TRAINED + """
        show(seen.test.batch(0, size = 2))
        predict(Seeing, seen.test.batch(0, size = 2))
        predict(Seeing, seen.train.item(1))
        show(predict(Seeing, seen.test.item(0)), to = "a.png")
        """);
    List<Gallery> shown = galleries();
    assertThat(shown).hasSize(3);
    assertThat(shown.getFirst().pictures()).extracting(Picture::caption).allMatch(c -> c.matches("[01]: [01](, [01])*"));
    assertThat(shown.get(1).pictures()).hasSize(4);
    assertThat(shown.get(1).together()).isEqualTo(2);
    assertThat(shown.get(1).pictures().get(1).caption()).startsWith("says ");
    // A frame has a colour; what is in the pictures is grey.
    assertThat(shown.getFirst().pictures()).allMatch(p -> java.util.Arrays.stream(p.pixels()).anyMatch(v -> (v & 255) != (v >> 16 & 255)));
    assertThat(folder.resolve("a.png")).exists();
    Table table = events.stream().flatMap(e -> e instanceof SessionEvent.Shown(Table t) && t.header().contains("box") && t.header().contains("says") ? Stream.of(t) : Stream.empty()).findFirst().orElseThrow();
    assertThat(table.rows().getFirst().get(3)).as("a box in pixels").matches("\\d+ \\d+ \\d+x\\d+(, \\d+ \\d+ \\d+x\\d+)*");
  }

  /** The picture with the largest loss comes first; a table of classes is that of the head. */
  @Test
  void whatItIsMostWrongAboutIsDrawn() {
    runs(SEEN + SEEING + TRAINED + "mistakes(Seeing, seen, count = 3)\nmistakes(Seeing, seen, count = 2, to = \"m.png\")\n");
    assertThat(galleries()).singleElement().satisfies(g -> assertThat(g.pictures()).hasSize(6));
    assertThat(folder.resolve("m.png")).exists();
    runs(SEEN + SEEING + TRAINED + "confusion(Seeing, seen)\n");
    assertThat(events).anyMatch(e -> e instanceof SessionEvent.Shown(Table t) && t.title().startsWith("confusion of Seeing.class at each place") && t.header().contains("iou"));
    assertThat(run(SEEN + SEEING + "roc(Seeing, seen)\n", 1, KernelSet.VECTOR)).isEqualTo(Outcome.MISTAKE);
    assertThat(Diagnosed.in(events)).filteredOn(Diagnostic::isError).extracting(Diagnostic::code).containsExactly(Code.L016);
  }

  /** Outputs of another size, which a loss of one's own compares: there is no `map50`, and nothing else is wrong. */
  @Test
  void whatIsNotAScoreForEachClassFindsNothing() {
    runs(SEEN + """
        def some(output, label, image) = mean(output ^ 2) - mean(image)
        net Odd { input 1x16x16; conv(4, 5, pad = same) -> maxpool(4); head class { conv(1, 1) }; head box { flatten -> dense(5) } }
        train Odd on seen { loss { class = some; box = some } }
        test(Odd, seen)
        predict(Odd, seen.test.item(0))
        """);
  }

  @Test
  void aReportShowsWhatIsFound() throws IOException {
    runs(SEEN + SEEING + "run = " + TRAINED + "report(run, \"r.html\")\n");
    assertThat(Files.readString(folder.resolve("r.html"))).contains("test map50").contains("says ").contains("<h2>Examples</h2>");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "augment = rotate(5)|L015|this turns or bends what is in the image, but the boxes of seen are upright",
    "augment = [shift(1), elastic(2)]|L015|this turns or bends what is in the image",
    "augment = mixup|L015|mixup makes one of two examples",
    "target = input; augment = shift(2)|L015|this moves what is in the image, but not `box`"
  })
  void whatWouldMakeBoxesWrongIsRefused(String setting, Code code, String message) {
    assertThat(run(SEEN.replace(")\n", ") { " + setting + " }\n"), 1, KernelSet.VECTOR)).isEqualTo(Outcome.MISTAKE);
    assertThat(Diagnosed.in(events)).filteredOn(Diagnostic::isError).singleElement().satisfies(d -> {
      assertThat(d.code()).isEqualTo(code);
      assertThat(d.message()).contains(message);
    });
  }

  /** The network has the heads, but was trained by a loss that compares nothing with boxes. */
  @Test
  void withoutALossOfBoxesThereIsNone() {
    String script = SEEN + SEEING + "def own(output, image) = mean(output) - mean(image)\ntrain Seeing on seen { loss = own }\ntest(Seeing, seen).map50\n";
    assertThat(run(script, 1, KernelSet.VECTOR)).isEqualTo(Outcome.MISTAKE);
    assertThat(Diagnosed.in(events)).filteredOn(Diagnostic::isError).extracting(Diagnostic::code).containsExactly(Code.L095);
  }
}
