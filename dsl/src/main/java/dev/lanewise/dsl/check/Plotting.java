package dev.lanewise.dsl.check;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.dsl.meaning.CheckedData;
import dev.lanewise.dsl.meaning.CheckedNet;
import dev.lanewise.dsl.meaning.CheckedTrain;
import dev.lanewise.dsl.meaning.Constant;
import dev.lanewise.dsl.syntax.Argument;
import dev.lanewise.dsl.syntax.Expression;
import dev.lanewise.dsl.syntax.Statement;
import dev.lanewise.runtime.symbolic.Term;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Checks the calls of {@code plot}: of functions ({@code plot(swish, from = -4, to = 4)}), of training runs ({@code plot(a, b)}), of what a
 * network makes of the plane ({@code plot(Net, points)}). All take {@code to = "file.png"}.
 */
record Plotting(Verbs verbs) {
  Optional<Formula> formula(Expression.Call c) {
    return new Targets(verbs).split(c, "plot").flatMap(s -> formula(c, s.others(), s.target()));
  }

  private Optional<Formula> formula(Expression.Call c, List<Argument> arguments, Formula.Target target) {
    if (arguments.isEmpty()) {
      return verbs.problems().report(Code.L010, c.span(), "`plot` needs a function, a training run, or a network and points", "");
    }
    Expression first = arguments.getFirst().value();
    if (lookups().run(first).isPresent()) {
      return runs(arguments, target);
    }
    return isNet(first) ? boundary(c, arguments, target) : functions(c, arguments, target);
  }

  private Lookups lookups() {
    return verbs.formulas().lookups();
  }

  private boolean isNet(Expression expression) {
    return lookups().isNet(expression);
  }

  private Optional<Formula> runs(List<Argument> arguments, Formula.Target target) {
    List<CheckedTrain> runs = new ArrayList<>();
    for (Argument a : arguments) {
      Optional<CheckedTrain> run = lookups().run(a.value());
      if (a.name().isPresent()) {
        return unknown(a);
      }
      if (run.isEmpty()) {
        return verbs.problems().report(
            Code.L021, a.span(), "this is no training run, as the first is", "plot runs with runs, functions with functions");
      }
      runs.add(run.get());
    }
    return Optional.of(new Formula.PlotRuns(runs, target));
  }

  private Optional<Formula> boundary(Expression.Call c, List<Argument> arguments, Formula.Target target) {
    if (arguments.size() != 2 || arguments.getLast().name().isPresent()) {
      return verbs.problems().report(Code.L010, c.span(), "`plot` of a network needs points too", "plot(Net, points)");
    }
    Optional<CheckedNet> net = lookups().net(arguments.getFirst().value());
    Optional<CheckedData> data = lookups().data(arguments.getLast().value());
    if (data.isPresent() && !(data.get().origin().shape().isFlat() && data.get().origin().shape().size() == 2)) {
      return verbs.problems().report(
          Code.L073, arguments.getLast().span(), "a plane has 2 numbers a point, but the examples are " + data.get().origin().shape(),
          "show(Net) prints the layers, mistakes(Net, data) what it gets wrong");
    }
    return verbs.test(c, net, data).filter(t -> verbs.hasClasses(c, "plot", t.data())).map(t -> new Formula.PlotBoundary(t.net(), t.data(), t.loss(), target));
  }

  private Optional<Formula> functions(Expression.Call c, List<Argument> arguments, Formula.Target target) {
    Map<String, Term> functions = new LinkedHashMap<>();
    Map<String, Double> range = new HashMap<>(Map.of("from", -4.0, "to", 4.0));
    for (Argument a : arguments) {
      boolean read = a.name().isPresent() ? end(a, range) : function(a, c.span(), functions);
      if (!read) {
        return Optional.empty();
      }
    }
    if (functions.isEmpty()) {
      return verbs.problems().report(Code.L010, c.span(), "`plot` needs a function or a training run", "");
    }
    double from = range.get("from");
    double to = range.get("to");
    return from < to && Double.isFinite(to - from)
        ? Optional.of(new Formula.Plot(functions, from, to, target))
        : verbs.problems().report(Code.L015, c.span(), "`from` must be below `to`", "");
  }

  /** An end of the range; false, and reported, if it is none. */
  private boolean end(Argument a, Map<String, Double> range) {
    if (!range.containsKey(a.name().orElseThrow().text())) {
      return unknown(a).isPresent();
    }
    Optional<Constant> value = verbs.formulas().constant(a.value());
    if (value.isPresent() && value.get() instanceof Constant.Num(double number)) {
      range.put(a.name().get().text(), number);
      return true;
    }
    value.ifPresent(v -> verbs.problems().report(Code.L011, a.span(), "this is a number, not " + v, ""));
    return false;
  }

  private boolean function(Argument a, Span call, Map<String, Term> functions) {
    Optional<Statement.Function> function = lookups().function(a.value());
    Optional<Term> elementary = a.value().dotted().flatMap(name -> Elementary.call(name, List.of(Term.variable("x"))));
    if (function.isEmpty() && elementary.isPresent()) {
      functions.put(a.value().dotted().orElseThrow(), elementary.get());
      return true;
    }
    if (function.isEmpty()) {
      verbs.problems().report(
          Code.L021, a.span(), "`plot` shows functions, or a training run", "plot(relu6, from = -2, to = 8), or base = train … and plot(base)");
      return false;
    }
    Optional<Term> term = lookups().term(function.get(), call);
    term.ifPresent(t -> functions.put(function.get().name().text(), t));
    return term.isPresent();
  }

  private Optional<Formula> unknown(Argument a) {
    return verbs.problems().report(
        Code.L009, a.span(), "`plot` has no argument `" + a.name().orElseThrow().text() + "`", "it has `from` and `to`");
  }
}
