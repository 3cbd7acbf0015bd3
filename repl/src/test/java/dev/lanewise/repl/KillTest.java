package dev.lanewise.repl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.runtime.file.Safetensors;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that is killed (SIGKILL) again and again and started again ends with the bits of one that was left alone, and with every epoch
 * once in every log. Half of the kills come as soon as a checkpoint has been replaced, before the logs follow; half while one is being written:
 * as soon as the unfinished file can be seen. Every moment between two writes is tried without processes: {@code JournalTest} in {@code dsl}.
 */
class KillTest {
  private static final int KILLS = 8;
  private static final long SEED = 11;
  /** So many that no kill comes too late, however far a process gets before it. */
  private static final int EPOCHS = 500;

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
          stop      = early(val.loss, patience = 500)
          resume    = "%s"
          log       = [csv("%s"), jsonl("%s")]
          save      = best("%s", by = val.loss)
        }
        save(N, "%s")
        """.formatted(
            EPOCHS, path(name + ".run.safetensors"), path(name + ".csv"), path(name + ".jsonl"), path(name + ".best.safetensors"),
            path(name + ".net.safetensors"));
  }

  private String path(String name) {
    return folder.resolve(name).toString().replace('\\', '/');
  }

  private Process start(String name, String script) throws IOException {
    Path file = Files.writeString(folder.resolve(name), script);
    return new ProcessBuilder(
            ProcessHandle.current().info().command().orElseThrow(), "--add-modules", "jdk.incubator.vector",
            // What costs least to start: the bits do not depend on it.
            "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"),
            "dev.lanewise.repl.Main", "run", file.toString(), "--json", "--threads", "1", "--kernels", "scalar")
        .redirectError(folder.resolve(name + ".err").toFile())
        .start();
  }

  @Test
  void killsChangeNothing() throws Exception {
    Process whole = start("whole", script("whole"));
    int lines = lines(whole, "epoch").size();
    assertThat(whole.waitFor()).as(Files.readString(folder.resolve("whole.err"))).isZero();
    assertThat(lines).isEqualTo(EPOCHS);

    Random random = new Random(SEED);
    int duringWrites = 0;
    for (int kill = 0; kill < KILLS; kill++) {
      Process process = start("killed", script("killed"));
      try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
        await(out, "epoch", 1 + random.nextInt(3));
        if (kill % 2 == 1 && awaitPart(process)) {
          duringWrites++;
        }
        if (kill % 2 == 0) {
          awaitReplaced(process, key(folder.resolve("killed.run.safetensors")));
        }
        process.destroyForcibly();
      }
      assertThat(process.waitFor()).as("kill %d of seed %d", kill, SEED).isNotZero();
      Path checkpoint = folder.resolve("killed.run.safetensors");
      if (Files.exists(checkpoint)) {
        assertThat(Safetensors.read(checkpoint).metadata()).containsKey("epoch");
      }
    }
    assertThat(duringWrites).isPositive();

    Process last = start("killed", script("killed"));
    List<String> rest = lines(last, "epoch");
    assertThat(last.waitFor()).isZero();
    assertThat(rest).hasSizeBetween(1, EPOCHS - 1);
    assertThat(sha256("killed.net.safetensors")).isEqualTo(sha256("whole.net.safetensors"));
    assertThat(sha256("killed.best.safetensors")).isEqualTo(sha256("whole.best.safetensors"));
    assertThat(epochs("killed.csv", "epoch,seconds,.*|(\\d+),.*")).isEqualTo(epochs("whole.csv", "epoch,seconds,.*|(\\d+),.*")).hasSize(EPOCHS);
    assertThat(epochs("killed.jsonl", "\\{\"epoch\":(\\d+),.*\\}")).hasSize(EPOCHS).doesNotHaveDuplicates();
    try (DirectoryStream<Path> parts = Files.newDirectoryStream(folder, "*.{part,lock}")) {
      assertThat(parts).as("what killed writers left").isEmpty();
    }
  }

  /** The numbers of the epochs that a log tells of; each of its lines must be whole. */
  private List<Integer> epochs(String log, String line) throws IOException {
    Pattern pattern = Pattern.compile(line);
    return Files.readAllLines(folder.resolve(log)).stream().map(l -> {
      Matcher m = pattern.matcher(l);
      assertThat(m.matches()).as(l).isTrue();
      return m.group(1);
    }).filter(Objects::nonNull).map(Integer::valueOf).toList();
  }

  /** What tells a file from the one that takes its place. */
  private static Object key(Path file) throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
    return List.of(attributes.lastModifiedTime(), String.valueOf(attributes.fileKey()));
  }

  /** Looks until a checkpoint has taken the place of another, or the process has ended. */
  private void awaitReplaced(Process process, Object before) throws IOException {
    while (process.isAlive() && key(folder.resolve("killed.run.safetensors")).equals(before)) {
      Thread.onSpinWait();
    }
  }

  /** A sweep that is killed after its first, second and third new trial, each time while the next is at work, ends as one that was left alone. */
  @Test
  void aKilledSweepGoesOn() throws Exception {
    Process whole = start("whole", sweep("whole"));
    List<String> rows = lines(whole, "trial");
    assertThat(whole.waitFor()).as(Files.readString(folder.resolve("whole.err"))).isZero();
    assertThat(rows).hasSize(8);
    int ended = 0;
    for (int more = 1; more <= 3; more++) {
      Process process = start("killed", sweep("killed"));
      try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
        await(out, "trial", ended + more);
        process.destroyForcibly();
      }
      assertThat(process.waitFor()).isNotZero();
      ended += more;
    }
    Process last = start("killed", sweep("killed"));
    try (BufferedReader out = last.inputReader(StandardCharsets.UTF_8)) {
      assertThat(out.lines().filter(l -> is(l, "read") || is(l, "trial")).toList())
          .anyMatch(l -> l.contains("of 8 trials\""))
          .containsSubsequence(rows);
    }
    assertThat(last.waitFor()).isZero();
    assertThat(sha256("killed.net.safetensors")).isEqualTo(sha256("whole.net.safetensors"));
  }

  private String sweep(String name) {
    return """
        net N(width = 4) = input 2 -> dense(width) -> relu -> dense(2)
        data points = moons(count = 100) { split.val = 20 }
        base = train N on points { epochs = 15; batch = 10 }
        sweep base {
          N.width      in [4, 8, 16]
          optimizer.lr in log(0.001, 0.3)
          trials = 8
          resume = "%s"
        }
        save(N, "%s")
        """.formatted(path(name + ".run.safetensors"), path(name + ".net.safetensors"));
  }

  /** Reads on until so many lines of a kind have been told, or the process ends. */
  private static void await(BufferedReader out, String event, int count) throws IOException {
    int seen = 0;
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      if (is(line, event) && ++seen == count) {
        return;
      }
    }
  }

  private static boolean is(String line, String event) {
    return line.startsWith("{\"event\":\"" + event + "\"");
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

  private static List<String> lines(Process process, String event) throws IOException {
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      return out.lines().filter(l -> is(l, event)).toList();
    }
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
