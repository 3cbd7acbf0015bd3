package dev.lanewise.repl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lanewise.runtime.file.Safetensors;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that is full: a small one, that nobody but a process of ours sees. */
class FullDiskTest {
  private static final String SCRIPT = """
      net N = input 2 -> dense(64) -> tanh -> dense(64) -> tanh -> dense(2)
      data points = moons(count = 120)
      train N on points { epochs = %d; optimizer = adam(0.01); resume = "run.safetensors"; log = [csv("run.csv")] }
      """;

  @TempDir private Path folder;

  /** What is told, and the status. */
  private record Told(String text, int status) {}

  private Told sh(String commands) throws IOException, InterruptedException {
    Process process = new ProcessBuilder("unshare", "--user", "--map-root-user", "--mount", "/bin/sh", "-c", commands).directory(folder.toFile()).redirectErrorStream(true).start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Told(text, process.waitFor());
  }

  private boolean canMount() throws InterruptedException {
    try {
      return sh("mount -t tmpfs -o size=256k tmpfs disk").status == 0;
    } catch (IOException none) {
      return false;
    }
  }

  private static String java() {
    return String.join(" ", List.of(
        "'" + ProcessHandle.current().info().command().orElseThrow() + "'", "--add-modules jdk.incubator.vector -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp", "'" + System.getProperty("java.class.path") + "'",
        "dev.lanewise.repl.Main run --threads 1"));
  }

  /** The run's file holds what was there before; the message says why and where; with room it goes on, to the same bits. */
  @Test
  void aTrainingThatCannotBeKeptLosesNothing() throws Exception {
    Files.createDirectory(folder.resolve("disk"));
    assumeTrue(canMount(), "no full disk is tried: this machine lets nobody mount a small one (unshare, mount)");
    Files.writeString(folder.resolve("begun.net"), SCRIPT.formatted(1));
    Files.writeString(folder.resolve("more.net"), SCRIPT.formatted(4));
    Told told = sh("""
        set -e
        mount -t tmpfs -o size=256k tmpfs disk
        cp begun.net more.net disk
        cd disk
        JAVA begun.net > ../begun.txt 2>&1
        cp run.safetensors ../before.safetensors
        head -c 1M /dev/zero > filler 2> /dev/null || true
        status=0; JAVA more.net > ../full.txt 2>&1 || status=$?
        cp run.safetensors ../after.safetensors
        ls > ../files.txt
        rm filler
        JAVA more.net > ../last.txt 2>&1
        cp run.safetensors ../last.safetensors
        exit $status
        """.replace("JAVA", java().replace("\\", "\\\\")));
    assertThat(folder.resolve("full.txt")).as(told.text).exists();
    String full = Files.readString(folder.resolve("full.txt"));
    assertThat(told.status).as(told.text + full).isEqualTo(2);
    assertThat(full).contains("L030").contains("No space left on device").doesNotContain("\tat ");
    assertThat(folder.resolve("after.safetensors")).hasSameBinaryContentAs(folder.resolve("before.safetensors"));
    assertThat(Files.readString(folder.resolve("files.txt"))).doesNotContain(".part").doesNotContain(".lock");
    assertThat(Files.readString(folder.resolve("last.txt"))).contains("goes on after epoch 1");
    Told whole = sh("mkdir whole && cp more.net whole && cd whole && " + java() + " more.net > ../whole.txt 2>&1");
    assertThat(whole.status).isZero();
    assertThat(parameters("last.safetensors")).isEqualTo(parameters("whole/run.safetensors"));
  }

  /** What memory does not hold of a table goes to the disk; where that is full, too, it is said, with a way out. */
  @Test
  void aTableIsLargerThanMemory() throws Exception {
    Files.createDirectory(folder.resolve("disk"));
    assumeTrue(canMount(), "no full disk is tried: this machine lets nobody mount a small one (unshare, mount)");
    String row = "1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,";
    try (BufferedWriter out = Files.newBufferedWriter(folder.resolve("large.csv"))) {
      for (int i = 0; i < 250_000; i++) {
        out.write(row + i % 2 + "\n");
      }
    }
    Files.writeString(folder.resolve("large.net"), "data d = csv(\"large.csv\", label = 20) { limit = 100; split.test = 10 }\nnet N = input d -> dense(2)\ntrain N on d\nshow(d)\n");
    // A quarter of 48 MB is less than 19 times 250,000 floats.
    String run = java().replace("-cp", "-Xmx48m -Djava.io.tmpdir=WHERE -cp") + " large.net";
    Told fine = sh("mkdir large && " + run.replace("WHERE", "large"));
    assertThat(fine.status).as(fine.text).isZero();
    assertThat(fine.text).contains("250,000 rows");
    Told full = sh("mount -t tmpfs -o size=256k tmpfs disk && " + run.replace("WHERE", "disk"));
    assertThat(full.status).as(full.text).isEqualTo(2);
    assertThat(full.text).contains("L030").contains("memory does not hold all of it, and disk has no room for the rest: No space left on device; LANEWISE_JAVA_OPTIONS=-Djava.io.tmpdir=FOLDER names another folder").doesNotContain("\tat ");
  }

  private List<List<Float>> parameters(String file) throws IOException {
    return Safetensors.read(folder.resolve(file)).tensors().stream().map(t -> {
      List<Float> values = new ArrayList<>();
      for (float v : t.values()) {
        values.add(v);
      }
      return values;
    }).toList();
  }
}
