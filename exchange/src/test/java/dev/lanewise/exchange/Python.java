package dev.lanewise.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** A Python that has other programs: {@code -Dlanewise.python=python3}. */
public final class Python {
  private static final String PYTHON = System.getProperty("lanewise.python", "python3");
  private static final Path SCRIPTS = Path.of(System.getProperty("basedir", "."), "src", "test", "python").toAbsolutePath();

  private Python() {}

  /** Skips a test where modules are missing. @param modules as {@code import} takes them */
  public static void assumeHas(String modules) throws InterruptedException {
    Assumptions.assumeTrue(has(modules), PYTHON + " has no " + modules + ": what is written is not run (-Dlanewise.python= names another)");
  }

  private static boolean has(String modules) throws InterruptedException {
    try {
      return new ProcessBuilder(PYTHON, "-c", "import " + modules).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  /** Runs one of the scripts over a folder, and tells what it says. */
  public static void run(String script, Path folder) throws IOException, InterruptedException {
    Path said = folder.resolve("said");
    int status = new ProcessBuilder(PYTHON, SCRIPTS.resolve(script).toString(), folder.toString()).redirectErrorStream(true).redirectOutput(said.toFile()).start().waitFor();
    System.out.println(Files.readString(said));
    assertThat(status).as(Files.readString(said)).isZero();
  }
}
