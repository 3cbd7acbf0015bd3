package dev.lanewise.dsl.diagnostic;

import dev.lanewise.runtime.spec.ShapeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Collects diagnostics of one source; those of others, into which it leads, go to the same collection. */
public final class Problems {
  /** Nobody reads more; a file with as many is no script. */
  private static final int MOST = 1_000;

  private static final Supplier<String> NO_TRAIL = () -> "";

  private final List<Diagnostic> diagnostics;
  private final Source source;
  private final Supplier<String> trail;

  public Problems(Source source) {
    this(new ArrayList<>(), source, NO_TRAIL);
  }

  private Problems(List<Diagnostic> diagnostics, Source source, Supplier<String> trail) {
    this.diagnostics = diagnostics;
    this.source = source;
    this.trail = trail;
  }

  /** The same collection for another source. */
  public Problems inside(Source other) {
    return new Problems(diagnostics, other, NO_TRAIL);
  }

  /**
   * The same collection for what stands inside a block or function.
   *
   * @param other in which it is written
   * @param use which use of it is meant, said after every message
   */
  public Problems inside(Source other, Supplier<String> use) {
    return new Problems(diagnostics, other, use);
  }

  /** Whether nothing more is reported. */
  public boolean isFull() {
    return diagnostics.size() >= MOST;
  }

  public Source source() {
    return source;
  }

  public List<Diagnostic> diagnostics() {
    return diagnostics;
  }

  /** Takes over what was found elsewhere. */
  public void addAll(List<Diagnostic> found) {
    diagnostics.addAll(found);
  }

  /** Reports, and answers what a check without a result answers. */
  public <T> Optional<T> report(Code code, Span span, String message, Remedy remedy) {
    return report(code, span, message, remedy, List.of());
  }

  /** With a remedy in words alone. */
  public <T> Optional<T> report(Code code, Span span, String message, String remedy) {
    return report(code, span, message, Remedy.say(remedy));
  }

  private <T> Optional<T> report(Code code, Span span, String message, Remedy remedy, List<Diagnostic.Note> notes) {
    if (isFull()) {
      return Optional.empty();
    }
    // A mistake in a block or function is told once, not for every use of it.
    boolean told =
        diagnostics.stream()
            .anyMatch(
                d -> d.code() == code && d.source() == source && d.span().equals(span)
                    && (trail != NO_TRAIL || d.message().equals(message)));
    if (!told) {
      diagnostics.add(new Diagnostic(source, code, span, message + trail.get(), remedy, notes));
    }
    return Optional.empty();
  }

  public <T> Optional<T> unsupported(Span span, String what) {
    return report(Code.L008, span, Later.sentence(what), "");
  }

  /** @param word one of {@link Later} */
  public <T> Optional<T> later(Span span, String word) {
    return report(Code.L008, span, Later.message(word), Later.remedy(word));
  }

  public <T> Optional<T> report(Span span, ShapeException e) {
    return report(span, e, Remedy.say(e.remedy()), List.of());
  }

  /** @param notes the shapes that led there */
  public <T> Optional<T> report(Span span, ShapeException e, Remedy remedy, List<Diagnostic.Note> notes) {
    Code code =
        switch (e.problem()) {
          case NEEDS_FLAT -> Code.L012;
          case NEEDS_IMAGE -> Code.L013;
          case NEEDS_SEQUENCE -> Code.L100;
          case HEADS -> Code.L104;
          case WINDOW_TOO_LARGE -> Code.L014;
          case BAD_ARGUMENT -> Code.L015;
          case WRONG_OUTPUT -> Code.L016;
          case WHOLE -> Code.L092;
          case TOO_LARGE -> Code.L017;
          case BRANCHES -> Code.L026;
          case ELEMENTS -> Code.L066;
          case PRODUCT -> Code.L065;
        };
    return report(code, span, e.getMessage(), remedy, notes);
  }
}
