package dev.lanewise.runtime.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file is one process's alone while it is claimed; a process that dies claims nothing, and nothing is left lying about. */
class ClaimTest {
  @TempDir private Path folder;

  private List<String> files() throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.map(f -> f.getFileName().toString()).sorted().toList();
    }
  }

  /** Claims a file, says so, and holds it until it is killed. */
  static final class Holder {
    private Holder() {}

    public static void main(String[] args) throws IOException {
      try (Claim _ = Claim.of(Optional.of(Path.of(args[0])))) {
        System.out.println("held");
        System.in.read();
      }
    }
  }

  @Test
  void onlyOneProcessHasIt() throws Exception {
    Path file = folder.resolve("run.safetensors");
    Process other = new ProcessBuilder(
            ProcessHandle.current().info().command().orElseThrow(), "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"),
            Holder.class.getName(), file.toString())
        .redirectError(folder.resolve("err").toFile())
        .start();
    try (BufferedReader out = other.inputReader(StandardCharsets.UTF_8)) {
      assertThat(out.readLine()).as(Files.readString(folder.resolve("err"))).isEqualTo("held");
      assertThatThrownBy(() -> Claim.of(Optional.of(file)))
          .isInstanceOf(ClaimedException.class)
          .hasMessageStartingWith(file + " is in use by process " + other.pid() + ", since 2");
      // The file itself is replaced while it is claimed, which changes nothing.
      AtomicFile.write(file, _ -> { });
      assertThatThrownBy(() -> Claim.of(Optional.of(file))).isInstanceOf(ClaimedException.class);
    } finally {
      other.destroyForcibly().waitFor();
    }
    Files.delete(folder.resolve("err"));
    assertThat(files()).containsExactly("run.safetensors", "run.safetensors.lock");
    try (Claim _ = Claim.of(Optional.of(file))) {
      assertThatThrownBy(() -> Claim.of(Optional.of(file))).hasMessage(file + " is in use by another training of this process");
    }
    assertThat(files()).containsExactly("run.safetensors");
  }

  @Test
  void aLinkIsTheFileItLeadsTo() throws IOException {
    Path file = Files.createFile(folder.resolve("run.safetensors"));
    Path link = Files.createSymbolicLink(folder.resolve("link"), file);
    try (Claim _ = Claim.of(Optional.of(file))) {
      assertThatThrownBy(() -> Claim.of(Optional.of(link))).isInstanceOf(ClaimedException.class);
    }
  }

  @Test
  void whereNothingCanBeWrittenNothingIsClaimed() throws IOException {
    try (Claim _ = Claim.of(Optional.of(folder.resolve("missing").resolve("run.safetensors"))); Claim _ = Claim.of(Optional.empty())) {
      assertThat(files()).isEmpty();
    }
  }

  @Test
  void aFileThatIsNoLockStays() throws IOException {
    Path file = folder.resolve("package");
    Path other = Files.writeString(folder.resolve("package.lock"), "{}\n");
    assertThatThrownBy(() -> Claim.of(Optional.of(file))).isInstanceOf(FileForm.OtherFileException.class).hasMessageStartingWith(other + " holds ").hasMessageEndingWith(", not a lock");
    assertThat(other).hasContent("{}\n");
    Files.writeString(other, "proc");
    try (Claim _ = Claim.of(Optional.of(file))) {
      assertThat(files()).containsExactly("package.lock");
    }
    assertThat(files()).isEmpty();
  }

  /** Many that come and go: never two at once. */
  @Test
  void noTwoHaveItAtOnce() throws Exception {
    Path file = folder.resolve("run.safetensors");
    AtomicInteger holders = new AtomicInteger();
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      Callable<Integer> coming = () -> {
        int most = 0;
        for (int i = 0; i < 200; i++) {
          try (Claim _ = Claim.of(Optional.of(file))) {
            most = Math.max(most, holders.incrementAndGet());
            holders.decrementAndGet();
          } catch (ClaimedException e) {
            assertThat(e).hasMessageContaining("in use");
          }
        }
        return most;
      };
      List<Future<Integer>> all = IntStream.range(0, 4).mapToObj(_ -> threads.submit(coming)).toList();
      int most = 0;
      for (Future<Integer> f : all) {
        most = Math.max(most, f.get());
      }
      assertThat(most).isEqualTo(1);
    }
    assertThat(files()).isEmpty();
  }
}
