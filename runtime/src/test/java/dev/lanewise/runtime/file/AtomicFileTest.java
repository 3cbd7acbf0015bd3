package dev.lanewise.runtime.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
}
