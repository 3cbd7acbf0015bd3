package dev.lanewise.repl.prompt;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The user's own editor for what is typed: VISUAL, or EDITOR, as shells have it, or else nano or vi.
 *
 * @param environment names the editor, and where programs are
 */
record Editor(Map<String, String> environment, Screen screen) {
  private static final List<String> USUAL = List.of("nano", "vim", "vi");
  private static final int NOT_FOUND = 127;

  /** It could not be done. The message says why, for the user. */
  static final class Failed extends Exception {
    private static final long serialVersionUID = 1;

    Failed(String message) {
      super(message);
    }
  }

  /** The text as it is when the editor has been left; without the ends of lines at its end, which editors add. */
  String edited(String text) throws Failed {
    String editor = command().orElseThrow(() -> new Failed("There is no editor: set EDITOR to the one that you use."));
    try {
      Path file = Files.createTempFile("lanewise-", ".net");
      try {
        Files.writeString(file, text + "\n");
        int status = run(editor, file);
        if (status != 0) {
          throw new Failed(status == NOT_FOUND ? "The editor `" + editor + "` was not found." : "The editor `" + editor + "` failed, with status " + status + ".");
        }
        return Files.readString(file).stripTrailing();
      } finally {
        Files.deleteIfExists(file);
      }
    } catch (CharacterCodingException e) {
      throw new Failed("What the editor has written is not UTF-8 text.");
    } catch (IOException e) {
      throw new Failed("The editor `" + editor + "` cannot be used: " + e.getMessage());
    }
  }

  Optional<String> command() {
    return Optional.of(environment.getOrDefault("VISUAL", "")).filter(e -> !e.isBlank())
        .or(() -> Optional.of(environment.getOrDefault("EDITOR", "")).filter(e -> !e.isBlank()))
        .or(() -> USUAL.stream().filter(this::isInstalled).findFirst());
  }

  private boolean isInstalled(String program) {
    return List.of(environment.getOrDefault("PATH", "").split(java.io.File.pathSeparator)).stream()
        .anyMatch(folder -> !folder.isEmpty() && Files.isExecutable(Path.of(folder, program)));
  }

  /** By the shell, because an editor may come with options: {@code code --wait}. */
  private int run(String editor, Path file) throws IOException {
    Process process = screen.lent(() ->
        new ProcessBuilder("/bin/sh", "-c", editor + " \"$@\"", editor, file.toString()).inheritIO().start());
    return process.exitValue();
  }
}
