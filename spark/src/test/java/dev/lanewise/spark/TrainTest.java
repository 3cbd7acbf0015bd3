package dev.lanewise.spark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.run.Outcome;
import dev.lanewise.dsl.run.SessionEvent;
import dev.lanewise.runtime.train.TrainEvent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ObjIntConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A training whose batches others compute, each some shards: the same bits as in one process, and the same told of every epoch. */
class TrainTest {
  @TempDir
  Path folder;

  private Told run(String name, String script, String on) {
    return Told.of(folder, script.replace("FOLDER", Path.of("").toAbsolutePath().toString().replace('\\', '/')).replace("ON", on) + "\nsave(N, \"" + name + ".safetensors\")\n");
  }

  /** Of every epoch what is told, but for its time. */
  private static List<String> epochs(Told told) {
    return told.events().stream().filter(e -> e instanceof SessionEvent.Training(TrainEvent.Epoch _)).map(e -> (TrainEvent.Epoch) ((SessionEvent.Training) e).event())
        .map(e -> e.epoch() + " " + e.train().loss() + " " + e.train().headline().stream().map(e.train()::of).toList() + " " + e.objective() + " " + e.rate()
            + (e.validation() == null ? "" : " " + e.validation().loss() + " " + e.validation().accuracy())).toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {
    "net N = input 2 -> dense(16) -> tanh -> dense(2)\ndata d = moons(count = 300) { split.val = 50 }\ntrain N on d { epochs = 2; optimizer = adam(0.01); batch = 70; metrics = [accuracy, auc, top3]; ON }",
    "net N = input 2 -> dense(16) -> relu -> dropout(0.3) -> dense(2)\ndata d = spirals(classes = 2, count = 200) { normalize = auto }\ntrain N on d { epochs = 2; clip = norm(1); average = ema(0.9); schedule = cosine; ON }",
    "net N = input 1 -> dense(16) -> tanh -> dense(1)\ndata d = sine(count = 200) { normalize = auto }\ntrain N on d { epochs = 2; batch = 33; metrics = [mae, r2]; ON }",
    "net N { input 1x28x28\nconv(4, 5) -> relu -> maxpool(4)\nflatten -> dense(10) }\ndata d = mnist(folder = \"FOLDER/../samples/mnist\") { limit = 200; augment = [shift(1)] }\ntrain N on d { epochs = 1; optimizer = muon(0.02); ON }",
  })
  void theSameBits(String script) throws IOException {
    Told here = run("here", script, "").isFine();
    Told spread = run("spread", script, "on = spark(\"local[3]\")").isFine();
    assertThat(epochs(spread)).isNotEmpty().isEqualTo(epochs(here));
    assertThat(Told.bits(folder.resolve("spread.safetensors"))).isEqualTo(Told.bits(folder.resolve("here.safetensors")));
  }

  /** A file that is mapped, not read: each process looks at the examples of its own shards. */
  @Test
  void aMappedFile() throws IOException {
    npy("x.npy", "<f4", "(90, 3)", 90 * 3 * 4, (b, i) -> b.putFloat((float) Math.sin(i)), 90 * 3);
    npy("y.npy", "<i8", "(90,)", 90 * 8, (b, i) -> b.putLong(i % 3), 90);
    String script = "net N = input 3 -> dense(8) -> tanh -> dense(3)\ndata d = npy(\"x.npy\", labels = \"y.npy\") { split.test = 10 }\ntrain N on d { epochs = 2; ON }";
    run("here", script, "").isFine();
    run("spread", script, "on = spark(\"local[2]\")").isFine();
    assertThat(Told.bits(folder.resolve("spread.safetensors"))).isEqualTo(Told.bits(folder.resolve("here.safetensors")));
  }

  private void npy(String name, String type, String shape, int bytes, ObjIntConsumer<ByteBuffer> value, int count) throws IOException {
    String head = "{'descr': '" + type + "', 'fortran_order': False, 'shape': " + shape + ", }";
    String padded = head + " ".repeat(117 - head.length()) + "\n";
    ByteBuffer all = ByteBuffer.allocate(128 + bytes).order(ByteOrder.LITTLE_ENDIAN);
    all.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0}).putShort((short) padded.length()).put(padded.getBytes(StandardCharsets.US_ASCII));
    for (int i = 0; i < count; i++) {
      value.accept(all, i);
    }
    Files.write(folder.resolve(name), all.array());
  }

  /** Clients are tasks. */
  @ParameterizedTest
  @ValueSource(strings = {"split = dirichlet(0.5); method = fedprox(0.1)", "steps = 3; batch = 16", "epochs = 2; batch = 0; split = by_class(1); method = scaffold"})
  void clientsElsewhere(String how) throws IOException {
    String script = "net N = input 2 -> dense(8) -> tanh -> dense(2)\ndata d = moons(count = 200)\n"
        + "train N on d { federated { clients = 7; fraction = 0.8; " + how + " }; rounds = 3; optimizer = sgd(0.1); ON }";
    Told here = run("here", script, "").isFine();
    Told spread = run("spread", script, "on = spark(\"local[2]\")").isFine();
    assertThat(epochs(spread)).hasSize(3).isEqualTo(epochs(here));
    assertThat(Told.bits(folder.resolve("spread.safetensors"))).isEqualTo(Told.bits(folder.resolve("here.safetensors")));
  }

  private static final String SCRIPT = """
      net N = input 2 -> dense(16) -> tanh -> dense(2)
      data d = moons(count = 300) { split.val = 50 }
      train N on d { epochs = 4; optimizer = adam(0.01); batch = 70; resume = "run.safetensors"; ON }
      """;

  /** The run's journal is of this process alone: it goes on with others or without. */
  @Test
  void whatWasStoppedGoesOn() throws IOException {
    run("here", SCRIPT.replace("resume = \"run.safetensors\"; ", ""), "").isFine();
    AtomicInteger epochs = new AtomicInteger();
    Told stopped = Told.of(folder, SCRIPT.replace("ON", "on = spark(\"local[2]\")"), (session, e) -> {
      if (e instanceof SessionEvent.Training(TrainEvent.Epoch _) && epochs.incrementAndGet() == 2) {
        session.interrupt();
      }
    });
    assertThat(stopped.outcome()).isEqualTo(Outcome.INTERRUPTED);
    Told other = run("spread", SCRIPT, "on = spark(\"local[2]\")").isFine();
    assertThat(epochs(other)).hasSize(2);
    assertThat(Told.bits(folder.resolve("spread.safetensors"))).isEqualTo(Told.bits(folder.resolve("here.safetensors")));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "a layer or a loss looks across the whole batch | net N = input 2 -> dense(16) -> batchnorm -> relu -> dense(2); data d = moons(count = 100); train N on d { ON }",
    "the gradients of a matrix of a million values are computed once for the whole batch | net N = input 2 -> dense(1024) -> dense(1024) -> dense(2); data d = moons(count = 100); train N on d { ON }",
    "it has tables, of whose gradients a shard keeps some rows | data d = ratings(users = 3_000, items = 2_000, count = 4_000); net N { user: input d.user; item: input d.item; @user -> embed(2) -> flatten -> dense(1) }; train N on d { ON }",
    "each example is compared with others, which are drawn anew in each epoch | net N = input 1x28x28 -> flatten -> dense(8); data d = mnist(folder = \"FOLDER/../samples/mnist\") { limit = 64; augment = [shift(1)] }; train N on d { loss = contrastive(temperature = 0.5); ON }"})
  void whatLooksAcrossTheBatchIsRefused(String why, String script) {
    Told told = run("spread", script.replaceAll("; (?=(net|data|train) )", "\n"), "on = spark(\"local[2]\")");
    assertThat(told.diagnostics()).last().satisfies(d -> {
      assertThat(d.code()).isEqualTo(Code.L015);
      assertThat(d.message()).isEqualTo("the batches of this training cannot be shared with other processes: " + why);
      assertThat(d.source().text(d.span())).startsWith("on = spark");
    });
  }

  @Test
  void aTeacherIsNowhereElse() {
    Told told = run("spread", """
        net Large = input 2 -> dense(16) -> tanh -> dense(2)
        net N = input 2 -> dense(4) -> tanh -> dense(2)
        data d = moons(count = 100)
        def taught(output, label, Large) = mean((output - Large) ^ 2) - pick(log_softmax(output), label)
        train N on d { loss = taught; ON }
        """, "on = spark(\"local[2]\")");
    assertThat(told.diagnostics()).singleElement().satisfies(d -> {
      assertThat(d.code()).isEqualTo(Code.L097);
      assertThat(d.message()).startsWith("a teacher is a network of this process");
    });
  }

  @ParameterizedTest
  @ValueSource(strings = {"folds = 2", "accumulate = 2"})
  void whatDoesNotGoWithIt(String setting) {
    Told told = run("spread", "net N = input 2 -> dense(2)\ndata d = moons(count = 100)\ntrain N on d { " + setting + "; ON }", "on = spark(\"local[2]\")");
    assertThat(told.diagnostics()).singleElement().satisfies(d -> assertThat(d.code()).isEqualTo(Code.L019));
  }
}
