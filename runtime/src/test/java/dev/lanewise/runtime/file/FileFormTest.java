package dev.lanewise.runtime.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileFormTest {
  @TempDir private Path folder;

  private void save(Path path) throws IOException {
    Safetensors.write(path, List.of(new Tensor("w", List.of(2), new float[] {1, 2})), Map.of());
  }

  @Test
  void weightsReplaceWeightsAndEmptyFiles() throws IOException {
    Path file = folder.resolve("a");
    save(file);
    save(file);
    Path empty = Files.createFile(folder.resolve("empty"));
    save(empty);
    assertThat(empty).hasSameBinaryContentAs(file);
  }

  @ParameterizedTest
  @CsvSource({
    "6e6574204e203d20696e7075742032, text that begins with `net N = input 2`", "504b030414, a zip archive", "89504e470d0a1a0a, a PNG picture",
    "20, text that begins with ``", "0001020304050607, another kind of file", "ff, another kind of file", "e4bda0e5a5bd, text that begins with `你好`"
  })
  void whatIsSomebodyElsesStaysAndIsNamed(String hex, String found) throws IOException {
    byte[] bytes = HexFormat.of().parseHex(hex);
    Path file = Files.write(folder.resolve("mine"), bytes);
    assertThatThrownBy(() -> save(file)).isInstanceOf(FileForm.OtherFileException.class).hasMessage(file + " holds " + found + ", not weights");
    assertThat(file).hasBinaryContent(bytes);
    assertThat(folder.toFile().list()).containsExactly("mine");
  }

  @Test
  void aLetterCutAtTheEndOfWhatIsLookedAtIsNoReasonToCallTextSomethingElse() throws IOException {
    Path file = Files.writeString(folder.resolve("a"), "x".repeat(1023) + "é");
    assertThatThrownBy(() -> save(file)).hasMessageContaining("text that begins with `" + "x".repeat(40) + "`");
  }

  @Test
  void weightsAreNotTakenForALog() throws IOException {
    Path file = folder.resolve("a.safetensors");
    save(file);
    FileForm log = FileForm.beginning("a log", "epoch,");
    assertThatThrownBy(() -> log.check(file)).hasMessage(file + " holds weights, not a log");
    log.check(Files.write(folder.resolve("log"), "epoch,seconds\n".getBytes(StandardCharsets.UTF_8)));
    log.check(folder.resolve("nowhere"));
    log.check(Files.writeString(folder.resolve("cut"), "epo"));
    assertThatThrownBy(() -> log.check(Files.writeString(folder.resolve("other"), "epos"))).isInstanceOf(FileForm.OtherFileException.class);
  }
}
