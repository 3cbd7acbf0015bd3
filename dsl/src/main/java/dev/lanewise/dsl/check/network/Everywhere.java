package dev.lanewise.dsl.check.network;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.Edit;
import dev.lanewise.dsl.diagnostic.Remedy;
import dev.lanewise.dsl.syntax.Step;
import dev.lanewise.runtime.tensor.Shape;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** {@code each { dense(512) -> gelu -> dense(128) }}: its steps are done at every place of a sequence by itself, and see the channels of one place. */
record Everywhere(Building at, Consumer<List<Step>> steps) {
  static final String NAME = "each";

  private static final String EXAMPLE = "each { dense(8) -> relu }";

  private Remedy unwrapped(Step.Apply step) {
    List<Step> inner = step.body().orElseThrow();
    return Remedy.of("leave out the inner one", new Edit(step.span(), at.names.source().text(inner.getFirst().span().to(inner.getLast().span()))));
  }

  void each(Step.Apply step, Optional<String> label) {
    if (!at.started(step, NAME)) {
      return;
    }
    Shape in = at.net.shape();
    if (step.body().filter(b -> !b.isEmpty()).isEmpty() || !step.arguments().isEmpty()) {
      at.fail(Code.L101, step.span(), "`each` needs layers in braces, which are done at every place", "for example " + EXAMPLE);
      return;
    }
    if (at.net.isInside()) {
      at.fail(Code.L101, step.span(), "there is one place here, no sequence: `each` stands inside of `each`", unwrapped(step));
      return;
    }
    if (!in.isSequence() && at.net.bound() == 0) {
      at.fail(
          Code.L100, step.span(), "each needs a sequence, channels x length, but gets " + in,
          in.isImage() ? "write conv(n, 1) for a dense(n) at each pixel, or reshape(" + in.channels() + "x" + in.dim(1) * in.dim(2) + ") before it" : "");
      return;
    }
    if (!at.getsNumbers(step, NAME, at.net.current())) {
      return;
    }
    Names outside = at.names;
    at.names = label.map(outside::inner).orElse(outside);
    at.net.enter(in.dim(1));
    steps.accept(step.body().get());
    if (!at.lost && label.isPresent()) {
      at.unread();
    }
    at.net.leave();
    at.names = outside;
  }
}
