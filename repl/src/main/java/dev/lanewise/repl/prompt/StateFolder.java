package dev.lanewise.repl.prompt;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Where Lanewise remembers what was typed, and where somebody is in the tutorial: under XDG_STATE_HOME, or
 * {@code ~/.local/state}.
 */
public final class StateFolder {
  private StateFolder() {}

  /** Empty if the folder cannot be made; then nothing is remembered. */
  static Optional<Path> file(Path folder, String name) {
    Path file = folder.resolve(name);
    try {
      Files.createDirectories(file.getParent());
      return Optional.of(file);
    } catch (IOException readOnlyHome) {
      return Optional.empty();
    }
  }

  public static Path in(Map<String, String> environment) {
    String given = environment.getOrDefault("XDG_STATE_HOME", "");
    Path home = Path.of(System.getProperty("user.home"));
    Path state = Path.of(given).isAbsolute() ? Path.of(given) : home.resolve(".local/state");
    return state.resolve("lanewise");
  }
}
