package dev.lanewise.dsl;

import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.parse.ScriptParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The golden scripts: {@code scripts/<feature>/<name>.net} with {@code <name>.expected} beside it. */
public final class Scripts {
  private Scripts() {}

  /** @param name feature and file, which is also how its reports call it */
  public record Golden(String name, Source source, Path folder) {
    @Override
    public String toString() {
      return name;
    }

    /** The file name without its ending. */
    public String title() {
      return name.substring(name.indexOf('/') + 1, name.length() - ".net".length());
    }

    public String feature() {
      return name.substring(0, name.indexOf('/'));
    }

    public Path expected() {
      return folder.resolve(title() + ".expected");
    }
  }

  /** All of them, in the order of their names. */
  public static List<Golden> all() {
    Path root = root();
    try (Stream<Path> files = Files.walk(root)) {
      return files.filter(p -> p.toString().endsWith(".net")).sorted().map(p -> read(root, p)).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Those without a syntax error. */
  public static List<Golden> readable() {
    return all().stream().filter(s -> ScriptParser.parse(s.source()).diagnostics().isEmpty()).toList();
  }

  private static Path root() {
    // From the module's folder under Maven; rewriting must reach the sources, not the copies in target.
    return Path.of(System.getProperty("basedir", "."), "src", "test", "resources", "scripts").toAbsolutePath().normalize();
  }

  private static Golden read(Path root, Path file) {
    try {
      String name = root.relativize(file).toString().replace('\\', '/');
      return new Golden(name, new Source(file.getFileName().toString(), Files.readString(file)), file.getParent());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
