package dev.lanewise.dsl.diagnostic;

import java.nio.file.Path;
import java.util.List;

/**
 * A script as it was written.
 *
 * <pre>{@code new Source("lenet.net", "net LeNet { ... }") }</pre>
 *
 * @param name a file, or {@code prompt} for what is typed at the prompt
 * @param typed whether it is part of a conversation, where a name may be bound again and results are named
 * @param within folders outside of which it may name no file; none if it may name any
 */
public record Source(String name, String text, boolean typed, List<Path> within) {
  public Source {
    within = List.copyOf(within);
  }

  public Source(String name, String text, boolean typed) {
    this(name, text, typed, List.of());
  }

  public Source(String name, String text) {
    this(name, text, name.equals("prompt"));
  }

  /** Another text in its place. */
  public Source with(String other) {
    return new Source(name, other, typed, within);
  }

  /** The same, which may name files in these folders alone. */
  public Source within(List<Path> folders) {
    return new Source(name, text, typed, folders);
  }

  /** A place as people count: both from 1. */
  public record Position(int line, int column) {}

  public boolean isPrompt() {
    return name.equals("prompt");
  }

  /** The place of an offset; an offset behind the end is the end. */
  public Position position(int offset) {
    int line = 1;
    int start = 0;
    int end = Math.min(offset, text.length());
    for (int i = 0; i < end; i++) {
      if (endsLine(i)) {
        line++;
        start = i + 1;
      }
    }
    return new Position(line, text.codePointCount(start, end) + 1);
  }

  /** The text of the line that holds an offset, without its end. */
  public String lineAt(int offset) {
    int start = Math.min(offset, text.length());
    while (start > 0 && !endsLine(start - 1)) {
      start--;
    }
    int end = start;
    while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
      end++;
    }
    return text.substring(start, end);
  }

  /** What a span covers. */
  public String text(Span span) {
    return text.substring(Math.min(span.start(), text.length()), Math.min(span.end(), text.length()));
  }

  private boolean endsLine(int index) {
    char c = text.charAt(index);
    return c == '\n' || c == '\r' && !(index + 1 < text.length() && text.charAt(index + 1) == '\n');
  }
}
