package dev.lanewise.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.run.Outcome;
import dev.lanewise.dsl.run.SessionEvent;
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
      assertThat(spread.trials()).hasSize(6).isEqualTo(here.trials());
      assertThat(Told.bits(folder.resolve("spread.safetensors"))).isEqualTo(Told.bits(folder.resolve("here.safetensors")));
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
