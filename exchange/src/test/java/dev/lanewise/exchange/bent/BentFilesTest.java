package dev.lanewise.exchange.bent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Files that are changed at random: each is read, refused in words, or told to be no file of its kind, with 96 MB of memory, and nothing of it is run.
 * {@code -Dlanewise.bent=10000} tries more of them, {@code -Dlanewise.bent.first=5} others.
 */
class BentFilesTest {
  private static final int COUNT = Integer.getInteger("lanewise.bent", 400);
  private static final int FIRST = Integer.getInteger("lanewise.bent.first", 0);

  @TempDir Path folder;

  @Test
  void bentFilesAreReadOrRefused() throws IOException, InterruptedException {
    Path said = folder.resolve("said");
    List<String> words = List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx96m", "-XX:MaxDirectMemorySize=32m", "-XX:+UseSerialGC", "--add-modules", "jdk.incubator.vector", "-cp", System.getProperty("java.class.path"),
        BentRun.class.getName(), Path.of("src/test/resources").toAbsolutePath().toString(), folder.toString(), Integer.toString(FIRST), Integer.toString(COUNT));
    Process process = new ProcessBuilder(words).directory(folder.toFile()).redirectError(folder.resolve("wrong").toFile()).redirectOutput(said.toFile()).start();
    int status = process.waitFor();
    String all = Files.readString(said, StandardCharsets.UTF_8);
    assertThat(status).as(all + Files.readString(folder.resolve("wrong"))).isZero();
    assertThat(all).doesNotContain("failed");
    assertThat(folder.resolve(Opcodes.SEEN)).doesNotExist();
    // The straight ones among them are not so bent that none is read.
    assertThat(all).contains("ONNX read", "ONNX refused", "ONNX told", "KERAS read", "KERAS refused", "KERAS told", "H5 read", "H5 told", "TORCH read", "TORCH told", "SAFETENSORS read", "SAFETENSORS told");
    System.out.println(all);
  }
}
