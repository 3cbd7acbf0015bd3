package dev.lanewise.dsl.check;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.Diagnostic;
import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.runtime.operation.ShapeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Collects diagnostics. */
final class Problems {
  private final List<Diagnostic> diagnostics = new ArrayList<>();

  List<Diagnostic> diagnostics() {
    return diagnostics;
  }

  /** Reports, and answers what a check without a result answers. */
  <T> Optional<T> report(Code code, Span span, String message, String remedy) {
    diagnostics.add(new Diagnostic(code, span, message, remedy));
    return Optional.empty();
  }

  <T> Optional<T> unsupported(Span span, String what) {
    return report(Code.L008, span, what + " is part of the language, but not supported yet", "");
  }

  <T> Optional<T> report(Span span, ShapeException e) {
    Code code =
        switch (e.problem()) {
          case NEEDS_FLAT -> Code.L012;
          case NEEDS_IMAGE -> Code.L013;
          case WINDOW_TOO_LARGE -> Code.L014;
          case BAD_ARGUMENT -> Code.L015;
          case WRONG_OUTPUT -> Code.L016;
          case TOO_LARGE -> Code.L017;
        };
    return report(code, span, e.getMessage(), e.remedy());
  }
}
