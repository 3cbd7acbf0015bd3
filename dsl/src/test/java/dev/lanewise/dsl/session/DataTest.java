package dev.lanewise.dsl.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.Diagnostic;
import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.exhibit.Table;
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
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where data comes from, and what its settings do. */
class DataTest {
  private final List<SessionEvent> events = new ArrayList<>();
  private final Session session =
      new Session(new Options(1, OptionalLong.empty(), KernelSet.VECTOR), events::add);

  @TempDir Path folder;

  @AfterEach
  void close() {
    session.close();
  }

  /** Runs a script that stands in the folder. */
  private Outcome run(String script) {
    return session.run(new Source(folder.resolve("x.net").toString(), script));
  }

  private List<String> defined() {
    return events.stream()
        .filter(SessionEvent.Defined.class::isInstance)
        .map(e -> ((SessionEvent.Defined) e).summary())
        .toList();
  }

  private List<List<String>> shown() {
    return events.reversed().stream()
        .filter(SessionEvent.Shown.class::isInstance)
        .map(e -> ((Table) ((SessionEvent.Shown) e).exhibit()).rows())
        .findFirst()
        .orElseThrow();
  }

  private void table() throws IOException {
    StringBuilder text = new StringBuilder("x,y,kind\n");
    for (int i = 0; i < 100; i++) {
      text.append(i % 50).append(',').append(100 - i).append(',').append(i < 70 ? "low" : "high").append('\n');
    }
    Files.writeString(folder.resolve("t.csv"), text);
  }

  @Test
  void aTableIsLearnedAndItsClassesHaveNames() throws IOException {
    table();
    String script =
        """
        net N = input 2 -> dense(8) -> tanh -> dense(2)
        data d = csv("t.csv", label = "kind") { normalize = auto }
        train N on d { epochs = 60; batch = 16; optimizer = adam(0.02) }
        confusion(N, d)
        expect test(N, d).accuracy >= 0.9
        """;
    assertThat(run(script)).as("%s", Diagnosed.in(events)).isEqualTo(Outcome.OK);
    assertThat(defined()).contains("2, 80 to train, 20 to test");
    assertThat(shown()).extracting(List::getFirst).containsExactly("high", "low", "mean");
  }

  @Test
  void whatIsSetApartAndBalancedIsShown() throws IOException {
    table();
    String data = "data d = csv(\"t.csv\", label = 3) { split.test = 10; split.val = 20%s }\nshow(d)\n";
    assertThat(run(data.formatted(""))).as("%s", Diagnosed.in(events)).isEqualTo(Outcome.OK);
    List<List<String>> before = shown();
    assertThat(before).extracting(List::getFirst).containsExactly("high", "low", "total");
    assertThat(before.getLast()).containsExactly("total", "70", "20", "10", "100.0 %");
    assertThat(session.run(new Source("prompt", data.formatted("; balance = equal")
        .replace("t.csv", folder.resolve("t.csv").toString()))))
        .as("%s", Diagnosed.in(events)).isEqualTo(Outcome.OK);
    assertThat(shown().get(0).get(1)).isEqualTo(shown().get(1).get(1)).isEqualTo(before.get(1).get(1));
    assertThat(shown().get(0).get(4)).isEqualTo("50.0 %");
    assertThat(shown().getLast().get(2)).isEqualTo("20");
  }

  @Test
  void aNumberIsPredicted() {
    String script =
        """
        net N = input 1 -> dense(16) -> tanh -> dense(1)
        data d = sine() { split.val = 100 }
        r = train N on d { epochs = 60; batch = 32; optimizer = adam(0.02); stop = early(val.loss, patience = 60) }
        show(d)
        expect test(N, d).loss < 0.03
        """;
    assertThat(run(script)).as("%s", Diagnosed.in(events)).isEqualTo(Outcome.OK);
    assertThat(shown()).containsExactly(List.of("total", "900", "100", "200", "100.0 %"));
    assertThat(events).filteredOn(e -> e instanceof SessionEvent.Training(TrainEvent.Epoch _)).hasSize(60)
        .allMatch(e -> Double.isNaN(((TrainEvent.Epoch) ((SessionEvent.Training) e).event()).train().accuracy()));
  }

  /** With d = sine(), N of one output and M of two. */
  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "train M on d|L016|M has 2 outputs, but the examples of d have one number to predict",
    "train N on d { loss = cross_entropy }|L016|cross_entropy needs one score for each class",
    "train N on d { metrics = [accuracy] }|L011|`accuracy` needs classes",
    "train N on d { stop = early(accuracy) }|L011|`accuracy` needs classes",
    "test(M, d)|L016|M has 2 outputs",
    "confusion(N, d)|L016|`confusion` needs classes",
    "expect test(N, d).f1 > 0|L023|`f1` needs classes, but the examples of d have one number to predict",
    "data e = sine() { balance = equal }|L015|balance needs classes",
    "data e = xor() { balance = 3 }|L011|`balance` is `equal` or `none`",
    "data e = xor() { split.test = 1 }|L015|the data brings examples to test on",
    "data e = xor() { normalize = [[0, 0, 0], 1] }|L011|`normalize` is `auto`, `none` or [mean, std]",
    "data e = xor() { normalize = [0, [1, 0]] }|L015|normalize needs a standard deviation above 0",
    "data e = csv(\"t.csv\")|L010|needs the column that is to be learned",
    "data e = csv(\"nowhere.csv\", label = 1)|L030|nowhere.csv",
    "data e = csv(\"t.csv\", label = \"color\")|L030|line 1, column 1: no column `color`; there is x, y, kind",
    "data e = csv(\"t.csv\", label = 9)|L030|line 1, column 1: no column `9`; there are 3",
    "data e = csv(\"t.csv\", label = 1, separator = \"--\")|L015|separator must be a single character",
    "data e = npy(\"t.csv\", labels = \"t.csv\")|L030|offset 0: not a .npy file",
    "data e = npy(\"x.npy\", labels = \"y.npy\", test = \"z.npy\")|L015|`test` and `test_labels` go together",
    "data e = npz(\"t.csv\")|L030|not a readable .npz archive",
    "data e = images(\"t.csv\")|L030|t.csv: expected a folder with a subfolder for each class, found a file",
    "data e = images(\"t.csv\", size = 0)|L015|size must be between 1 and 2048",
    "data e = cifar10(\"nowhere\")|L030|nowhere",
    "data e = mnist(download = \"m\")|L015|the authors no longer hand out the files",
    "data e = mnist(\"nowhere\", download = \"\", set = \"x\")|L030|nowhere: neither x-train-images-idx3-ubyte nor",
    "data e = mnist(download = \"m\", mirror = \"http://x/\", set = \"letters\")|L015|download fetches one set",
    "data e = xor() { augment = [shift(2)] }|L015|this changes images, but the examples of e are 2",
    "data e = csv(\"t.csv\", label = 3) { augment = [noise(1), erase(2)] }|L015|this changes images, but the examples of e are 2",
    "data e = xor() { augment = [mixup, noise(1), mixup(0.3)] }|L015|mixup stands here twice",
    "data e = csv(\"t.csv\", label = 3) { split.test = 99 }|L086|leaves no example of `",
    "data e = csv(\"t.csv\", label = 3) { split.val = 79 }|L086|leaves no example of `",
    "data e = mnist(mirror = \"http://127.0.0.1/\")|L015|mirror says from where",
    "data e = mnist(download = \"m\", mirror = \"ftp://x/\")|L015|mirror is an address that begins with http",
    "data e = medmnist(\"pneumonia\", \"nowhere\")|L030|nowhere/pneumoniamnist.npz",
    "data e = moons() { positive = 3 }|L015|positive: there is no class 3, but 0 and 1",
    "data e = npz(\"t.csv\", val_x = \"v\")|L015|`val_x` and `val_y` go together",
    "data e = xor() { augment = [mixup(2)] }|L015|alpha must be between 0.05 and 1.0",
  })
  void mistakesAreTold(String line, Code code, String message) throws IOException {
    table();
    String before = "net N = input 1 -> dense(1)\nnet M = input 1 -> dense(2)\ndata d = sine()\n";
    assertThat(run(before + line + "\n")).as(line).isEqualTo(Outcome.MISTAKE);
    assertThat(Diagnosed.in(events)).as(line).filteredOn(Diagnostic::isError).singleElement().satisfies(d -> {
      assertThat(d.code()).isEqualTo(code);
      assertThat(d.message()).contains(message);
    });
  }

  private List<Diagnostic> warned(String script) {
    assertThat(run(script)).as("%s", Diagnosed.in(events)).isEqualTo(Outcome.OK);
    return Diagnosed.in(events);
  }

  @Test
  void aLimitTakesFromEveryClassOfASortedTable() throws IOException {
    table();
    assertThat(warned("data d = csv(\"t.csv\", label = \"kind\") { limit = 10 }\nshow(d)\n")).singleElement().satisfies(d -> {
      assertThat(d.code()).isEqualTo(Code.L057);
      assertThat(d.message()).isEqualTo("the first 10 examples of d have none of `high`: `limit` takes from every class in turn");
    });
    assertThat(shown().get(0)).startsWith("high", "5", "5");
    assertThat(shown().get(1)).startsWith("low", "5", "5");
  }

  @ParameterizedTest
  @CsvSource({"2, ' to test on'", "1, "})
  void aPartWithoutAClassIsTold(int apart, String end) throws IOException {
    Files.writeString(folder.resolve("t.csv"), "x,kind\n" + "1,low\n".repeat(99) + "2,high\n");
    List<Diagnostic> warned = warned("data d = csv(\"t.csv\", label = \"kind\") { split.test = " + apart + "; allow = [few] }\n");
    if (end == null) {
      assertThat(warned).as("fewer than classes").isEmpty();
    } else {
      assertThat(warned).extracting(Diagnostic::code, Diagnostic::message).containsExactly(tuple(Code.L058, "there is no example of `high`" + end));
    }
  }

  @Test
  void whatIsRebuiltNeedsNoClasses() throws IOException {
    table();
    assertThat(warned("data d = csv(\"t.csv\", label = \"kind\") { limit = 10; target = input }\n")).isEmpty();
  }

  /** Two by three, and larger than what was expected of files that were not there. */
  @Test
  void whatLiesInTheFolderIsKnownWhenAScriptIsChecked() throws IOException {
    for (String part : new String[] {"train", "t10k"}) {
      Files.write(folder.resolve(part + "-images-idx3-ubyte"), new byte[] {0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 3, 1, 2, 3, 4, 5, 6, 1, 2, 3, 4, 5, 6});
      Files.write(folder.resolve(part + "-labels-idx1-ubyte"), new byte[] {0, 0, 8, 1, 0, 0, 0, 2, 1, 2});
    }
    assertThat(run("data d = mnist(\"" + folder + "\")\nnet N = input 1x28x28 -> flatten -> dense(10)\ntrain N on d\n")).isEqualTo(Outcome.MISTAKE);
    assertThat(Diagnosed.in(events)).filteredOn(Diagnostic::isError).singleElement().satisfies(d -> {
      assertThat(d.code()).isEqualTo(Code.L025);
      assertThat(d.message()).contains("the examples of d are 1x2x3");
    });
    events.clear();
    assertThat(warned("data d = mnist(\"" + folder + "\")\nnet N = input 1x2x3 -> flatten -> dense(2)\ntrain N on d\n")).isEmpty();
    assertThat(defined()).contains("1x2x3, 2 to train, 2 to test; labels from 1 on");
  }

  @Test
  void whatIsNotFiniteInTheDataIsNamed() throws IOException {
    byte[] header = "{'descr': '<f4', 'fortran_order': False, 'shape': (3, 2), }\n".getBytes(StandardCharsets.US_ASCII);
    ByteBuffer x = ByteBuffer.allocate(10 + header.length + 24).order(ByteOrder.LITTLE_ENDIAN);
    x.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, (byte) header.length, 0}).put(header);
    for (float value : new float[] {1, 2, 3, Float.NaN, 5, 6}) {
      x.putFloat(value);
    }
    Files.write(folder.resolve("x.npy"), x.array());
    assertThat(run("data d = npy(\"x.npy\", labels = \"x.npy\")\n")).isEqualTo(Outcome.MISTAKE);
    assertThat(Diagnosed.in(events)).singleElement().satisfies(d -> assertThat(d.message()).contains("x.npy: item 1: NaN at [1]"));
  }

  @Test
  void whatIsThereIsNotFetched() throws IOException {
    Path samples = Path.of("../samples/mnist").toAbsolutePath();
    String script = "data d = mnist(download = \"" + samples + "\", mirror = \"http://127.0.0.1:9/\") { limit = 10 }\n";
    assertThat(run(script)).as("%s", Diagnosed.in(events)).isEqualTo(Outcome.OK);
    assertThat(events).noneMatch(SessionEvent.Fetching.class::isInstance);
  }

  /** Of two classes either one may be the one that is to be found: the second. */
  @ParameterizedTest
  @CsvSource({"limit = 100, 0, 1", "positive = 0, 1, 0", "positive = 1, 0, 1", "positive = `1`, 0, 1"})
  void thePositiveClassBecomesTheSecond(String setting, String first, String second) {
    String script = """
        net N = input 2 -> dense(2, init = zeros)
        data d = moons(count = 100) { %s }
        t = test(N, d)
        expect t.sensitivity == 0 and t.specificity == 1
        show(d)
        """.formatted(setting.replace('`', '"'));
    assertThat(run(script)).as("%s", Diagnosed.in(events)).isEqualTo(Outcome.OK);
    assertThat(shown()).extracting(List::getFirst).containsExactly(first, second, "total");
  }

  /** What the archive has to validate on is validated on, without examples set apart; the network knows which class is which. */
  @Test
  void anArchiveBringsWhatToValidateOn() throws IOException {
    Path medical = Path.of("../runtime/src/test/resources/dev/lanewise/runtime/data/source/medical").toAbsolutePath();
    String script = """
        net Lung = input 1x28x28 -> flatten -> dense(2)
        data xray = medmnist("pneumonia", "%s") { normalize = auto; positive = normal }
        run = train Lung on xray { epochs = 30; batch = 16; optimizer = adam(0.01); stop = early(val.auc, patience = 30); metrics = [accuracy, specificity] }
        data same = npz("%s/pneumoniamnist.npz", x = "train_images", y = "train_labels", val_x = "val_images", val_y = "val_labels",
          test_x = "test_images", test_y = "test_labels")
        expect run.val.accuracy == 1
        expect test(Lung, xray).sensitivity == 1
        net Also = input 1x28x28 -> flatten -> dense(2)
        train Also on same { stop = early(val.loss, patience = 2) }
        """.formatted(medical, medical);
    assertThat(run(script)).as("%s", Diagnosed.in(events)).isEqualTo(Outcome.OK);
    assertThat(defined()).contains("1x28x28, 48 to train, 16 to validate, 24 to test");
  }

  @Test
  void aMirrorThatIsNotThereIsNamed() throws IOException {
    int port;
    try (var socket = new java.net.ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    String script = "data d = fashion_mnist(download = \"" + folder.resolve("f") + "\", mirror = \"http://127.0.0.1:"
        + port + "\")\n";
    assertThat(run(script)).isEqualTo(Outcome.MISTAKE);
    assertThat(Diagnosed.in(events)).singleElement().satisfies(d -> {
      assertThat(d.code()).isEqualTo(Code.L030);
      assertThat(d.message())
          .startsWith("the data cannot be fetched: http://127.0.0.1:" + port + "/train-images-idx3-ubyte.gz: no connection");
    });
  }
}
