package dev.lanewise.runtime.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AtomicFileTest {
  @TempDir private Path folder;

  @Test
  void aWriterThatFailsLeavesTheOldFileAlone() throws IOException {
    Path file = Files.writeString(folder.resolve("a"), "old");
    assertThatThrownBy(() -> AtomicFile.write(file, channel -> {
      AtomicFile.writeFully(channel, ByteBuffer.wrap(new byte[] {'n', 'e'}));
      throw new IOException("the disk is full");
    })).hasMessage("the disk is full");
    assertThat(file).hasContent("old");
    assertThat(folder.toFile().list()).containsExactly("a");
  }

  @Test
  void onlyWhatKilledWritersLeftIsCleared() throws IOException {
    Path file = Files.createFile(folder.resolve("a"));
    Path[] killed = {null};
    AtomicFile.write(file, _ -> killed[0] = folder.resolve(
        java.util.Arrays.stream(folder.toFile().list()).filter(n -> n.endsWith(".part")).findFirst().orElseThrow()));
    Files.createFile(killed[0]);
    Files.createFile(folder.resolve("a.part"));
    Files.createFile(folder.resolve("a.mine.part"));
    Files.createFile(folder.resolve("ab" + killed[0].getFileName().toString().substring(1)));
    AtomicFile.clear(file);
    assertThat(killed[0]).doesNotExist();
    assertThat(folder.toFile().list()).hasSize(4);
    AtomicFile.clear(folder.resolve("nowhere/a"));
  }

  private static void write(Path path) throws IOException {
    AtomicFile.write(path, channel -> AtomicFile.writeFully(channel, ByteBuffer.wrap("new".getBytes(StandardCharsets.UTF_8))));
  }

  @Test
  void aLinkStaysAndWhatItLeadsToIsReplacedInItsOwnFolder() throws IOException {
    Path real = Files.createDirectory(folder.resolve("real"));
    Path target = Files.writeString(real.resolve("t"), "old");
    Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("real/t"));
    Path second = Files.createSymbolicLink(folder.resolve("second"), link);
    write(second);
    assertThat(link).isSymbolicLink();
    assertThat(second).isSymbolicLink();
    assertThat(target).hasContent("new");
    assertThat(real.toFile().list()).containsExactly("t");
  }

  @Test
  void aLinkToWhatIsNotThereYetMakesIt() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("target"));
    write(link);
    assertThat(link).isSymbolicLink();
    assertThat(folder.resolve("target")).isRegularFile().hasContent("new");
  }

  @Test
  void linksInACircleAreAMistake() throws IOException {
    Files.createSymbolicLink(folder.resolve("a"), Path.of("b"));
    Files.createSymbolicLink(folder.resolve("b"), Path.of("a"));
    assertThatThrownBy(() -> write(folder.resolve("a"))).hasMessageContaining("circle");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-------", "rw-rw-rw-", "rw-r-----", "rwxr-xr-x"})
  void theModeStays(String mode) throws IOException {
    Path file = Files.writeString(folder.resolve("a"), "old");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    write(file);
    assertThat(file).hasContent("new");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo(mode);
  }

  @Test
  void aFileForItsOwnerAloneIsNeverOpenToOthers() throws IOException {
    Path file = Files.writeString(folder.resolve("a"), "old");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    AtomicFile.write(file, _ -> {
      for (java.io.File f : folder.toFile().listFiles()) {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(f.toPath()))).isEqualTo("rw-------");
      }
    });
  }

  @Test
  void whatIsNoFileIsNotReplaced() throws Exception {
    Path pipe = folder.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    assertThatThrownBy(() -> write(pipe)).hasMessage(pipe + ": expected a file, found a pipe or a device");
    assertThatThrownBy(() -> Safetensors.FORM.check(pipe)).hasMessage(pipe + ": expected a file, found a pipe or a device");
    assertThatThrownBy(() -> write(folder)).hasMessage(folder + ": expected a file, found a folder");
    assertThat(Files.isRegularFile(pipe)).isFalse();
    assertThat(folder.toFile().list()).containsExactly("pipe");
  }
}
