package dev.lanewise.repl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lanewise.runtime.file.Safetensors;
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
