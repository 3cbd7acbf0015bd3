package dev.lanewise.dsl.parse;

import dev.lanewise.dsl.diagnostic.Diagnostic;
import dev.lanewise.dsl.syntax.Script;
import java.util.List;

/** The result of parsing: a tree, with a Broken node wherever a diagnostic says that something could not be read. */
public record Parsed(Script script, List<Diagnostic> diagnostics) {
  public Parsed {
    diagnostics = List.copyOf(diagnostics);
  }
}
