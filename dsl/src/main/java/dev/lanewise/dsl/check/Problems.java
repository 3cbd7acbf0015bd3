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
  private final List<Diagnostic> diagnostics;
  private final Optional<Span> place;
  private final String trail;

  Problems() {
    this(new ArrayList<>(), Optional.empty(), "");
  }

  private Problems(List<Diagnostic> diagnostics, Optional<Span> place, String trail) {
    this.diagnostics = diagnostics;
    this.place = place;
    this.trail = trail;
  }

  /**
   * The same collection for what is inside a block.
   *
   * @param place where to report instead, for a block that is written elsewhere
   * @param trail which use of it is meant, said after every message
   */
  Problems inside(Optional<Span> place, String trail) {
    return new Problems(diagnostics, place, trail);
  }

  /** Whether reports stand where they say. */
  boolean isHere() {
    return place.isEmpty();
  }

  /** Where reports go instead, or the place given. */
  Span placeOr(Span span) {
    return place.orElse(span);
  }

  List<Diagnostic> diagnostics() {
    return diagnostics;
  }

  /** Reports, and answers what a check without a result answers. */
  <T> Optional<T> report(Code code, Span span, String message, String remedy) {
    Span at = place.orElse(span);
    // A mistake in a block or function is told once, not for every use of it.
    boolean told =
        diagnostics.stream()
            .anyMatch(d -> d.code() == code && d.span().equals(at) && (!trail.isEmpty() || d.message().equals(message)));
    if (!told) {
      diagnostics.add(new Diagnostic(code, at, message + trail, remedy));
    }
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
          case BRANCHES -> Code.L026;
        };
    return report(code, span, e.getMessage(), e.remedy());
  }
}
