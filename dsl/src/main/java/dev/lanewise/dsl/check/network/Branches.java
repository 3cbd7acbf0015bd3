package dev.lanewise.dsl.check.network;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.Edit;
import dev.lanewise.dsl.diagnostic.Remedy;
import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.dsl.syntax.Expression;
import dev.lanewise.dsl.syntax.Name;
import dev.lanewise.dsl.syntax.Step;
import dev.lanewise.runtime.spec.ShapeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Where a network branches and meets again: add, mul, concat, and heads. */
record Branches(Building at, Consumer<List<Step>> steps) {
  /** {@code add}, {@code mul} and {@code concat}: of paths that all begin here, or of this value and labelled ones. */
  void join(Step.Apply step, String word, Optional<String> label) {
    if (!at.started(step, word)) {
      return;
    }
    int from = at.net.current();
    List<Integer> ends = new ArrayList<>();
    if (step.body().isEmpty()) {
      ends.add(from);
    }
    for (var argument : step.arguments()) {
      if (argument.value() instanceof Expression.Labelled(Span _, Name read)) {
        at.read(read).ifPresent(ends::add);
      } else {
        at.fail(Code.L039, argument.span(), "`" + word + "` takes labels: " + word + "(@name)", labelled(argument.value()));
      }
    }
    for (Step s : step.body().orElse(List.of())) {
      at.net.goTo(from);
      if (s instanceof Step.Path(Span _, List<Step> path)) {
        steps.accept(path);
        ends.add(at.net.current());
      } else if (!(s instanceof Step.Broken)) {
        at.fail(
            Code.L038, s.span(), "`" + word + " { … }` holds paths",
            Remedy.of("write path { … } around this", Edit.insert(s.span().start(), "path { "), Edit.insert(s.span().end(), " }")).perhaps());
      }
    }
    if (!at.lost && ends.size() < 2) {
      at.fail(Code.L039, step.span(), "`" + word + "` needs two values or more", "write " + word + "(@label), or two paths");
    }
    ends.forEach(value -> at.getsNumbers(step, word, value));
    if (!at.lost) {
      try {
        Joins joins = new Joins(word, ends, at.net::shape);
        at.add(label, word, joins.operation(), ends, step);
      } catch (ShapeException e) {
        at.misfit(step, e);
      }
    }
  }

  /** A label without its sign, or in quotes. */
  private Remedy labelled(Expression value) {
    String name = value instanceof Expression.Text(Span _, String text) ? text : value.dotted().orElse("");
    return at.names.labelled().containsKey(name) ? Remedy.write(value.span(), "@" + name) : Remedy.NONE;
  }

  /** What branches off here becomes a further output; the network goes on with the value before. */
  void head(Step.Head step) {
    if (at.net.isInside()) {
      at.fail(Code.L101, step.span(), "a head is an output of the whole network: it cannot stand inside of `each`", "put it behind `each { … }`");
    } else if (!at.net.hasInput() && !at.lost) {
      at.fail(Code.L018, step.span(), "a network starts with its input, not with a head", "add `input 1x28x28` before it");
    } else if (!at.names.take(step.name().text())) {
      at.fail(
          Code.L035, step.name().span(), "the name `" + step.name().text() + "` is already taken",
          Remedy.write(step.name().span(), at.names.free(step.name().text())));
    }
    int before = at.net.current();
    Names outside = at.names;
    at.names = outside.inner(step.name().text());
    steps.accept(step.steps());
    if (!at.lost) {
      at.unread();
    }
    at.names = outside;
    if (!at.lost) {
      at.net.head(outside.full(step.name().text()));
    }
    at.net.goTo(before);
  }
}
