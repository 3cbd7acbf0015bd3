package dev.lanewise.repl.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which editor is taken. What it does is in PromptOnScreenTest. */
class EditorTest {
  @TempDir private Path folder;

  private String chosen(Map<String, String> environment) {
    return new Editor(environment, Screen.none()).command().orElse("none");
  }

  @Test
  void itIsTheUsersOwnOrAUsualOne() throws IOException {
    assertThat(chosen(Map.of("VISUAL", "code --wait", "EDITOR", "ed"))).isEqualTo("code --wait");
    assertThat(chosen(Map.of("VISUAL", " ", "EDITOR", "ed"))).isEqualTo("ed");
    assertThat(chosen(Map.of("PATH", folder.toString()))).isEqualTo("none");
    assertThat(Files.createFile(folder.resolve("vi")).toFile().setExecutable(true)).isTrue();
    assertThat(chosen(Map.of("PATH", "/nowhere:" + folder))).isEqualTo("vi");
    assertThat(Files.createFile(folder.resolve("nano")).toFile().setExecutable(true)).isTrue();
    assertThat(chosen(Map.of("PATH", folder.toString()))).isEqualTo("nano");
  }
}
