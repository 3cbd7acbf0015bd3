package dev.lanewise.dsl.session;

import dev.lanewise.dsl.check.Checker;
import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.Diagnostic;
import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.dsl.exhibit.Table;
import dev.lanewise.dsl.glass.Scene;
import dev.lanewise.dsl.language.Language;
import dev.lanewise.dsl.meaning.CheckedNet;
import dev.lanewise.dsl.meaning.CheckedTrain;
import dev.lanewise.dsl.meaning.Constant;
import dev.lanewise.dsl.meaning.Trained;
import dev.lanewise.dsl.parse.Completeness;
import dev.lanewise.dsl.parse.Parsed;
import dev.lanewise.dsl.parse.ScriptParser;
import dev.lanewise.dsl.run.Boundary;
import dev.lanewise.dsl.run.Changed;
import dev.lanewise.dsl.run.Options;
import dev.lanewise.dsl.run.Outcome;
import dev.lanewise.dsl.run.Runner;
import dev.lanewise.dsl.run.SessionEvent;
import dev.lanewise.dsl.run.SessionListener;
import dev.lanewise.dsl.run.Workspace;
import dev.lanewise.dsl.scope.Action;
import dev.lanewise.dsl.scope.Checked;
import dev.lanewise.dsl.scope.Definition;
import dev.lanewise.dsl.scope.Formula;
import dev.lanewise.dsl.scope.Scope;
import dev.lanewise.dsl.syntax.Name;
import dev.lanewise.dsl.syntax.Script;
import dev.lanewise.dsl.syntax.Statement;
import dev.lanewise.dsl.typing.Completions;
import dev.lanewise.dsl.typing.Offers;
import dev.lanewise.dsl.typing.Preview;
import dev.lanewise.dsl.verb.Result;
import dev.lanewise.dsl.verb.Verb;
import dev.lanewise.dsl.verb.keep.ReportVerb;
import dev.lanewise.runtime.plan.KernelSet;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * Runs scripts one after the other; what one defines, the next knows.
 *
 * <pre>{@code
 * try (Session session = new Session(new Options(2, OptionalLong.empty(), KernelSet.VECTOR), System.out::println)) {
 *   session.run(new Source("prompt", "net Xor = input 2 -> dense(8) -> tanh -> dense(2)"));
 * }
 * }</pre>
 */
public final class Session implements AutoCloseable {
  private final SessionListener listener;
  private final Boundary boundary;
  private final Workspace workspace;
  private final Timeline timeline = new Timeline();
  private Options options;
  private Runner runner;
  private Scope scope = new Scope();
  private List<Entry> entries = List.of();
  private Prepared prepared = Prepared.NOTHING;

  public Session(Options options, SessionListener listener) {
    this.options = options;
    this.listener = listener;
    this.boundary = new Boundary(listener);
    this.workspace = new Workspace(options);
    this.runner = new Runner(options, listener, workspace, this::aside);
  }

  /**
   * Checks all of a script and then, unless that found an error, runs it. It never throws: what fails is told to whoever listens, and the
   * session goes on.
   */
  public Outcome run(Source source) {
    return boundary.around(source, new Span(0, 0), () -> checkedAndRun(source));
  }

  private Outcome checkedAndRun(Source source) {
    Parsed parsed = ScriptParser.parse(source);
    Checked checked = Checker.check(source, parsed.script(), scope);
    Optional<Outcome> wrong = told(sorted(source, parsed, checked));
    if (wrong.isPresent()) {
      return wrong.get();
    }
    runner.begin(checked.actions(), source.typed());
    if (source.typed()) {
      return typed(source, parsed.script());
    }
    Outcome outcome = runner.run(source, checked.actions());
    // Also after an early end: what was defined and trained before it stays in use.
    scope = checked.scope();
    return outcome;
  }

  /**
   * Forgets everything, and takes a script: the networks and data before its first training are made. What is left {@link #goOn} runs. If it has a mistake, everything stays as it was.
   */
  public Outcome prepare(Source source) {
    return boundary.around(source, new Span(0, 0), () -> {
      Parsed parsed = ScriptParser.parse(source);
      Checked checked = Checker.check(source, parsed.script(), new Scope());
      Optional<Outcome> wrong = told(sorted(source, parsed, checked));
      if (wrong.isPresent()) {
        return wrong.get();
      }
      restore(new Moment(new Scope(), Workspace.Contents.NONE, List.of()));
      prepared = Prepared.of(source, checked);
      runner.begin(checked.actions(), false);
      Outcome outcome = runner.run(source, prepared.first());
      scope = checked.scope();
      return outcome;
    });
  }

  /** Runs what is left of a script that was prepared. Once more, it goes on from what has been learnt. */
  public Outcome goOn() {
    return boundary.around(prepared.source(), new Span(0, 0), () -> {
      runner.begin(prepared.left(), false);
      return runner.run(prepared.source(), prepared.left());
    });
  }

  /**
   * Takes a script that was prepared with other settings of its training: networks, data and what has been learnt stay. Nothing is told.
   *
   * @param changed the whole script
   * @param rest the same, with blanks before its training
   * @return false if it has a mistake: then nothing has changed
   */
  public boolean adopt(Source changed, Source rest) {
    Parsed parsed = ScriptParser.parse(rest);
    Checked checked = Checker.check(rest, parsed.script(), scope);
    if (sorted(rest, parsed, checked).stream().anyMatch(Diagnostic::isError)) {
      return false;
    }
    prepared = prepared.with(changed, checked);
    scope = checked.scope();
    return true;
  }

  /** What there is to look at of a script that was prepared: its first training's network and data, or else its last network. While it runs, on the thread that runs it. */
  public Optional<Scene> scene() {
    return prepared.scene(workspace);
  }

  /** The first training of a script that was prepared. */
  public Optional<CheckedTrain> training() {
    return prepared.training();
  }

  /** Writes the report of a prepared script's first training, as {@code report(run, file)} would. Empty if there is none that has an epoch. */
  public Optional<Outcome> report(Path file) {
    return prepared.training().filter(t -> t.rival().isEmpty() && !workspace.known(t).epochs().isEmpty()).map(t -> {
      runner.begin(List.of(), false);
      Formula report = new Formula.Do(t.span(), ReportVerb.of(t, file), Optional.empty());
      return boundary.around(prepared.source(), t.span(), () -> runner.run(prepared.source(), List.of(new Action.Evaluate(report))));
    });
  }

  /** The network of {@link #scene}, as it is now: while it learns, on the thread that runs it. */
  public Optional<Trained> learner() {
    return prepared.trained(workspace);
  }

  /** Tells what is wrong. How it ends that way; empty if there are warnings at most. */
  private Optional<Outcome> told(List<Diagnostic> diagnostics) {
    diagnostics.forEach(d -> listener.on(new SessionEvent.Diagnosed(d)));
    List<Diagnostic> errors = diagnostics.stream().filter(Diagnostic::isError).toList();
    boolean expected = errors.stream().allMatch(d -> d.code() == Code.L024);
    return errors.isEmpty() ? Optional.empty() : Optional.of(expected ? Outcome.EXPECTATION_FAILED : Outcome.MISTAKE);
  }

  /** While a training waits: runs statements that only look. Empty if they do more, or bind a name; then none of them is run. */
  private Optional<Outcome> aside(String text) {
    Source source = new Source("prompt", text, false);
    Parsed parsed = ScriptParser.parse(source);
    Checked checked = Checker.check(source, parsed.script(), scope);
    if (!checked.actions().stream().allMatch(Runner::looks)) {
      return Optional.empty();
    }
    return Optional.of(boundary.around(
        source, new Span(0, 0), () -> told(sorted(source, parsed, checked)).orElseGet(() -> runner.aside(source, checked.actions()))));
  }

  /** One statement after the other, so that each can be taken back. */
  private Outcome typed(Source source, Script script) {
    int from = 0;
    for (Statement statement : script.statements()) {
      String text = source.text(new Span(from, statement.span().end())).strip().replaceFirst("^;\\s*", "");
      Outcome outcome = typed(source, statement, text);
      if (outcome != Outcome.OK) {
        return outcome;
      }
      from = statement.span().end();
    }
    return Outcome.OK;
  }

  /** One statement. If it fails, it changes nothing. */
  private Outcome typed(Source source, Statement statement, String text) {
    Moment before = now();
    Outcome outcome = boundary.around(source, statement.span(), () -> {
      Checked checked = Checker.check(source, new Script(List.of(statement)), scope);
      Outcome ended = runner.run(source, checked.actions());
      if (ended.isKept()) {
        entered(repeating(text, statement, checked), statement, checked.scope());
        timeline.done(text, before);
      }
      return ended;
    });
    if (!outcome.isKept()) {
      restore(before);
    }
    return outcome;
  }

  /** With what was done by hand, if it was a training that somebody changed. */
  private String repeating(String text, Statement statement, Checked checked) {
    if (statement instanceof Statement.Train train && checked.actions().getFirst() instanceof Action.Train(var run)) {
      return Changed.repeated(text, statement.span().end() - text.length(), train, run.settings().changes(), workspace.known(run).changes());
    }
    return text;
  }

  private void entered(String text, Statement statement, Scope after) {
    String result = scope.nextResult();
    boolean unnamed = statement.binds().isEmpty() && after.find(result).isPresent();
    if (unnamed && statement instanceof Statement.Train) {
      listener.on(new SessionEvent.Value(result, "this training"));
    }
    List<Entry> all = new ArrayList<>(entries);
    all.add(new Entry(text, unnamed ? Optional.of(result) : statement.binds().map(Name::text), unnamed));
    entries = List.copyOf(all);
    scope = after;
  }

  /** What {@link #run} would report before it runs anything. */
  public List<Diagnostic> check(Source source) {
    Parsed parsed = ScriptParser.parse(source);
    return sorted(source, parsed, Checker.check(source, parsed.script(), scope));
  }

  /** What a script has wrong that knows nothing of this session. */
  public List<Diagnostic> checkAlone(Source source) {
    return Checkup.of(source).diagnostics();
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

  /** The call that is being typed, as it is called: {@code conv(channels, kernel, stride = 1, …)}. */
  public Optional<String> tip(String before) {
    return Completions.tip(scope, before);
  }

  /** The forms of a verb that fit what has been given so far. @param given whole arguments */
  public List<Verb> forms(String verb, String given) {
    return Offers.forms(scope, verb, given);
  }

  /** What the network that is being typed makes so far. */
  public Optional<Preview> preview(String text) {
    return Preview.of(scope, text);
  }

  /** What has been bound so far: name, kind and figures. */
  public Table bound() {
    return Inventory.of(scope, workspace);
  }

  /** Whether a name has been bound by what was run. */
  public boolean knows(String name) {
    return scope.boundNames().containsKey(name);
  }

  /** A number that has been bound, or that is the last result. */
  public Optional<Constant> value(String name) {
    return scope.find(name).map(Scope.Bound::definition).flatMap(d -> switch (d) {
      case Definition.Value(Formula.Known(Constant value)) -> Optional.of(value);
      case Definition.Value _ -> workspace.known(name).flatMap(r -> r instanceof Result.Plain(Constant value) ? Optional.of(value) : Optional.empty());
      case Definition _ -> Optional.empty();
    });
  }

  /**
   * The number that a name has at the end of a text. The text is run without anybody hearing of it, and leaves no trace. Empty if it has a
   * mistake, or the name is bound to no number: {@code ask("a = 2 * x", "a")}.
   */
  public OptionalDouble ask(String text, String name) {
    Source source = new Source("prompt", text);
    Parsed parsed = ScriptParser.parse(source);
    Checked checked = Checker.check(source, parsed.script(), scope);
    if (sorted(source, parsed, checked).stream().anyMatch(Diagnostic::isError)) {
      return OptionalDouble.empty();
    }
    Moment before = now();
    SessionListener nobody = _ -> {};
    try (Runner quiet = new Runner(options, nobody, workspace, _ -> Optional.empty())) {
      Outcome outcome = new Boundary(nobody).around(source, new Span(0, 0), () -> quiet.run(source, checked.actions()));
      scope = checked.scope();
      Optional<Constant> value = outcome == Outcome.OK ? value(name) : Optional.empty();
      return value.isPresent() && value.get() instanceof Constant.Num(double number) ? OptionalDouble.of(number) : OptionalDouble.empty();
    } finally {
      restore(before);
    }
  }

  /** The names that statements have bound, from a certain one on, in order. @param from so many statements were typed before */
  public List<String> names(int from) {
    return entries.stream().skip(from).flatMap(e -> e.binds().stream()).toList();
  }

  /** The statements that were typed and succeeded, as a script that runs. */
  public String script() {
    return Transcript.of(entries);
  }

  /** How many there are. */
  public int statements() {
    return entries.size();
  }

  /** Takes the last statement back: names, values and parameters are as before it. What it was; empty if there is none. */
  public Optional<String> undo() {
    return timeline.back(now()).map(this::moved);
  }

  /** Puts back what was taken back last. */
  public Optional<String> redo() {
    return timeline.forth(now()).map(this::moved);
  }

  /** Forgets everything; that can be taken back, too. */
  public void reset() {
    timeline.done(":reset", now());
    restore(new Moment(new Scope(), Workspace.Contents.NONE, List.of()));
  }

  public Options options() {
    return options;
  }

  /** From now on so many threads compute; no result depends on it. */
  public void threads(int threads) {
    Options other = new Options(threads, options.seed(), options.kernels(), options.profile(), options.language());
    // There may not be so many.
    Runner started = new Runner(other, listener, workspace, this::aside);
    runner.close();
    runner = started;
    options = other;
  }

  private String moved(Timeline.Move move) {
    restore(move.to());
    return move.what();
  }

  private Moment now() {
    return new Moment(scope, workspace.contents(), entries);
  }

  private void restore(Moment moment) {
    scope = moment.scope();
    workspace.restore(moment.contents());
    entries = moment.entries();
  }

  public Completeness completeness(String text) {
    return ScriptParser.completeness(text);
  }

  /** From any thread: a training or sweep asks how it goes on, after the current batch; all else is given up. */
  public void interrupt() {
    runner.interrupt();
  }

  /** What is wrong with imported files comes first, then this source from top to bottom. */
  static List<Diagnostic> sorted(Source source, Parsed parsed, Checked checked) {
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
