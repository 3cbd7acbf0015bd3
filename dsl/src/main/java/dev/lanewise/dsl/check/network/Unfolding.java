package dev.lanewise.dsl.check.network;

import dev.lanewise.dsl.check.expression.Calls;
import dev.lanewise.dsl.check.expression.UserCalls;
import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.Problems;
import dev.lanewise.dsl.meaning.Constant;
import dev.lanewise.dsl.scope.Scope;
import dev.lanewise.dsl.syntax.Parameter;
import dev.lanewise.dsl.syntax.Statement;
import dev.lanewise.dsl.syntax.Step;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Steps that stand for others: a block, the branch of an {@code if}, the turns of a {@code repeat}. */
record Unfolding(Building at, Consumer<List<Step>> steps) {
  /** Letters of a name in a message. */
  private static final int LONGEST_NAME = 40;

  /** Blocks inside blocks. */
  private static final int DEEPEST = 100;

  /** Unfolds a block: its steps, with names of their own. */
  void use(Step.Apply step, Statement.Block block, Scope.Bound bound, Optional<String> label) {
    String name = label.map(at.names::full).orElseGet(() -> at.names.numbered(block.name().text()));
    if (at.open.contains(block)) {
      at.fail(Code.L027, step.span(), "the block `" + block.name().text() + "` contains itself", "");
      return;
    }
    if (at.open.size() == DEEPEST) {
      at.fail(Code.L005, step.span(), "more than " + DEEPEST + " blocks inside each other", "");
      return;
    }
    Optional<Map<String, Constant>> arguments = new UserCalls(at.formulas(), at.problems).bind(block.name(), block.parameters(), step.arguments(), step.span());
    at.lost |= arguments.isEmpty();
    if (!at.started(step, block.name().text())) {
      return;
    }
    String call = at.call(step);
    Names outside = at.names;
    Problems before = at.problems;
    Scope around = at.scope;
    String file = bound.source() == outside.source() ? "" : outside.source().name() + " ";
    at.names = new Names(bound.source(), name + ".");
    at.problems = before.inside(
        bound.source(),
        () -> " (in " + brief(name) + ", " + file + "line " + outside.source().position(step.span().start()).line() + ")");
    at.scope = at.home(bound);
    at.names.locals().putAll(arguments.get());
    for (Parameter p : block.parameters()) {
      if (!at.names.locals().containsKey(p.name().text())) {
        at.bind(p.name(), p.fallback().orElseThrow());
      }
    }
    at.open.push(block);
    at.within(name, call, () -> steps.accept(block.steps()));
    at.open.pop();
    if (!at.lost) {
      at.unread();
    }
    at.names = outside;
    at.problems = before;
    at.scope = around;
  }

  /** The end of a long name says most. */
  private static String brief(String name) {
    return name.length() <= LONGEST_NAME ? name : "…" + name.substring(name.length() - LONGEST_NAME);
  }

  void choose(Step.If step) {
    Optional<Constant> condition = at.lost ? Optional.empty() : at.formulas().constant(step.condition());
    if (condition.isEmpty()) {
      at.lost = true;
    } else if (condition.get() instanceof Constant.Flag(boolean holds)) {
      steps.accept(holds ? step.then() : step.otherwise());
    } else {
      at.fail(Code.L036, step.condition().span(), "`if` needs a comparison, not " + condition.get(), "");
    }
  }

  void repeat(Step.Repeat step) {
    Optional<Constant> times = at.lost ? Optional.empty() : at.formulas().constant(step.times());
    Optional<Integer> count = times.flatMap(Calls::whole);
    if (times.isPresent() && count.isEmpty()) {
      at.fail(Code.L037, step.times().span(), "`repeat` needs a whole number, not " + times.get(), "");
    } else if (count.isPresent() && count.get() > Growing.MOST_LAYERS) {
      at.fail(Code.L037, step.times().span(), "`repeat` repeats at most 20,000 times, not " + count.get(), "");
    }
    at.lost |= count.isEmpty();
    for (int i = 1; i <= count.orElse(0) && !at.lost; i++) {
      if (!at.net.step(step.span(), at.problems)) {
        at.lost = true;
      }
      int turn = i;
      step.as().ifPresent(name -> at.names.locals().put(name.text(), new Constant.Num(turn)));
      at.within("", "repeat", () -> steps.accept(step.steps()));
      // What a turn binds, the next binds anew.
      step.steps().forEach(s -> {
        if (s instanceof Step.Bind b) {
          at.names.locals().remove(b.name().text());
        }
      });
    }
    step.as().ifPresent(name -> at.names.locals().remove(name.text()));
  }
}
