package dev.lanewise.dsl.scope;

import dev.lanewise.dsl.diagnostic.Diagnostic;
import java.util.List;

/** @param actions to run in order, if no diagnostic is an error; @param scope with the script's names bound */
public record Checked(List<Action> actions, List<Diagnostic> diagnostics, Scope scope) {
  public Checked {
    actions = List.copyOf(actions);
    diagnostics = List.copyOf(diagnostics);
  }
}
