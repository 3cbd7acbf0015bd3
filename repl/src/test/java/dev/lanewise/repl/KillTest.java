package dev.lanewise.repl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.runtime.file.Safetensors;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that is killed (SIGKILL) fifty times and started again ends with the bits of one that was left alone. Half of the kills come
 * after so many lines of progress, half while a checkpoint is being written: as soon as the unfinished file can be seen.
 */
class KillTest {
  private static final int KILLS = 50;
  private static final long SEED = 11;
  private static final int EPOCHS = 120;

  @TempDir private Path folder;

  private String script(String name) {
    return """
        net N = input 2 -> dense(16) -> batchnorm -> relu -> dropout(0.1) -> dense(2)
        data points = moons(count = 120) { split.val = 20 }
        train N on points {
          epochs    = %d
          batch     = 20
          optimizer = adam(0.01)
          schedule  = cosine
          stop      = early(val.loss, patience = 100)
          resume    = "%s"
        }
        save(N, "%s")
        """.formatted(EPOCHS, path(name + ".run"), path(name + ".net"));
  }

  private String path(String name) {
    return folder.resolve(name).toString().replace('\\', '/');
  }

  private Process start(String name) throws IOException {
    Path file = Files.writeString(folder.resolve(name), script(name));
    return new ProcessBuilder(
            ProcessHandle.current().info().command().orElseThrow(), "--add-modules", "jdk.incubator.vector",
            // What costs least to start: the bits do not depend on it.
            "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"),
            "dev.lanewise.repl.Main", "run", file.toString(), "--json", "--threads", "1", "--kernels", "scalar")
        .redirectError(folder.resolve(name + ".err").toFile())
        .start();
  }

  @Test
  void fiftyKillsChangeNothing() throws Exception {
    Process whole = start("whole");
    int lines = epochs(whole).size();
    assertThat(whole.waitFor()).as(Files.readString(folder.resolve("whole.err"))).isZero();
    assertThat(lines).isEqualTo(EPOCHS);

    Random random = new Random(SEED);
    int duringWrites = 0;
    for (int kill = 0; kill < KILLS; kill++) {
      Process process = start("killed");
      try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
        awaitLines(out, 1 + random.nextInt(3));
        if (kill % 2 == 1 && awaitPart(process)) {
          duringWrites++;
        }
        process.destroyForcibly();
      }
      assertThat(process.waitFor()).as("kill %d of seed %d", kill, SEED).isNotZero();
      Path checkpoint = folder.resolve("killed.run");
      if (Files.exists(checkpoint)) {
        assertThat(Safetensors.read(checkpoint).metadata()).containsKey("epoch");
      }
    }
    assertThat(duringWrites).isPositive();

    Process last = start("killed");
    List<String> rest = epochs(last);
    assertThat(last.waitFor()).isZero();
    assertThat(rest).hasSizeBetween(1, EPOCHS - 1);
    assertThat(sha256("killed.net")).isEqualTo(sha256("whole.net"));
    try (DirectoryStream<Path> parts = Files.newDirectoryStream(folder, "*.part")) {
      assertThat(parts).as("what killed writers left").isEmpty();
    }
  }

  /** Reads on until so many epochs have been told. */
  private static void awaitLines(BufferedReader out, int epochs) throws IOException {
    int seen = 0;
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      if (isEpoch(line) && ++seen == epochs) {
        return;
      }
    }
  }

  private static boolean isEpoch(String line) {
    return line.contains("\"event\":\"epoch\"");
  }

  /** Looks until a file is being written, or the process has ended. */
  private boolean awaitPart(Process process) throws IOException {
    while (process.isAlive()) {
      try (DirectoryStream<Path> parts = Files.newDirectoryStream(folder, "killed.run.*.part")) {
        if (parts.iterator().hasNext()) {
          return true;
        }
      }
    }
    return false;
  }

  private static List<String> epochs(Process process) throws IOException {
    List<String> epochs = new ArrayList<>();
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      out.lines().filter(KillTest::isEpoch).forEach(epochs::add);
    }
    return epochs;
  }

  /** Of the parameters: the file also holds the script, which names its files. */
  private String sha256(String name) throws IOException, NoSuchAlgorithmException {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    for (var tensor : Safetensors.read(folder.resolve(name)).tensors()) {
      digest.update(tensor.name().getBytes(StandardCharsets.UTF_8));
      for (float v : tensor.values()) {
        digest.update(java.nio.ByteBuffer.allocate(4).putInt(Float.floatToRawIntBits(v)).array());
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
