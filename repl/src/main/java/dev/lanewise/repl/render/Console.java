package dev.lanewise.repl.render;

import dev.lanewise.dsl.language.Language;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Where text goes, and what it goes to.
 *
 * @param out for results
 * @param err for diagnostics
 * @param outIsTerminal true if somebody looks at {@code out}, so that a line may be redrawn
 * @param inIsTerminal true if somebody types
 * @param colours true if {@code out} may be coloured
 * @param language of whoever reads
 */
public record Console(
    PrintStream out, PrintStream err, boolean outIsTerminal, boolean inIsTerminal, boolean colours, Language language) {
  /** The console of this process. The launcher has looked at the file descriptors, which Java cannot do for each alone. */
  public static Console system() {
    Map<String, String> environment = System.getenv();
    boolean terminal = isTerminal("lanewise.stdout");
    return new Console(
        stream(new FileOutputStream(FileDescriptor.out)),
        stream(errors(environment.get("LANEWISE_STDERR"))),
        terminal && !isDumb(environment),
        isTerminal("lanewise.stdin"),
        terminal && coloured(environment),
        language(environment));
  }

  /** Where the locale has no UTF-8, the launcher replaces it, and hands on which it was. */
  private static Language language(Map<String, String> environment) {
    String replaced = System.getProperty("lanewise.locale", "");
    return replaced.isEmpty() ? Language.of(environment) : Language.named(replaced).orElse(Language.ENGLISH);
  }

  /** The same for somebody who reads another language. */
  public Console in(Language other) {
    return new Console(out, err, outIsTerminal, inIsTerminal, colours, other);
  }

  public Voice voice() {
    return voice(Window.NONE);
  }

  /** @param window it is looked at in */
  public Voice voice(Window window) {
    return Voice.of(out, style(), language, window);
  }

  /** True if the environment does not speak against colours: NO_COLOR is unset or empty, and the terminal is not dumb. */
  static boolean coloured(Map<String, String> environment) {
    return environment.getOrDefault("NO_COLOR", "").isEmpty() && !isDumb(environment);
  }

  private static boolean isDumb(Map<String, String> environment) {
    return environment.getOrDefault("TERM", "dumb").equals("dumb");
  }

  public Style style() {
    return colours ? Style.COLOURED : Style.PLAIN;
  }

  /** Which colours pictures may have. */
  Colours pictures() {
    return colours ? Colours.of(System.getenv()) : Colours.NONE;
  }

  /** Writes out what is still held back. */
  public void flush() {
    out.flush();
    err.flush();
  }

  /** Whether standard output has a width: that of a terminal, be it a dumb one. */
  public static boolean hasWidth() {
    return isTerminal("lanewise.stdout");
  }

  private static boolean isTerminal(String property) {
    String known = System.getProperty(property);
    return known == null ? System.console() != null && System.console().isTerminal() : known.equals("terminal");
  }

  /** The launcher filters Java's own words on file descriptor 2; ours take the descriptor it names instead. */
  private static OutputStream errors(String path) {
    if (path != null) {
      try {
        return new FileOutputStream(path, true);
      } catch (IOException closedOrForbidden) {
        // A socket, or a terminal of another user: descriptor 2 leads to the same place, through the filter.
        return new FileOutputStream(FileDescriptor.err);
      }
    }
    return new FileOutputStream(FileDescriptor.err);
  }

  private static PrintStream stream(OutputStream target) {
    return new PrintStream(new java.io.BufferedOutputStream(target, 8192), true, StandardCharsets.UTF_8);
  }
}
