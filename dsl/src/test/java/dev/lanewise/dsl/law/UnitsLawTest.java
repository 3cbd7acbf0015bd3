package dev.lanewise.dsl.law;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.exhibit.Table;
import dev.lanewise.dsl.run.Options;
import dev.lanewise.dsl.run.Outcome;
import dev.lanewise.dsl.run.SessionEvent;
import dev.lanewise.dsl.session.Diagnosed;
import dev.lanewise.dsl.session.Session;
import dev.lanewise.runtime.file.Safetensors;
import dev.lanewise.runtime.file.Tensor;
import dev.lanewise.runtime.plan.KernelSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The law of units, of several losses: each output learns numbers in a unit of their own as if they had been normalised by hand. Inputs and
 * what is right by hand are -1 and 1, each as often, so that mean and deviation are 0 and 1 without rounding.
 */
class UnitsLawTest {
  private static final int COUNT = 64;
  private static final float MEAN = 300_000;
  private static final float DEVIATION = 65_536;
  private static final float[] MEANS = {0.0078125f, -37};
  private static final float[] DEVIATIONS = {0.0009765625f, 8};

  private static final String DATA = "data d = npz(\"FILE\", x = [v], y = [YS], test_x = [v], test_y = [YS]) { normalize = HOW }\n";
  /** Two heads of two parts. */
  private static final String HEADS = """
      net N {
        input d
        dense(8) -> tanh
        head price { dense(1) }
        head size { dense(2) }
      }
      """;
  /** A head and the network's own output, of the same part. */
  private static final String BOTH = """
      net N {
        input d
        dense(8) -> tanh
        head price { dense(1) }
        dense(1)
      }
      """;

  @TempDir private Path folder;

  private static float sign(int example, int bit) {
    return (example >> bit & 1) * 2 - 1;
  }

  @BeforeEach
  void files() throws IOException {
    float[] v = new float[COUNT * 6];
    float[] price = new float[COUNT];
    float[] size = new float[2 * COUNT];
    int[] kind = new int[COUNT];
    for (int i = 0; i < COUNT; i++) {
      for (int b = 0; b < 6; b++) {
        v[6 * i + b] = sign(i, b);
      }
      price[i] = sign(i, 0) * sign(i, 1);
      size[2 * i] = sign(i, 2);
      size[2 * i + 1] = sign(i, 3) * sign(i, 4) * sign(i, 5);
      kind[i] = i % 3;
    }
    float[] prices = new float[COUNT];
    float[] sizes = new float[2 * COUNT];
    for (int i = 0; i < COUNT; i++) {
      prices[i] = MEAN + DEVIATION * price[i];
      for (int k = 0; k < 2; k++) {
        sizes[2 * i + k] = MEANS[k] + DEVIATIONS[k] * size[2 * i + k];
      }
    }
    NumPy inputs = new NumPy(COUNT, List.of(6), v);
    NumPy kinds = new NumPy(COUNT, List.of(), kind);
    NumPy.npz(folder.resolve("hand.npz"), new TreeMap<>(Map.of("v", inputs, "kind", kinds, "price", new NumPy(COUNT, List.of(1), price), "size", new NumPy(COUNT, List.of(2), size))));
    NumPy.npz(folder.resolve("unit.npz"), new TreeMap<>(Map.of("v", inputs, "kind", kinds, "price", new NumPy(COUNT, List.of(1), prices), "size", new NumPy(COUNT, List.of(2), sizes))));
  }

  private static String data(boolean unit, String ys) {
    return DATA.replace("FILE", unit ? "unit.npz" : "hand.npz").replace("YS", ys).replace("HOW", unit ? "auto" : "none");
  }

  private List<SessionEvent> run(String script, int threads) {
    List<SessionEvent> events = new ArrayList<>();
    try (Session session = new Session(new Options(threads, OptionalLong.empty(), KernelSet.VECTOR), events::add)) {
      assertThat(session.run(new Source(folder.resolve("x.net").toString(), script))).as("%s", Diagnosed.in(events)).isEqualTo(Outcome.OK);
    }
    return events;
  }

  private static double value(List<SessionEvent> events, String name) {
    return events.stream().filter(e -> e instanceof SessionEvent.Value v && v.name().equals(name)).map(e -> ((SessionEvent.Value) e).text())
        .mapToDouble(Double::parseDouble).findFirst().orElseThrow();
  }

  private void assertSame(String one, String other) throws IOException {
    List<Tensor> ones = Safetensors.read(folder.resolve(one)).tensors();
    List<Tensor> others = Safetensors.read(folder.resolve(other)).tensors();
    assertThat(ones).hasSizeGreaterThanOrEqualTo(4).hasSameSizeAs(others);
    for (int i = 0; i < ones.size(); i++) {
      assertThat(ones.get(i).name()).isEqualTo(others.get(i).name());
      assertThat(ones.get(i).values()).as(ones.get(i).name()).containsExactly(others.get(i).values());
    }
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "price, size|loss { price = mse; size = mse }|1",
    "price, size|loss { price = 3 * l1; size = 0.5 * huber }; average = ema(0.9)|2",
    "size, price|loss { price = mse; size = mse }; accumulate = 2; clip = norm(0.5)|1",
    "kind, price, size|loss { price = mse; size = l1 }|1",
    "price, size|loss = mse|1",
    "price|loss { price = mse; output = 2 * l1 }|1",
    "price|loss { price = mse }; folds = 4|2",
  })
  void parametersAreThoseOfTargetsNormalisedByHand(String ys, String settings, int threads) throws IOException {
    String net = ys.contains("size") ? HEADS : BOTH;
    for (boolean unit : new boolean[] {false, true}) {
      run(data(unit, ys) + net + "train N on d { epochs = 6; batch = 16; optimizer = adam(0.02); " + settings + " }\nsave(N, \"" + unit + ".safetensors\")\n", threads);
    }
    assertSame("true.safetensors", "false.safetensors");
  }

  /** In a table nothing names the parts: a head learns what is to be learned, whatever it is called. */
  @ParameterizedTest
  @CsvSource({"price", "cost"})
  void aHeadLearnsTheColumnOfATableInItsUnit(String head) throws IOException {
    for (boolean unit : new boolean[] {false, true}) {
      StringBuilder table = new StringBuilder("a,b,c,price\n");
      for (int i = 0; i < COUNT; i++) {
        float price = sign(i, 0) * sign(i, 1);
        table.append(sign(i, 0)).append(',').append(sign(i, 1)).append(',').append(sign(i, 2)).append(',').append(unit ? MEAN + DEVIATION * price : price).append('\n');
      }
      Files.writeString(folder.resolve(unit + ".csv"), table);
      run("data d = csv(\"" + unit + ".csv\", target = price, test = \"" + unit + ".csv\") { normalize = " + (unit ? "auto" : "none") + " }\n"
          + BOTH.replace("head price", "head " + head) + TRAIN.replace("loss { price = mse; size = mse }", "loss { " + head + " = mse }")
          + "expect test(N, d)." + head + ".r2 > 0.5\nsave(N, \"" + unit + ".safetensors\")\nload(N, \"" + unit + ".safetensors\")\nexpect test(N, d)." + head + ".r2 > 0.5\n", 1);
    }
    assertSame("true.safetensors", "false.safetensors");
  }

  @Test
  void aFileThatSaysAUnitOfWhatIsNoOutputIsRefused() throws IOException {
    run(data(true, "price, size") + HEADS + TRAIN.replace("epochs = 40", "epochs = 1") + "save(N, \"n.safetensors\")\n", 1);
    Safetensors.Content content = Safetensors.read(folder.resolve("n.safetensors"));
    Map<String, String> metadata = new TreeMap<>(content.metadata());
    metadata.computeIfPresent("world", (_, w) -> w.replace("\"in_unit\":[\"price\",\"size\"]", "\"in_unit\":[\"price\",\"sizes\"]"));
    Safetensors.write(folder.resolve("n.safetensors"), content.tensors(), metadata);
    List<SessionEvent> events = new ArrayList<>();
    try (Session session = new Session(new Options(1, OptionalLong.empty(), KernelSet.VECTOR), events::add)) {
      String script = data(true, "price, size") + HEADS + "load(N, \"n.safetensors\")\n";
      assertThat(session.run(new Source(folder.resolve("x.net").toString(), script))).isEqualTo(Outcome.MISTAKE);
    }
    assertThat(Diagnosed.in(events)).singleElement().satisfies(d -> {
      assertThat(d.code()).isEqualTo(Code.L031);
      assertThat(d.message()).contains("its output `sizes` has a unit of its own, which fits no output of the network");
    });
  }

  /** What takes the trunk alone has none of the outputs that have units. */
  @Test
  void aPartOfTheNetworkIsLoadedWithoutTheUnitsOfOthers() throws IOException {
    run(data(true, "size, price") + HEADS.replace("head price", "dense(2)\n  head price").replace("head size { dense(2) }", "")
        + TRAIN.replace("size = mse", "output = mse") + "save(N, \"n.safetensors\")\n"
        + "net T { input d\n  dense(8) -> tanh\n  dense(2) }\nload(T, from = N)\nsave(T, \"t.safetensors\")\nload(T, \"t.safetensors\")\nexpect test(T, d).r2 > 0.3\nexpect test(T, d).mae < 6\n", 1);
  }

  private static final String TRAIN = "train N on d { epochs = 40; batch = 16; optimizer = adam(0.02); loss { price = mse; size = mse } }\n";
  private static final String SCORES = """
      whole = test(N, d).loss
      loss = test(N, d).price.loss
      far = test(N, d).price.rmse
      near = test(N, d).size.mae
      r = test(N, d).size.r2
      """;

  @Test
  void lossesAreThoseThatAreTrainedAndMeasuresInTheUnit() {
    List<SessionEvent> hand = run(data(false, "price, size") + HEADS + TRAIN + SCORES, 1);
    List<SessionEvent> unit = run(data(true, "price, size") + HEADS + TRAIN + SCORES, 1);
    assertThat(value(unit, "whole")).isEqualTo(value(hand, "whole"));
    assertThat(value(unit, "loss")).isEqualTo(value(hand, "loss"));
    double far = value(hand, "far") * DEVIATION;
    assertThat(value(unit, "far")).isCloseTo(far, within(1e-4 * far));
    // The second number is the larger by far: half of the mean error is its own, and that of the first is next to nothing.
    assertThat(value(unit, "near")).isBetween(0.0, (double) DEVIATIONS[1]);
    assertThat(value(unit, "r")).isCloseTo(value(hand, "r"), within(1e-4));
  }

  @Test
  void anotherSessionTellsTheSame() {
    String told = SCORES + "predict(N, d.test.batch(0, size = 3))\n";
    List<SessionEvent> first = run(data(true, "price, size") + HEADS + TRAIN + "save(N, \"n.safetensors\")\n" + told, 1);
    // The later data's own scale does not count.
    List<SessionEvent> later = run(data(true, "price, size").replace("auto", "none") + HEADS + "load(N, \"n.safetensors\")\n" + told, 1);
    for (String name : List.of("whole", "loss", "far", "near", "r")) {
      assertThat(value(later, name)).as(name).isEqualTo(value(first, name));
    }
    assertThat(shown(later)).isEqualTo(shown(first));
    assertThat(shown(later).rows().toString()).containsPattern("(3[0-9]|2[0-9])[0-9]{4}\\.[0-9].*(3[0-9]|2[0-9])[0-9]{4}\\.[0-9]");
  }

  private static Table shown(List<SessionEvent> events) {
    return events.stream().filter(e -> e instanceof SessionEvent.Shown(Table _)).map(e -> (Table) ((SessionEvent.Shown) e).exhibit()).reduce((_, last) -> last).orElseThrow();
  }

  @Test
  void answersOfTheNetworksOwnOutputAreInTheUnit() throws IOException {
    run(data(true, "price") + BOTH + TRAIN.replace("size", "output") + "predict(N, d, to = \"said.csv\")\n", 1);
    List<String> lines = Files.readAllLines(folder.resolve("said.csv"));
    assertThat(lines).hasSize(1 + COUNT);
    assertThat(lines.stream().skip(1).mapToDouble(l -> Double.parseDouble(l.substring(l.lastIndexOf(',') + 1)))).allMatch(p -> p > MEAN - 2 * DEVIATION && p < MEAN + 2 * DEVIATION);
  }

  @Test
  void aRunGoesOnWithTheSameBits() throws IOException {
    String train = TRAIN.replace("loss {", "resume = \"RUN.safetensors\"; loss {");
    run(data(true, "price, size") + HEADS + train.replace("epochs = 40", "epochs = 3").replace("RUN", "cut"), 1);
    run(data(true, "price, size") + HEADS + train.replace("RUN", "cut") + "save(N, \"one.safetensors\")\n", 1);
    run(data(true, "price, size") + HEADS + train.replace("RUN", "whole") + "save(N, \"other.safetensors\")\n", 1);
    assertSame("one.safetensors", "other.safetensors");
  }

  /** What it is trained on later is told and learnt in the unit of its first training. */
  @Test
  void furtherTrainingKeepsTheUnit() throws IOException {
    for (boolean unit : new boolean[] {false, true}) {
      run(data(unit, "price, size") + HEADS + TRAIN + data(unit, "price, size").replace("data d", "data e").replace("}", "; limit = 16 }")
          + TRAIN.replace("on d", "on e") + "save(N, \"" + unit + ".safetensors\")\n", 1);
    }
    assertSame("true.safetensors", "false.safetensors");
  }

  /** A single loss after several: the network's own output alone has the unit then. */
  @Test
  void severalLossesAndThenOneAreInTheUnit() throws IOException {
    for (boolean unit : new boolean[] {false, true}) {
      run(data(unit, "price") + BOTH + TRAIN.replace("size", "output") + TRAIN.replace("loss { price = mse; size = mse }", "loss = mse") + "save(N, \"" + unit + ".safetensors\")\n", 1);
    }
    assertSame("true.safetensors", "false.safetensors");
  }

  @Test
  void whatLooksAtMoreThanDifferencesLearnsNumbersAsTheyAreWhichIsTold() {
    String script = data(true, "price, size") + "def both(output, label, price) = mean((output - label) ^ 2) + 0 * price\n" + HEADS
        + TRAIN.replace("epochs = 40", "epochs = 1").replace("size = mse", "size = both");
    assertThat(Diagnosed.in(run(script, 1))).singleElement().satisfies(d -> {
      assertThat(d.code()).isEqualTo(Code.L087);
      assertThat(d.message()).contains("go from 234464 to 365536, and one of the losses learns them as they are");
    });
    assertThat(Diagnosed.in(run(data(true, "price, size") + HEADS + TRAIN, 1))).isEmpty();
  }
}
