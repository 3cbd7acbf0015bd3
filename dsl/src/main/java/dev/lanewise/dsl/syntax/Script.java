package dev.lanewise.dsl.syntax;

import java.util.List;

/** The statements of a script, in order. */
public record Script(List<Statement> statements) {
  public Script {
    statements = List.copyOf(statements);
  }
}
