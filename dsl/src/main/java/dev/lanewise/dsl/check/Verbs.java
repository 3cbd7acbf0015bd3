package dev.lanewise.dsl.check;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.dsl.syntax.Argument;
import dev.lanewise.dsl.syntax.Expression;
import dev.lanewise.dsl.syntax.Statement;
import dev.lanewise.runtime.operation.Computation;
import dev.lanewise.runtime.symbolic.Derivative;
import dev.lanewise.runtime.symbolic.Term;
import dev.lanewise.runtime.tensor.Shape;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Checks the calls that do something with a network: test, save, load, show, profile. */
record Verbs(Formulas formulas, Problems problems) {
  static final Set<String> NAMES = Set.of("test", "save", "load", "show", "profile", "gradcheck", "plot", "confusion");

  /** What a call of a verb does, if its arguments fit. */
  Optional<Formula> formula(Expression.Call c, String verb) {
    List<Argument> arguments = c.arguments();
    if (verb.equals("show") && !arguments.isEmpty() && formulas.lookups().function(arguments.getFirst().value()).isPresent()) {
      return function(c, formulas.lookups().function(arguments.getFirst().value()).get());
    }
    if (verb.equals("plot")) {
      return plot(c);
    }
    if (verb.equals("gradcheck") && arguments.size() == 1) {
      return gradcheck(c, arguments.getFirst().value());
    }
    if (verb.equals("show") && arguments.size() == 2) {
      return show(c, arguments.getFirst(), arguments.getLast());
    }
    int wanted = verb.equals("show") || verb.equals("gradcheck") ? 1 : 2;
    for (Argument a : arguments) {
      if (a.name().isPresent()) {
        return problems.report(
            Code.L009, a.span(), "`" + verb + "` has no argument `" + a.name().get().text() + "`", "");
      }
    }
    if (arguments.size() < wanted) {
      boolean file = verb.equals("save") || verb.equals("load");
      String missing = arguments.isEmpty() ? "a network" : file ? "a file" : "data";
      return problems.report(Code.L010, c.span(), "`" + verb + "` needs " + missing, "");
    }
    if (arguments.size() > wanted) {
      return problems.report(
          Code.L019, arguments.get(wanted).span(), "`" + verb + "` takes " + wanted + " argument" + (wanted == 1 ? "" : "s"), "");
    }
    Optional<CheckedNet> net = formulas.lookups().net(arguments.getFirst().value());
    return switch (verb) {
      case "show" -> net.map(Formula.Show::new);
      case "test" -> test(c, net, formulas.lookups().data(arguments.get(1).value())).map(t -> t);
      case "confusion" -> test(c, net, formulas.lookups().data(arguments.get(1).value()))
          .map(t -> new Formula.ShowConfusion(t.net(), t.data(), t.loss()));
      case "profile" -> test(c, net, formulas.lookups().data(arguments.get(1).value()))
          .map(t -> new Formula.Profile(t.net(), t.data(), t.loss()));
      default -> file(c, verb, net, formulas.constant(arguments.get(1).value()));
    };
  }

  /** {@code show(Net, plan)}, also passes and memory, and {@code show(Net, kernel = layer)}. */
  private Optional<Formula> show(Expression.Call c, Argument first, Argument second) {
    Optional<CheckedNet> net = formulas.lookups().net(first.value());
    Optional<Computation> loss = net.flatMap(n -> loss(c.span(), n));
    Optional<String> word = second.value() instanceof Expression.Word w ? Optional.of(w.text()) : Optional.empty();
    Optional<Formula.View> view = second.name().isEmpty() ? word.flatMap(Verbs::view) : Optional.empty();
    boolean kernel = second.name().isPresent() && second.name().get().text().equals("kernel") && word.isPresent();
    if (view.isEmpty() && !kernel) {
      return problems.report(
          Code.L073, second.span(), "`show` shows a network, its plan, passes or memory, or a layer's kernels",
          "write show(Net), show(Net, plan) or show(Net, kernel = conv1)");
    }
    if (net.isEmpty() || loss.isEmpty()) {
      return Optional.empty();
    }
    if (view.isPresent()) {
      return Optional.of(new Formula.ShowPlan(net.get(), view.get(), loss.get()));
    }
    List<String> layers = net.get().layers().stream().map(CheckedNet.Layer::name).toList();
    return layers.contains(word.get())
        ? Optional.of(new Formula.ShowKernel(net.get(), word.get(), loss.get()))
        : formulas.unknown(second.value().span(), "layer", word.get(), layers);
  }

  /** {@code show(swish)}, and {@code show(swish, gradient)}: its derivative. */
  private Optional<Formula> function(Expression.Call c, Statement.Function f) {
    boolean gradient = c.arguments().size() == 2
        && c.arguments().get(1).name().isEmpty()
        && c.arguments().get(1).value() instanceof Expression.Word(Span _, String word)
        && word.equals("gradient");
    if (c.arguments().size() > 1 && !gradient) {
      return problems.report(Code.L073, c.arguments().get(1).span(), "a function has a gradient to show", "write show(" + f.name().text() + ", gradient)");
    }
    Optional<Term> formula = formulas.lookups().term(f, c.span());
    String x = f.parameters().isEmpty() ? "x" : f.parameters().getFirst().name().text();
    return formula.map(t -> gradient ? Derivative.of(t, "x") : t)
        .map(t -> t.replace(Term.variable("x"), Term.variable(x)))
        .map(t -> new Formula.ShowFormula(f.name().text() + (gradient ? "'" : "") + "(" + x + ")", t.toString()));
  }

  /** {@code gradcheck(swish)}, {@code gradcheck(focal)}, {@code gradcheck(Linear(3))}, {@code gradcheck(Net)}. */
  private Optional<Formula> gradcheck(Expression.Call c, Expression what) {
    Optional<Statement.Function> function = formulas.lookups().function(what);
    if (function.isPresent() && LossCalls.isLoss(function.get())) {
      String name = function.get().name().text();
      return new LossCalls(formulas, problems).bind(name, List.of(), c.span(), c.span(), Shape.of(Formula.CheckLoss.OUTPUTS))
          .map(l -> new Formula.CheckLoss(name, l));
    }
    if (function.isPresent()) {
      return formulas.lookups().term(function.get(), c.span()).map(t -> new Formula.CheckFunction(function.get().name().text(), t));
    }
    Optional<CheckedNet> net = formulas.probe().isStep(what) ? formulas.probe().net(what) : formulas.lookups().net(what);
    Optional<Computation> loss = net.flatMap(n -> loss(c.span(), n));
    return loss.map(l -> new Formula.CheckNet(net.get(), l));
  }

  /** {@code plot(swish, from = -4, to = 4)}, also of several functions; {@code plot(run)}. */
  private Optional<Formula> plot(Expression.Call c) {
    Map<String, Term> functions = new LinkedHashMap<>();
    Map<String, Double> range = new HashMap<>(Map.of("from", -4.0, "to", 4.0));
    for (Argument a : c.arguments()) {
      Optional<CheckedTrain> run = formulas.lookups().run(a.value());
      Optional<Statement.Function> function = formulas.lookups().function(a.value());
      if (a.name().isEmpty() && run.isPresent() && c.arguments().size() == 1) {
        return Optional.of(new Formula.PlotRun(run.get()));
      }
      if (a.name().isPresent() && range.containsKey(a.name().get().text())) {
        Optional<Constant> value = formulas.constant(a.value());
        if (value.isEmpty() || !(value.get() instanceof Constant.Num(double number))) {
          return value.isEmpty() ? Optional.empty() : problems.report(Code.L011, a.span(), "this is a number, not " + value.get(), "");
        }
        range.put(a.name().get().text(), number);
      } else if (a.name().isPresent()) {
        return problems.report(Code.L009, a.span(), "`plot` has no argument `" + a.name().get().text() + "`", "it has `from` and `to`");
      } else if (elementary(a).isPresent()) {
        functions.put(Formulas.dotted(a.value()).orElseThrow(), elementary(a).get());
      } else if (function.isEmpty()) {
        return problems.report(
            Code.L021, a.span(), "`plot` shows functions, or a training run", "plot(relu6, from = -2, to = 8), or base = train … and plot(base)");
      } else {
        Optional<Term> term = formulas.lookups().term(function.get(), c.span());
        if (term.isEmpty()) {
          return Optional.empty();
        }
        functions.put(function.get().name().text(), term.get());
      }
    }
    if (functions.isEmpty()) {
      return problems.report(Code.L010, c.span(), "`plot` needs a function or a training run", "");
    }
    double from = range.get("from");
    double to = range.get("to");
    return from < to && Double.isFinite(to - from)
        ? Optional.of(new Formula.Plot(functions, from, to))
        : problems.report(Code.L015, c.span(), "`from` must be below `to`", "");
  }

  /** A function that the language has without a definition, of x. */
  private Optional<Term> elementary(Argument a) {
    return Formulas.dotted(a.value())
        .filter(name -> formulas.lookups().function(name).isEmpty())
        .flatMap(name -> Elementary.call(name, List.of(Term.variable("x"))));
  }

  private static Optional<Formula.View> view(String word) {
    return Arrays.stream(Formula.View.values()).filter(v -> v.name().toLowerCase(Locale.ROOT).equals(word)).findFirst();
  }

  private Optional<Formula.Test> test(Expression.Call c, Optional<CheckedNet> net, Optional<CheckedData> data) {
    return net.isPresent() && data.isPresent() && formulas.lookups().fits(c.span(), net.get(), data.get())
        ? loss(c.span(), net.get()).map(l -> new Formula.Test(c.span(), net.get(), data.get(), l))
        : Optional.empty();
  }

  private Optional<Formula> file(Expression.Call c, String verb, Optional<CheckedNet> net, Optional<Constant> path) {
    if (net.isEmpty() || path.isEmpty()) {
      return Optional.empty();
    }
    if (!(path.get() instanceof Constant.Text(String text))) {
      return problems.report(
          Code.L077, c.arguments().get(1).span(), "`" + verb + "` needs a file name in quotes, not " + path.get(), "");
    }
    return Optional.of(
        verb.equals("save") ? new Formula.Save(c.span(), net.get(), text) : new Formula.Load(c.span(), net.get(), text));
  }

  /** Cross-entropy where the output allows it, squared error where it does not. */
  private Optional<Computation> loss(Span span, CheckedNet net) {
    String name = net.output().isFlat() && net.output().size() == 1 ? "mse" : "cross_entropy";
    return new LossCalls(formulas, problems).bind(name, List.of(), span, span, net, 1);
  }
}
