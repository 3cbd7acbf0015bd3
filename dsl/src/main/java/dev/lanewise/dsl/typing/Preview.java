package dev.lanewise.dsl.typing;

import dev.lanewise.dsl.check.Checker;
import dev.lanewise.dsl.diagnostic.Diagnostic;
import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.dsl.meaning.CheckedNet;
import dev.lanewise.dsl.parse.Brackets;
import dev.lanewise.dsl.parse.Parsed;
import dev.lanewise.dsl.parse.ScriptParser;
import dev.lanewise.dsl.scope.Action;
import dev.lanewise.dsl.scope.Checked;
import dev.lanewise.dsl.scope.Scope;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What the network that is being typed makes so far.
 *
 * @param text {@code 20x4x4, 5,020 parameters}, or why it cannot be
 * @param fits false if no further step can make it right
 */
public record Preview(String text, boolean fits) {
  /** Empty if no network is being typed, or its last step is not finished. */
  public static Optional<Preview> of(Scope scope, String typed) {
    String text = typed.strip().replaceAll("(->|;)\\s*$", "");
    if (!text.matches("(?s)net\\b.*")) {
      return Optional.empty();
    }
    Source source = new Source("prompt", text + closing(text));
    Parsed parsed = ScriptParser.parse(source);
    if (!parsed.diagnostics().isEmpty()) {
      return Optional.empty();
    }
    Checked checked = Checker.check(source, parsed.script(), scope);
    Optional<Diagnostic> error = checked.diagnostics().stream().filter(Diagnostic::isError).findFirst();
    if (error.isPresent()) {
      return error.filter(e -> isCertain(e, text)).map(e -> new Preview(e.message(), false));
    }
    return checked.actions().stream()
        .filter(Action.DefineNet.class::isInstance)
        .map(a -> made(((Action.DefineNet) a).net()))
        .findFirst();
  }

  private static Preview made(CheckedNet net) {
    return new Preview(String.format(Locale.ROOT, "%s, %,d parameters", net.output(), net.parameters()), true);
  }

  /** A word at the very end may not be finished, and what it needs may follow; shapes before it are certain. */
  private static boolean isCertain(Diagnostic error, String text) {
    Span span = error.span();
    return switch (error.code()) {
      case L012, L013, L014, L015, L016, L017, L026 -> true;
      case L006, L009, L011, L019, L028 -> span.end() < text.length();
      default -> false;
    };
  }

  /** The brackets that are still open, closed; a brace on a line of its own, since a comment may end the text. */
  private static String closing(String text) {
    return Brackets.of(text).closers().stream().map(c -> c.equals("}") ? "\n}" : c).collect(Collectors.joining());
  }
}
