package dev.lanewise.dsl.run;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.Diagnostic;
import dev.lanewise.dsl.diagnostic.MistakeException;
import dev.lanewise.dsl.diagnostic.Reasons;
import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.dsl.spread.LostException;
import dev.lanewise.runtime.file.MappedFiles;
import dev.lanewise.runtime.tensor.MemoryException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Around everything that a session runs: whatever is thrown in it is told, and becomes an outcome. What a file, the memory or the script is to
 * blame for is a diagnostic; all else is a fault of Lanewise. Nothing leaves it, so no statement ends a session.
 */
public final class Boundary {
  private static final String MEMORY = "take a smaller batch or network, or give the JVM more: LANEWISE_JAVA_OPTIONS=-Xmx12g";
  /** The JVM's word for a page of a mapped file that could not be read. */
  private static final String UNREAD_PAGE = "unsafe memory access";

  private final SessionListener listener;

  public Boundary(SessionListener listener) {
    this.listener = listener;
  }

  /** @param at where to point, if what is thrown does not know */
  public Outcome around(Source source, Span at, Supplier<Outcome> work) {
    try {
      return work.get();
    } catch (Throwable thrown) {
      return told(source, at, thrown);
    }
  }

  private Outcome told(Source source, Span at, Throwable thrown) {
    try {
      Optional<Diagnostic> mistake = mistakeIn(source, at, thrown);
      listener.on(mistake.<SessionEvent>map(SessionEvent.Diagnosed::new).orElseGet(() -> new SessionEvent.Failed(place(source, at), thrown)));
      return mistake.isPresent() ? Outcome.MISTAKE : Outcome.FAULT;
    } catch (Throwable unheard) {
      // Whoever listens cannot be told. The outcome says that there was a fault.
      return Outcome.FAULT;
    }
  }

  /** What a file, the memory or the script is to blame for; empty if it is a fault of ours. */
  static Optional<Diagnostic> mistakeIn(Source source, Span at, Throwable thrown) {
    return causes(thrown).flatMap(t -> mistake(source, at, t).stream()).findFirst();
  }

  /** What was thrown, and why: workers wrap what they meet. */
  private static Stream<Throwable> causes(Throwable thrown) {
    return Stream.iterate(thrown, t -> t != null, Throwable::getCause).limit(10);
  }

  /** Empty if it is a fault of ours. */
  private static Optional<Diagnostic> mistake(Source source, Span at, Throwable thrown) {
    return Optional.ofNullable(switch (thrown) {
      case MistakeException e -> e.in(source);
      case LostException e -> new Diagnostic(source, Code.L146, at, e.getMessage(), e.remedy());
      case MemoryException e -> new Diagnostic(source, Code.L017, at, e.getMessage(), e.remedy());
      case OutOfMemoryError _ -> new Diagnostic(
          source, Code.L017, at, "the memory that the JVM may have was not enough for this script", MEMORY);
      case StackOverflowError _ -> new Diagnostic(
          source, Code.L005, at, "this is nested deeper than the stack of the JVM reaches", "bind parts of it to names");
      case InternalError e when String.valueOf(e.getMessage()).contains(UNREAD_PAGE) -> new Diagnostic(
          source, Code.L030, at, unread(MappedFiles.shrunk()), "load the data again");
      case UncheckedIOException e -> new Diagnostic(source, Code.L030, at, io(e.getCause()), "");
      case IOException e -> new Diagnostic(source, Code.L030, at, io(e), "");
      case InvalidPathException e -> new Diagnostic(source, Code.L030, at, io(e), "");
      default -> null;
    });
  }

  private static String io(Exception e) {
    return "a file cannot be read or written: " + Reasons.of(e);
  }

  private static String unread(List<Path> shrunk) {
    return shrunk.isEmpty()
        ? "a file that data is read from cannot be read any more"
        : shrunk.stream().map(p -> "`" + p + "`").collect(Collectors.joining(", ")) + " changed while it was read";
  }

  /** {@code a.net:3:1}. */
  private static String place(Source source, Span at) {
    Source.Position position = source.position(at.start());
    return source.name() + ":" + position.line() + ":" + position.column();
  }
}
