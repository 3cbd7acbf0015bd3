package dev.lanewise.dsl.check.network;

import dev.lanewise.dsl.check.expression.Formulas;
import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.Edit;
import dev.lanewise.dsl.diagnostic.Problems;
import dev.lanewise.dsl.diagnostic.Remedy;
import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.dsl.diagnostic.Suggestions;
import dev.lanewise.dsl.meaning.CheckedNet;
import dev.lanewise.dsl.meaning.Constant;
import dev.lanewise.dsl.scope.Definition;
import dev.lanewise.dsl.scope.Scope;
import dev.lanewise.dsl.syntax.Expression;
import dev.lanewise.dsl.syntax.Name;
import dev.lanewise.dsl.syntax.Statement;
import dev.lanewise.dsl.syntax.Step;
import dev.lanewise.runtime.data.Field;
import dev.lanewise.runtime.operation.Computation;
import dev.lanewise.runtime.operation.Given;
import dev.lanewise.runtime.operation.Layer;
import dev.lanewise.runtime.operation.PaddingAware;
import dev.lanewise.runtime.spec.ShapeException;
import dev.lanewise.runtime.tensor.Shape;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What everything that checks a step of a network works on, and what most of it does. */
final class Building {
  private static final Pattern COLON = Pattern.compile("\\s*:[ \\t]*");

  final Growing net = new Growing();
  /** Blocks that are being unfolded. */
  final Deque<Statement.Block> open = new ArrayDeque<>();
  /** What the next step stands in. */
  private final List<CheckedNet.Use> uses = new ArrayList<>();
  private int used;
  /** Those of the network, or of the block that is being unfolded; likewise the others. */
  Names names;
  Scope scope;
  Problems problems;
  /** What the network is called. */
  final String name;
  /** The steps that stand in one list with the one at hand. */
  List<Step> beside = List.of();
  /** Once a step has a mistake, the shapes behind it are not known. */
  boolean lost;

  Building(Source source, Scope scope, Problems problems, String name) {
    this.name = name;
    this.scope = scope;
    this.problems = problems;
    this.names = new Names(source, "");
  }

  /** Reports, and gives up on the shapes behind. */
  void fail(Code code, Span span, String message, String remedy) {
    fail(code, span, message, Remedy.say(remedy));
  }

  void fail(Code code, Span span, String message, Remedy remedy) {
    problems.report(code, span, message, remedy);
    lost = true;
  }

  void later(Span span, String what) {
    problems.unsupported(span, what);
    lost = true;
  }

  void bind(Name name, Expression value) {
    Optional<Constant> constant = formulas().constant(value);
    if (constant.isEmpty()) {
      lost = true;
    } else {
      bind(name, constant.get());
    }
  }

  void bind(Name name, Constant value) {
    if (names.locals().put(name.text(), value) != null) {
      fail(Code.L007, name.span(), "`" + name.text() + "` is already bound here", "choose another name");
    }
  }

  Optional<Integer> read(Name label) {
    Integer value = names.labelled().get(label.text());
    names.markRead(label.text());
    if (value == null && !lost) {
      fail(
          Code.L028, label.span(), "nothing before this is called `" + label.text() + "`",
          Suggestions.remedy(label.span(), label.text(), names.labelled().keySet()));
    }
    if (value != null && !lost && !net.sees(value)) {
      fail(
          Code.L101, label.span(), "`@" + label.text() + "` is " + net.whole(value) + ", but inside of `each` a value has " + net.places() + " places",
          "read what is a sequence of that length");
    }
    return Optional.ofNullable(value).filter(_ -> !lost);
  }

  /** Expressions may read what is bound here, and {@code in}: the shape that the step takes. */
  Formulas formulas() {
    Map<String, Constant> known = new HashMap<>(names.locals());
    if (net.hasInput() && !lost) {
      shape(known);
    }
    return new Formulas(lost ? withoutShape() : scope, known, problems);
  }

  /** Behind a mistake nobody knows what {@code in} is, and that is told already. */
  private Scope withoutShape() {
    Scope unknown = scope.copy();
    unknown.bind("in", new Scope.Bound(new Definition.Faulty(), names.source(), new Span(0, 0)));
    return unknown;
  }

  void shape(Map<String, Constant> known) {
    Shape in = net.shape();
    known.put("in.features", new Constant.Num(in.size()));
    known.put("in.channels", new Constant.Num(in.channels()));
    if (in.isImage()) {
      known.put("in.height", new Constant.Num(in.dim(1)));
      known.put("in.width", new Constant.Num(in.dim(2)));
    }
    if (in.isSequence()) {
      known.put("in.length", new Constant.Num(in.dim(1)));
    }
  }

  /** Whether the shape is known that the step takes. */
  boolean started(Step.Apply step, String word) {
    if (!net.hasInput() && !lost) {
      fail(
          Code.L018, step.span(), "a network starts with its input, not with `" + word + "`", new Misfits(this).start(step, word));
    }
    return !lost;
  }

  /** Whether the step gets numbers, as one must that computes with them. */
  boolean getsNumbers(Step.Apply step, String word, int value) {
    if (!lost && net.bound(value) > 0) {
      misfit(step, Layer.ofWhole(word, net.shape(value), net.bound(value)));
    }
    return !lost;
  }

  /** One more input of the network. */
  void given(String name, Field field, Span span) {
    CheckedNet.Layer layer = new CheckedNet.Layer(
        name, "input " + field.kind(), new Given(field.shape(), field.bound(), field.padded()), List.of(), name, uses, names.source(), span);
    lost |= !net.add(layer, problems);
  }

  void add(Optional<String> label, String kind, Computation computation, List<Integer> inputs, Step.Apply step) {
    String name = label.map(names::full).orElseGet(() -> names.numbered(kind));
    grow(name, computation, inputs, name, step);
  }

  /** @param shared the name of the layer whose parameters it uses */
  void grow(String name, Computation computation, List<Integer> inputs, String shared, Step.Apply step) {
    Optional<Computation> done = everywhere(computation, step);
    if (done.isEmpty()) {
      return;
    }
    Padded padded = Padded.of(net, done.get(), inputs);
    if (padded.blind()) {
      String word = step.callee().dotted().orElse("");
      problems.report(
          Code.L102, step.span(), "`" + word + "` does not know of padding: its places are 0 here, and behind it they count like others",
          word.equals("conv") ? "pad = same keeps the places apart" : "");
    }
    if (padded.counts()) {
      problems.report(
          Code.L102, step.span(), "`" + step.callee().dotted().orElse("") + "` does not know of padding: its places are 0 here, and count in its means like others",
          "layernorm(over = channels) takes the mean of each place by itself");
    }
    lost |= !net.add(new CheckedNet.Layer(name, call(step), padded.computation(), padded.inputs(), shared, uses, names.source(), step.span()), problems);
    net.padded(done.get(), padded.tokens());
  }

  /** What a step does, inside of {@code each} at every place; empty, and reported, if that cannot be. */
  Optional<Computation> everywhere(Computation computation, Step.Apply step) {
    Shape made = computation.outputs().getFirst().shape();
    if (net.isInside() && !made.isFlat()) {
      fail(Code.L101, step.span(), "what is made at one place is a row of channels, but this makes " + made, "put it before or after `each { … }`");
      return Optional.empty();
    }
    try {
      return Optional.of(net.everywhere(computation));
    } catch (ShapeException e) {
      misfit(step, e);
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      fail(Code.L101, step.span(), "`" + step.callee().dotted().orElse("") + "` cannot be done at one place: it looks across the batch", "put it before or after `each { … }`");
      return Optional.empty();
    }
  }

  void add(Optional<String> label, String kind, Optional<Computation> layer, Step.Apply step) {
    lost |= layer.isEmpty();
    layer.ifPresent(l -> add(label, kind, l, List.of(net.current()), step));
  }

  String call(Step.Apply step) {
    return new CallText(this).of(step);
  }

  /** Goes through what stands in a block or turn together. @param name empty for a turn */
  void within(String name, String call, Runnable steps) {
    uses.add(new CheckedNet.Use(++used, name, call));
    steps.run();
    uses.removeLast();
  }

  void misfit(Step.Apply step, ShapeException e) {
    misfit(step, e, new Misfits(this).of(step, e));
  }

  void misfit(Step.Apply step, ShapeException e, Remedy remedy) {
    if (net.isInside() && (e.problem() == ShapeException.Problem.NEEDS_IMAGE || e.problem() == ShapeException.Problem.NEEDS_SEQUENCE)) {
      problems.report(
          Code.L101, step.span(), "`" + step.callee().dotted().orElse("") + "` looks at several places, but inside of `each` there is one at a time", "put it before or after `each { … }`");
    } else {
      problems.report(step.span(), e, remedy, names.trail(step.span()));
    }
    lost = true;
  }

  /** The names that a definition sees: those of its own file, if it is imported. */
  Scope home(Scope.Bound bound) {
    return bound.home() == null ? scope : bound.home();
  }

  /** Where mistakes inside a definition are told, and of which use. */
  Problems inside(Source source, Name definition) {
    return source == names.source() ? problems : problems.inside(source, () -> " (in " + definition.text() + ")");
  }

  /** A proposal: perhaps somebody should read it. */
  private Remedy unlabelled(String label) {
    Span span = names.span(label);
    Matcher colon = COLON.matcher(names.source().text()).region(span.end(), names.source().text().length());
    String words = "remove it, or read it with @" + label;
    return colon.lookingAt() ? Remedy.of(words, Edit.remove(new Span(span.start(), colon.end()))).perhaps() : Remedy.say(words);
  }

  /** A label names the parameters of its layer or block; where there are none, somebody should read the value. */
  void unread() {
    for (String label : names.unread()) {
      boolean named = names.layer(label).isEmpty()
          || !net.layer(names.labelled().get(label)).computation().parameters().isEmpty();
      if (!named) {
        problems.report(Code.L046, names.span(label), "nobody reads this label", unlabelled(label));
      }
    }
  }
}
