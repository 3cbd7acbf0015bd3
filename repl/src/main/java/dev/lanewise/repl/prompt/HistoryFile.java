package dev.lanewise.repl.prompt;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Where the prompt remembers what was typed: under XDG_STATE_HOME, or {@code ~/.local/state}. */
final class HistoryFile {
  private HistoryFile() {}

  /** Empty if its folder cannot be made; then nothing is remembered. */
  static Optional<Path> locate(Map<String, String> environment) {
    String given = environment.getOrDefault("XDG_STATE_HOME", "");
    Path state = Path.of(given).isAbsolute() ? Path.of(given) : Path.of(System.getProperty("user.home"), ".local", "state");
    Path folder = state.resolve("lanewise");
    try {
      Files.createDirectories(folder);
    } catch (IOException readOnlyHome) {
      return Optional.empty();
    }
    return Optional.of(folder.resolve("history"));
  }
}
