package dev.lanewise.dsl.session;

import dev.lanewise.dsl.check.Action;
import dev.lanewise.dsl.check.Checked;
import dev.lanewise.dsl.check.CheckedNet;
import dev.lanewise.dsl.check.Checker;
import dev.lanewise.dsl.check.Completions;
import dev.lanewise.dsl.check.Scope;
import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.Diagnostic;
import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.parse.Completeness;
import dev.lanewise.dsl.parse.Parsed;
import dev.lanewise.dsl.parse.ScriptParser;
import dev.lanewise.runtime.plan.KernelSet;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Runs scripts one after the other; what one defines, the next knows.
 *
 * <pre>{@code
 * try (Session session = new Session(new Session.Options(2, OptionalLong.empty(), KernelSet.VECTOR), System.out::println)) {
 *   session.run(new Source("prompt", "net Xor = input 2 -> dense(8) -> tanh -> dense(2)"));
 * }
 * }</pre>
 */
public final class Session implements AutoCloseable {
  /**
   * @param seed overrides every seed in the scripts
   * @param profile whether every training is followed by its profile
   */
  public record Options(int threads, OptionalLong seed, KernelSet kernels, boolean profile) {
    public Options(int threads, OptionalLong seed, KernelSet kernels) {
      this(threads, seed, kernels, false);
    }
  }

  private final SessionListener listener;
  private final Runner runner;
  private Scope scope = new Scope();

  public Session(Options options, SessionListener listener) {
    this.listener = listener;
    this.runner = new Runner(options, listener);
  }

  /** Checks all of a script and then, unless that found an error, runs it. Never throws for a user's mistake. */
  public Outcome run(Source source) {
    Parsed parsed = ScriptParser.parse(source);
    Checked checked = Checker.check(source, parsed.script(), scope);
    List<Diagnostic> diagnostics = sorted(source, parsed, checked);
    diagnostics.forEach(d -> listener.on(new SessionEvent.Diagnosed(d)));
    List<Diagnostic> errors = diagnostics.stream().filter(Diagnostic::isError).toList();
    if (!errors.isEmpty()) {
      return errors.stream().allMatch(d -> d.code() == Code.L024) ? Outcome.EXPECTATION_FAILED : Outcome.MISTAKE;
    }
    Outcome outcome = runner.run(source, checked.actions());
    // Also after an early end: what was defined and trained before it stays in use.
    scope = checked.scope();
    return outcome;
  }

  /** What {@link #run} would report before it runs anything. */
  public List<Diagnostic> check(Source source) {
    Parsed parsed = ScriptParser.parse(source);
    return sorted(source, parsed, Checker.check(source, parsed.script(), scope));
  }

  /** The networks that a script defines, in order; those with mistakes are not among them. */
  public List<CheckedNet> networks(Source source) {
    Parsed parsed = ScriptParser.parse(source);
    return Checker.check(source, parsed.script(), scope).actions().stream()
        .filter(Action.DefineNet.class::isInstance)
        .map(a -> ((Action.DefineNet) a).net())
        .toList();
  }

  /** What could be typed after a text. */
  public List<Completions.Completion> completions(String before) {
    return Completions.at(scope, before);
  }

  /** What the network that is being typed makes so far: {@code 20x4x4, 5,020 parameters}; empty if it is none, or does not fit. */
  public Optional<String> shapeSoFar(String text) {
    String closed = text.strip().replaceAll("(->|;)\\s*$", "");
    if (!closed.matches("(?s)net\\b.*")) {
      return Optional.empty();
    }
    String braces = "}".repeat((int) Math.max(0, closed.chars().filter(c -> c == '{').count() - closed.chars().filter(c -> c == '}').count()));
    Source source = new Source("prompt", closed + "\n" + braces);
    Parsed parsed = ScriptParser.parse(source);
    if (!parsed.diagnostics().isEmpty()) {
      return Optional.empty();
    }
    return Checker.check(source, parsed.script(), scope).actions().stream()
        .filter(Action.DefineNet.class::isInstance)
        .map(a -> ((Action.DefineNet) a).net())
        .map(n -> String.format(java.util.Locale.ROOT, "%s, %,d parameters", n.output(), n.parameters()))
        .findFirst();
  }

  /** What has been bound so far: name and kind. */
  public Table bound() {
    return new Table("", List.of("name", "is"), scope.boundNames().entrySet().stream().map(e -> List.of(e.getKey(), e.getValue())).toList());
  }

  public Completeness completeness(String text) {
    return ScriptParser.completeness(text);
  }

  /** From any thread: training stops after the current batch. */
  public void interrupt() {
    runner.interrupt();
  }

  /** What is wrong with imported files comes first, then this source from top to bottom. */
  private static List<Diagnostic> sorted(Source source, Parsed parsed, Checked checked) {
    List<Diagnostic> all = new ArrayList<>(parsed.diagnostics());
    all.addAll(checked.diagnostics());
    all.sort(
        Comparator.<Diagnostic, Boolean>comparing(d -> d.source() == source)
            .thenComparing(d -> d.source().name())
            .thenComparingInt(d -> d.span().start()));
    return List.copyOf(all);
  }

  @Override
  public void close() {
    runner.close();
  }
}
