package dev.lanewise.dsl.check;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.Problems;
import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.dsl.meaning.CheckedData;
import dev.lanewise.dsl.meaning.CheckedNet;
import dev.lanewise.dsl.meaning.CheckedTrain;
import dev.lanewise.dsl.meaning.Constant;
import dev.lanewise.dsl.syntax.Argument;
import dev.lanewise.dsl.syntax.Expression;
import dev.lanewise.dsl.syntax.Statement;
import dev.lanewise.runtime.data.Target;
import dev.lanewise.runtime.operation.Computation;
import dev.lanewise.runtime.tensor.Shape;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Checks the calls that do something with a network: test, save, load, profile; show and plot have places of their own. */
record Verbs(Formulas formulas, Problems problems) {
  static final Set<String> NAMES = Set.of("test", "save", "load", "show", "profile", "gradcheck", "plot", "confusion", "mistakes", "predict", "report");

  /** What a call of a verb does, if its arguments fit. */
  Optional<Formula> formula(Expression.Call c, String verb) {
    List<Argument> arguments = c.arguments();
    switch (verb) {
      case "show" -> {
        return new Showing(this).formula(c);
      }
      case "predict" -> {
        return new Showing(this).predictions(c);
      }
      case "mistakes" -> {
        return new Showing(this).mistakes(c);
      }
      case "plot" -> {
        return new Plotting(this).formula(c);
      }
      default -> { }
    }
    if (verb.equals("gradcheck") && arguments.size() == 1) {
      return gradcheck(c, arguments.getFirst().value());
    }
    if (verb.equals("load") && Loads.isFrom(arguments)) {
      return new Loads(this).formula(c);
    }
    int wanted = verb.equals("gradcheck") ? 1 : 2;
    for (Argument a : arguments) {
      if (a.name().isPresent()) {
        return problems.report(
            Code.L009, a.span(), "`" + verb + "` has no argument `" + a.name().get().text() + "`", "");
      }
    }
    if (arguments.size() < wanted) {
      boolean file = verb.equals("save") || verb.equals("load") || verb.equals("report");
      String missing = arguments.isEmpty() ? verb.equals("report") ? "a training run" : "a network" : file ? "a file" : "data";
      return problems.report(Code.L010, c.span(), "`" + verb + "` needs " + missing, "");
    }
    if (arguments.size() > wanted) {
      return problems.report(
          Code.L019, arguments.get(wanted).span(), "`" + verb + "` takes " + wanted + " argument" + (wanted == 1 ? "" : "s"), "");
    }
    if (verb.equals("report")) {
      return report(c, arguments.getFirst(), arguments.get(1));
    }
    Optional<CheckedNet> net = formulas.lookups().net(arguments.getFirst().value());
    return switch (verb) {
      case "test" -> test(c, net, formulas.lookups().data(arguments.get(1).value())).map(t -> t);
      case "confusion" -> test(c, net, formulas.lookups().data(arguments.get(1).value()))
          .filter(t -> hasClasses(c, verb, t.data()))
          .map(t -> new Formula.ShowConfusion(t.net(), t.data(), t.loss()));
      case "profile" -> test(c, net, formulas.lookups().data(arguments.get(1).value()))
          .map(t -> new Formula.Profile(t.net(), t.data(), t.loss()));
      default -> file(c, verb, net, formulas.constant(arguments.get(1).value()));
    };
  }

  /** {@code gradcheck(swish)}, {@code gradcheck(focal)}, {@code gradcheck(Linear(3))}, {@code gradcheck(Net)}. */
  private Optional<Formula> gradcheck(Expression.Call c, Expression what) {
    Optional<Statement.Function> function = formulas.lookups().function(what);
    if (function.isPresent() && LossCalls.isLoss(function.get())) {
      String name = function.get().name().text();
      return new LossCalls(formulas, problems).bind(name, List.of(), c.span(), c.span(), Shape.of(Formula.CheckLoss.OUTPUTS), Target.classes(Formula.CheckLoss.OUTPUTS))
          .map(l -> new Formula.CheckLoss(name, l));
    }
    if (function.isPresent()) {
      return formulas.lookups().term(function.get(), c.span()).map(t -> new Formula.CheckFunction(function.get().name().text(), t));
    }
    Optional<CheckedNet> net = formulas.probe().isStep(what) ? formulas.probe().net(what) : formulas.lookups().net(what);
    Optional<Computation> loss = net.flatMap(n -> loss(c.span(), n, fitting(n)));
    return loss.map(l -> new Formula.CheckNet(net.get(), l));
  }

  /** False, and reported, where examples have numbers to predict. */
  boolean hasClasses(Expression.Call c, String verb, CheckedData data) {
    if (!data.target().isClass()) {
      problems.report(
          Code.L016, c.span(), "`" + verb + "` needs classes, but the examples of " + data.name() + " have numbers to predict", "");
    }
    return data.target().isClass();
  }

  Optional<Formula.Test> test(Expression.Call c, Optional<CheckedNet> net, Optional<CheckedData> data) {
    return net.isPresent() && data.isPresent() && formulas.lookups().fits(c.span(), net.get(), data.get())
            && formulas.lookups().predicts(c.span(), net.get(), data.get())
        ? loss(c.span(), net.get(), data.get().target()).map(l -> new Formula.Test(c.span(), net.get(), data.get(), l))
        : Optional.empty();
  }

  /** {@code report(run, "report.html")}. */
  private Optional<Formula> report(Expression.Call c, Argument first, Argument second) {
    Optional<CheckedTrain> run = formulas.lookups().run(first.value());
    if (run.isEmpty()) {
      return problems.report(
          Code.L021, first.span(), "`report` tells of a training run", "name one: base = train Net on data, and report(base, \"report.html\")");
    }
    Optional<Path> path = new Targets(this).path(second, "report", ".html");
    return path.map(p -> new Formula.Report(c.span(), run.get(), p));
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

  /** What a network can learn, as far as its output tells: a class, or an image. */
  static Target fitting(CheckedNet net) {
    return net.output().isFlat() ? Target.classes(Math.max(2, net.output().size())) : Target.numbers(net.output());
  }

  /** Cross-entropy where classes are learned by an output for each, squared error elsewhere. */
  Optional<Computation> loss(Span span, CheckedNet net, Target target) {
    boolean scores = target.isClass() && !(net.output().isFlat() && net.output().size() == 1);
    return new LossCalls(formulas, problems).bind(scores ? "cross_entropy" : "mse", List.of(), span, span, net, target, 1);
  }
}
