package dev.lanewise.repl.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The sources from which this command was built and is started: what makes packages and measures is among them. A package has none.
 *
 * @param root their folder
 */
record Checkout(Path root) {
  private static final Path SCRIPTS = Path.of("repl", "src", "main", "sh");

  /** The launcher tells its folder; empty if no sources are there. */
  static Optional<Checkout> here() {
    return Optional.ofNullable(System.getProperty("lanewise.home"))
        .map(Path::of)
        .filter(home -> Files.isDirectory(home.resolve(SCRIPTS)))
        .map(Checkout::new);
  }

  Path javaProgram() {
    return Path.of(System.getProperty("java.home"), "bin", "java");
  }

  /**
   * Runs one of the launcher's scripts, which say themselves what they do.
   *
   * @param language its code, such as {@code zh}
   * @return the exit status
   * @throws IOException if there is no shell
   */
  int run(String script, String language, List<String> arguments) throws IOException, InterruptedException {
    List<String> words = new ArrayList<>(List.of("sh", root.resolve(SCRIPTS).resolve(script).toString(), root.toString()));
    words.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(words).inheritIO();
    builder.environment().remove("LANEWISE_STDERR");
    builder.environment().put("spoken", language);
    builder.environment().put("LANEWISE_JAVA_HOME", System.getProperty("java.home"));
    Process process = builder.start();
    Thread ending = new Thread(process::destroy);
    Runtime.getRuntime().addShutdownHook(ending);
    int status = process.waitFor();
    Runtime.getRuntime().removeShutdownHook(ending);
    return status;
  }
}
