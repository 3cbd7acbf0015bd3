package dev.lanewise.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.run.Outcome;
import dev.lanewise.dsl.run.SessionEvent;
import dev.lanewise.runtime.train.TrainEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** A master and two workers, each a process: executors get our classes and what kernels want of their JVM by themselves. */
class ClusterTest {
  @TempDir(cleanup = CleanupMode.ALWAYS)
  Path folder;

  private static Standalone cluster(Path folder, String java) {
    try {
      return new Standalone(folder, java);
    } catch (IOException e) {
      return abort("no cluster can be started here: " + e.getMessage());
    }
  }

  private Standalone cluster() throws IOException {
    return cluster(Files.createDirectories(folder.resolve("spark")), System.getProperty("java.home"));
  }

  private static String sweep(String name, String on) {
    return SweepTest.SCRIPT.replace("ON", on).replace("NAME", name);
  }

  @Test
  void anExecutorThatIsKilledLosesNothing() throws IOException {
    SweepTest.fill(folder);
    Told here = Told.of(folder, sweep("here", "")).isFine();
    try (Standalone cluster = cluster()) {
      AtomicBoolean killed = new AtomicBoolean();
      Told spread = Told.of(folder, sweep("spread", "on = spark(\"" + cluster.address() + "\")"), (_, e) -> {
        if (e instanceof SessionEvent.Trial && killed.compareAndSet(false, true)) {
          ProcessHandle one = cluster.executors().getFirst();
          one.destroyForcibly();
          one.onExit().join();
        }
      });
      spread.isFine();
      Told.of(folder, training("here", "")).isFine();
      Told.of(folder, training("both", "on = spark(\"" + cluster.address() + "\")")).isFine();
      assertThat(Told.bits(folder.resolve("both.safetensors"))).isEqualTo(Told.bits(folder.resolve("here.safetensors")));
      Told.of(folder, sweep("here", "")).isFine();
      assertThat(spread.trials()).hasSize(6).isEqualTo(here.trials());
      assertThat(Told.bits(folder.resolve("spread.safetensors"))).isEqualTo(Told.bits(folder.resolve("here.safetensors")));
    }
  }

  private static String training(String name, String on) {
    return """
        net N = input 2 -> dense(8) -> tanh -> dense(2)
        data d = csv("points.csv", label = "kind") { split.test = 20 }
        train N on d { epochs = 5; batch = 40; resume = "NAME-run.safetensors"; ON }
        train N on d { federated { clients = 3 }; rounds = 2; optimizer = sgd(0.1); ON }
        save(N, "NAME.safetensors")
        """.replace("NAME", name).replace("ON", on);
  }

  /** What the run's file holds is not lost with the cluster. */
  @Test
  void aClusterThatIsGone() throws IOException {
    SweepTest.fill(folder);
    Told.of(folder, training("here", "")).isFine();
    System.setProperty("spark.lanewise.patience", "10s");
    try (Standalone cluster = cluster()) {
      String script = training("spread", "on = spark(\"" + cluster.address() + "\")");
      Told lost = Told.of(folder, script, (_, e) -> {
        if (e instanceof SessionEvent.Training(TrainEvent.Epoch epoch) && epoch.epoch() == 2) {
          cluster.close();
        }
      });
      assertThat(lost.outcome()).isEqualTo(Outcome.MISTAKE);
      assertThat(lost.diagnostics()).last().satisfies(d -> assertThat(d.code()).isEqualTo(Code.L146));
    } finally {
      System.clearProperty("spark.lanewise.patience");
    }
    Told.of(folder, training("spread", "on = spark(\"local[2]\")")).isFine();
    assertThat(Told.bits(folder.resolve("spread.safetensors"))).isEqualTo(Told.bits(folder.resolve("here.safetensors")));
  }

  /** Each executor reports for work, and ends before it has done any: Spark itself would go on with that for ever. */
  @Test
  void aDiskThatIsFullAtTheWorkers() throws IOException {
    SweepTest.fill(folder);
    try (Standalone cluster = small()) {
      Told told = Told.of(folder, sweep("spread", "on = spark(\"" + cluster.address() + "\")"));
      assertThat(told.outcome()).isEqualTo(Outcome.MISTAKE);
      assertThat(told.diagnostics()).last().satisfies(d -> {
        assertThat(d.code()).isEqualTo(Code.L146);
        assertThat(d.message()).isEqualTo("executors are begun and end at once, again and again");
        assertThat(d.remedy().text()).contains("a full disk");
      });
    }
  }

  private Standalone small() throws IOException {
    try {
      return new Standalone(Files.createDirectories(folder.resolve("spark")), System.getProperty("java.home"), "1m");
    } catch (IOException e) {
      return abort("no cluster with small disks can be started here: " + e.getMessage());
    }
  }

  @Test
  void executorsWithAnOlderJava() throws IOException {
    Path older = older();
    SweepTest.fill(folder);
    try (Standalone cluster = cluster(Files.createDirectories(folder.resolve("spark")), older.toString())) {
      Told told = Told.of(folder, sweep("spread", "on = spark(\"" + cluster.address() + "\")"));
      assertThat(told.outcome()).isEqualTo(Outcome.MISTAKE);
      assertThat(told.diagnostics()).last().satisfies(d -> {
        assertThat(d.code()).isEqualTo(Code.L146);
        assertThat(d.message()).isEqualTo("the executors run an older Java than 25");
      });
    }
  }

  private static Path older() throws IOException {
    Path all = Path.of(System.getProperty("java.home")).getParent();
    try (Stream<Path> homes = Files.list(all)) {
      return homes.filter(h -> Stream.of("17", "21").anyMatch(v -> isVersion(h, v))).findFirst().orElseGet(() -> abort("there is no Java 17 or 21 beside this one"));
    }
  }

  private static boolean isVersion(Path home, String version) {
    try {
      return Files.isExecutable(home.resolve("bin/java")) && Files.readString(home.resolve("release")).contains("JAVA_VERSION=\"" + version);
    } catch (IOException e) {
      return false;
    }
  }
}
