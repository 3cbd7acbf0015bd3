package dev.lanewise.repl.text;

import dev.lanewise.dsl.diagnostic.Reasons;
import dev.lanewise.dsl.language.Language;
import dev.lanewise.dsl.run.Outcome;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.Optional;

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
    Output out, Output err, boolean outIsTerminal, boolean inIsTerminal, boolean colours, Language language) {
  /** 128 and the number of the signal that ends most programs then. */
  private static final int READER_GONE = 141;

  /** The console of this process. The launcher has looked at the file descriptors, which Java cannot do for each alone. */
  public static Console system() {
    Map<String, String> environment = System.getenv();
    boolean terminal = isTerminal("lanewise.stdout");
    return new Console(
        Output.standard(),
        new Output(errors(environment.get("LANEWISE_STDERR"))),
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
  public static boolean coloured(Map<String, String> environment) {
    return environment.getOrDefault("NO_COLOR", "").isEmpty() && !isDumb(environment);
  }

  private static boolean isDumb(Map<String, String> environment) {
    return environment.getOrDefault("TERM", "dumb").equals("dumb");
  }

  public Style style() {
    return colours ? Style.COLOURED : Style.PLAIN;
  }

  /** Which colours pictures may have. */
  public Colours pictures() {
    return colours ? Colours.of(System.getenv()) : Colours.NONE;
  }

  /**
   * Writes out what is still held back, and says so if something could not be written.
   *
   * @param status of the work
   * @return the same, if all was written; 141 as any program whose reader is gone, in silence; otherwise that of a mistake
   */
  public int end(int status) {
    out.flush();
    Optional<IOException> lost = out.failure();
    if (out.isReaderGone()) {
      return READER_GONE;
    }
    lost.ifPresent(e -> err.println("lanewise: " + voice().say("standard output cannot be written: " + Reasons.of(e))));
    err.flush();
    return lost.isPresent() || err.failure().isPresent() && status == 0 ? Outcome.MISTAKE.status() : status;
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
}
