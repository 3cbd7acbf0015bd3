package dev.lanewise.dsl.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.run.Options;
import dev.lanewise.dsl.run.Outcome;
import dev.lanewise.dsl.run.SessionEvent;
import dev.lanewise.runtime.plan.KernelSet;
import dev.lanewise.runtime.train.TrainEvent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Examples in parts, and networks with several inputs: what must change no number. */
class PartsTest {
  private static final String TASTE = """
      net Taste {
        user: input d.user
        film: input d.film
        @user -> warmth: embed(1)
        @user -> taste: embed(3)
        @film -> style: embed(3)
        mul(@taste) -> dense(1)
        add(@warmth)
      }
      train Taste on d { epochs = 3; loss = LOSS; batch = 20; optimizer = adam(0.05) }
      """;

  @TempDir Path folder;

  @BeforeEach
  void table() throws IOException {
    StringBuilder table = new StringBuilder("user,film,same,rating\n");
    for (int i = 0; i < 150; i++) {
      table.append('u').append(i % 7).append(",f").append(i % 11).append(",a,").append(i % 7 - i % 11 / 3.0).append('\n');
    }
    Files.writeString(folder.resolve("d.csv"), table);
  }

  private record Ran(List<Double> losses, List<SessionEvent> events) {}

  private Ran run(String script, int threads) {
    List<SessionEvent> events = new ArrayList<>();
    try (Session session = new Session(new Options(threads, OptionalLong.empty(), KernelSet.VECTOR), events::add)) {
      assertThat(session.run(new Source(folder.resolve("x.net").toString(), script))).as("%s", Diagnosed.in(events)).isEqualTo(Outcome.OK);
    }
    return new Ran(
        events.stream().filter(e -> e instanceof SessionEvent.Training(TrainEvent.Epoch _))
            .map(e -> ((TrainEvent.Epoch) ((SessionEvent.Training) e).event()).train().loss()).toList(),
        events);
  }

  private static String data(String parts) {
    return "data d = csv(\"d.csv\", parts = [" + parts + "], target = rating) { split.test = 30 }\n";
  }

  @Test
  void theOrderOfPartsAndWhatNobodyReadsChangeNothing() {
    String taste = TASTE.replace("LOSS", "mse");
    List<Double> losses = run(data("user, film") + taste, 1).losses();
    assertThat(losses).hasSize(3);
    assertThat(losses.getLast()).isLessThan(losses.getFirst());
    assertThat(run(data("film, user") + taste, 1).losses()).isEqualTo(losses);
    assertThat(run(data("same, film, user") + taste, 1).losses()).isEqualTo(losses);
  }

  @ParameterizedTest
  @CsvSource({"2", "3"})
  void threadsChangeNothing(int threads) {
    String script = data("user, film") + TASTE.replace("LOSS", "mse");
    assertThat(run(script, threads).losses()).isEqualTo(run(script, 1).losses());
  }

  /** What a further input adds is 0 here, so that the network is the one without it. */
  @Test
  void aNetworkWithAnInputThatAddsNothingIsTheOneWithoutIt() {
    String with = """
        net Two {
          user: input d.user
          same: input d.same
          @user -> warmth: embed(1)
          @same -> none: embed(1, init = zeros)
          add(@warmth)
        }
        train Two on d { epochs = 3; loss = mse; batch = 20; freeze = none }
        """;
    String without = """
        net One {
          user: input d.user
          warmth: embed(1)
        }
        train One on d { epochs = 3; loss = mse; batch = 20 }
        """;
    String values = "expect d.user.kinds == 7\nexpect d.same.kinds == 1\n";
    Ran two = run(data("user, same") + values + with, 1);
    assertThat(two.losses()).isEqualTo(run(data("user, same") + without, 1).losses());
    assertThat(two.losses()).isEqualTo(run(data("user") + without, 1).losses());
  }

  @ParameterizedTest
  @CsvSource({"mse", "{ rating = 2 * huber }"})
  void aFileKeepsThePartsAndTheLoss(String loss) {
    String taste = TASTE.replace(loss.startsWith("{") ? "= LOSS" : "LOSS", loss);
    String asked = "again = test(Taste, d).loss\nkept = Taste([3, 4])\n";
    Ran trained = run(data("user, film") + taste + "save(Taste, \"t.safetensors\")\n" + asked, 1);
    String net = taste.substring(0, taste.indexOf("train"));
    for (String parts : List.of("user, film", "film, user")) {
      Ran loaded = run(data(parts) + net + "load(Taste, \"t.safetensors\")\n" + asked, 1);
      assertThat(told(loaded, "kept")).isEqualTo(told(trained, "kept"));
      assertThat(told(loaded, "again")).isEqualTo(told(trained, "again"));
    }
  }

  /** Of a class at each place, too: what log_softmax and nll are together. */
  @ParameterizedTest
  @CsvSource({"cross_entropy, nll", "focal(gamma = 0), nll", "cross_entropy, focal(gamma = 0)"})
  void lossesAtPlacesThatAreOneGiveOneNumber(String one, String other) throws IOException {
    array("x.npy", "<f4", 4, i -> i * i % 7 / 3f - 1);
    array("y.npy", "|u1", 1, i -> (i + i / 5) % 3);
    List<Double> losses = run(places(one), 1).losses();
    assertThat(losses).hasSize(2);
    List<Double> others = run(places(other), 2).losses();
    for (int i = 0; i < 2; i++) {
      assertThat(others.get(i)).isCloseTo(losses.get(i), within(1e-5));
    }
  }

  /** Thirty of 4x6. */
  private void array(String name, String type, int bytes, IntFunction<Number> value) throws IOException {
    Files.write(folder.resolve(name), npy("30, 4, 6", 30 * 24, type, bytes, value));
  }

  private static byte[] npy(String shape, int count, String type, int bytes, IntFunction<Number> value) {
    byte[] header = "{'descr': '%s', 'fortran_order': False, 'shape': (%s), }\n".formatted(type, shape).getBytes(StandardCharsets.US_ASCII);
    ByteBuffer all = ByteBuffer.allocate(10 + header.length + count * bytes).order(ByteOrder.LITTLE_ENDIAN);
    all.put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.US_ASCII)).put((byte) 1).put((byte) 0).putShort((short) header.length).put(header);
    for (int i = 0; i < count; i++) {
      if (bytes == 1) {
        all.put(value.apply(i).byteValue());
      } else {
        all.putFloat(value.apply(i).floatValue());
      }
    }
    return all.array();
  }

  /** What a head leaves out, be it what is learned or not, changes nothing of the other; whatever the batches are that make a step. */
  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {"class = cross_entropy(ignore = 0)", "class = cross_entropy(weights = [1, 5, 0.5])"})
  void lossesBesideEachOtherCountApart(String loss) throws IOException {
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(folder.resolve("d.npz")))) {
      Map<String, byte[]> arrays = new TreeMap<>(Map.of(
          "image", npy("30, 4, 6", 30 * 24, "<f4", 4, i -> i * i % 7 / 3f - 1), "class", npy("30, 4, 6", 30 * 24, "|u1", 1, i -> (i + i / 5) * i % 3),
          "box", npy("30, 4", 120, "<f4", 4, i -> i % 7 / 7f)));
      for (Map.Entry<String, byte[]> a : arrays.entrySet()) {
        zip.putNextEntry(new ZipEntry(a.getKey() + ".npy"));
        zip.write(a.getValue());
      }
    }
    String script = """
        data d = npz("d.npz", x = [image], y = [box, class]) { split.test = 6 }
        net N {
          input d
          body: conv(4, 3, pad = same)
          @body -> tanh
          head class { conv(3, 1) }
          flatten
          head box { dense(4) }
        }
        train N on d { loss { LOSS; box = 5 * huber }; epochs = 3; STEP; optimizer = sgd(0.05) }
        score = test(N, d)
        expect abs(score.loss - score.class.loss - 5 * score.box.loss) < 0.00001
        """.replace("LOSS", loss);
    List<Double> whole = run(script.replace("STEP", "batch = 8"), 1).losses();
    assertThat(whole).hasSize(3);
    assertThat(whole.getLast()).isLessThan(whole.getFirst());
    assertThat(run(script.replace("STEP", "batch = 8"), 2).losses()).isEqualTo(whole);
    List<Double> parts = run(script.replace("STEP", "batch = 4; accumulate = 2"), 1).losses();
    for (int i = 0; i < 3; i++) {
      assertThat(parts.get(i)).isCloseTo(whole.get(i), within(1e-5));
    }
  }

  private static String places(String loss) {
    return """
        data d = npy("x.npy", labels = "y.npy") { split.test = 6 }
        net N {
          input 1x4x6
          conv(4, 3, pad = same) -> relu
          conv(3, 1)LAST
        }
        train N on d { loss = LOSS; epochs = 2; batch = 8; optimizer = adam(0.01) }
        expect test(N, d).accuracy > 0.2
        """.replace("LAST", loss.equals("nll") ? " -> log_softmax" : "").replace("LOSS", loss);
  }

  private static String told(Ran ran, String name) {
    return ran.events().stream().filter(e -> e instanceof SessionEvent.Value(String bound, String _) && bound.equals(name))
        .map(e -> ((SessionEvent.Value) e).text()).findFirst().orElseThrow();
  }

  /** Each output that has a loss of its own is a column; what goes in is told as it stands in the table. */
  @Test
  void whatHeadsSayIsWrittenColumnByColumn() throws IOException {
    List<SessionEvent> events = run("""
        data d = csv("d.csv", target = rating, drop = [same], words = onehot) { split.test = 30; allow = [repeats] }
        net Heads {
          input d
          dense(8) -> relu
          head rating { dense(1) }
          head again { dense(1) }
          dense(1)
        }
        train Heads on d { loss { rating = mse; again = 0.5 * mse } }
        predict(Heads, d, to = "all.csv")
        predict(Heads, d.test.batch(0, size = 2), to = "two.csv")
        """, 1).events();
    assertThat(Diagnosed.in(events)).isEmpty();
    List<String> all = Files.readAllLines(folder.resolve("all.csv"));
    assertThat(all).hasSize(31);
    assertThat(all.getFirst()).isEqualTo("item,rating,again");
    assertThat(all.get(2)).matches("1,-?[0-9.E-]+,-?[0-9.E-]+");
    assertThat(Files.readAllLines(folder.resolve("two.csv"))).isEqualTo(all.subList(0, 3));
  }
}
