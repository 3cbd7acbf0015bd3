package dev.lanewise.dsl.check;

import dev.lanewise.dsl.check.Formula.ShowExamples.Part;
import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.dsl.meaning.CheckedData;
import dev.lanewise.dsl.meaning.CheckedNet;
import dev.lanewise.dsl.meaning.Constant;
import dev.lanewise.dsl.syntax.Argument;
import dev.lanewise.dsl.syntax.Expression;
import dev.lanewise.dsl.syntax.Statement;
import dev.lanewise.runtime.operation.Computation;
import dev.lanewise.runtime.symbolic.Derivative;
import dev.lanewise.runtime.symbolic.Term;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Checks the calls of {@code show}: of networks, their plans and layers, of functions, and of examples ({@code show(digits.train.item(7))}).
 * What is a picture takes {@code to = "file.png"}.
 */
record Showing(Verbs verbs) {
  /** What fits a screen. */
  private static final int BATCH = 16;

  private static final int MISTAKES = 12;

  Optional<Formula> formula(Expression.Call c) {
    return new Targets(verbs).split(c, "show").flatMap(s -> formula(c, s.others(), s.target()));
  }

  private Optional<Formula> formula(Expression.Call c, List<Argument> arguments, Formula.Target target) {
    if (arguments.isEmpty()) {
      return verbs.problems().report(Code.L010, c.span(), "`show` needs a network", "");
    }
    Argument first = arguments.getFirst();
    if (first.name().isPresent()) {
      return verbs.problems().report(Code.L009, first.span(), "`show` has no argument `" + first.name().get().text() + "`", "");
    }
    Optional<Statement.Function> function = lookups().function(first.value());
    if (function.isPresent()) {
      return function(c, arguments, function.get());
    }
    if (arguments.size() > 2) {
      return verbs.problems().report(Code.L019, arguments.get(2).span(), "`show` takes 2 arguments", "");
    }
    if (arguments.size() == 2) {
      return view(c, first, arguments.getLast());
    }
    if (first.value() instanceof Expression.Call call) {
      return call.callee().dotted().filter("predict"::equals).isPresent()
          ? predictions(call, call.arguments(), target)
          : examples(call, target).map(e -> e);
    }
    if (lookups().isData(first.value())) {
      return lookups().data(first.value()).map(Formula.ShowData::new);
    }
    return lookups().part(first.value()).map(l -> filters(first.value(), l, target)).orElseGet(() -> net(first.value(), target));
  }

  private Lookups lookups() {
    return verbs.formulas().lookups();
  }

  /** A network as a table, or drawn into a file. */
  private Optional<Formula> net(Expression expression, Formula.Target target) {
    Optional<CheckedNet> net = lookups().net(expression);
    if (net.isPresent() && target.file().isPresent() && !target.file().get().toString().endsWith(".svg")) {
      return verbs.problems().report(Code.L077, target.span(), "a network is drawn as .svg", "to = \"net.svg\"");
    }
    return net.map(n -> target.file().isPresent() ? new Formula.Draw(n, target) : new Formula.Show(n));
  }

  private Optional<Formula> filters(Expression expression, Lookups.Part layer, Formula.Target target) {
    List<String> layers = layer.net().layers().stream().map(CheckedNet.Layer::name).toList();
    if (!layers.contains(layer.name())) {
      return verbs.formulas().unknown(expression.span(), "layer", layer.name(), layers);
    }
    boolean weights = layer.net().layers().get(layers.indexOf(layer.name())).computation().parameters().stream()
        .anyMatch(p -> p.name().equals("weight") && p.shape().rank() >= 2);
    return weights
        ? Optional.of(new Formula.ShowFilters(layer.net(), layer.name(), target))
        : verbs.problems().report(
            Code.L073, expression.span(), "`" + layer.name() + "` has no weights that are a picture",
            "show(" + layer.net().name() + ") prints the layers");
  }

  /** {@code digits.train.item(7)}, {@code digits.test.batch(3, size = 32)}; both count from 0. */
  private Optional<Formula.ShowExamples> examples(Expression.Call c, Formula.Target target) {
    if (!(c.callee() instanceof Expression.Member(Span _, Expression.Member(Span _, Expression of, var partName), var what))
        || part(partName.text()).isEmpty()
        || !List.of("item", "batch").contains(what.text())) {
      return verbs.problems().report(
          Code.L073, c.span(), "this cannot be shown", "show(Net), show(Net.conv1), show(digits.train.item(7)) or show(digits.test.batch(0))");
    }
    boolean item = what.text().equals("item");
    Optional<CheckedData> data = lookups().data(of);
    Optional<Long> number = c.arguments().isEmpty() ? missing(c, what.text()) : whole(c.arguments().getFirst(), 0);
    long size = item ? 1 : BATCH;
    for (Argument a : c.arguments().stream().skip(1).toList()) {
      if (item || a.name().isPresent() && !a.name().get().text().equals("size")) {
        return verbs.problems().report(Code.L009, a.span(), "`" + what.text() + "` takes a number" + (item ? "" : " and `size`"), "");
      }
      Optional<Long> given = whole(a, 1);
      if (given.isEmpty()) {
        return Optional.empty();
      }
      size = given.get();
    }
    if (data.isEmpty() || number.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(new Formula.ShowExamples(data.get(), part(partName.text()).get(), number.get() * size, size, target));
  }

  private <T> Optional<T> missing(Expression.Call c, String what) {
    return verbs.problems().report(Code.L010, c.span(), "`" + what + "` needs a number, counted from 0", "");
  }

  private static Optional<Part> part(String word) {
    return Arrays.stream(Part.values()).filter(p -> p.toString().equals(word)).findFirst();
  }

  /** {@code predict(Net, digits.test.item(7))}, also inside of {@code show}. */
  Optional<Formula> predictions(Expression.Call c) {
    return new Targets(verbs).split(c, "predict").flatMap(s -> predictions(c, s.others(), s.target()));
  }

  private Optional<Formula> predictions(Expression.Call c, List<Argument> arguments, Formula.Target target) {
    if (arguments.size() != 2 || arguments.stream().anyMatch(a -> a.name().isPresent())
        || !(arguments.getLast().value() instanceof Expression.Call examples)) {
      return verbs.problems().report(
          arguments.size() < 2 ? Code.L010 : Code.L011, c.span(), "`predict` needs a network, and examples to look at",
          "predict(Net, digits.test.item(7)) or predict(Net, digits.test.batch(0, size = 4))");
    }
    Optional<CheckedNet> net = lookups().net(arguments.getFirst().value());
    Optional<Formula.ShowExamples> of = examples(examples, target);
    return of.flatMap(e -> verbs.test(c, net, Optional.of(e.data())).map(t -> new Formula.ShowPredictions(t.net(), e, t.loss())));
  }

  /** {@code mistakes(Net, data, count = 20)}. */
  Optional<Formula> mistakes(Expression.Call c) {
    return new Targets(verbs).split(c, "mistakes").flatMap(s -> mistakes(c, s.others(), s.target()));
  }

  private Optional<Formula> mistakes(Expression.Call c, List<Argument> arguments, Formula.Target target) {
    if (arguments.size() < 2) {
      return verbs.problems().report(Code.L010, c.span(), "`mistakes` needs " + (arguments.isEmpty() ? "a network" : "data"), "");
    }
    long count = MISTAKES;
    for (Argument a : arguments.stream().skip(2).toList()) {
      if (a.name().isEmpty() || !a.name().get().text().equals("count")) {
        return verbs.problems().report(Code.L009, a.span(), "`mistakes` takes a network, data, `count` and `to`", "");
      }
      Optional<Long> given = whole(a, 1);
      if (given.isEmpty()) {
        return Optional.empty();
      }
      count = given.get();
    }
    int most = (int) Math.min(count, Integer.MAX_VALUE);
    return verbs.test(c, lookups().net(arguments.get(0).value()), lookups().data(arguments.get(1).value()))
        .filter(t -> verbs.hasClasses(c, "mistakes", t.data()))
        .map(t -> new Formula.ShowMistakes(t.net(), t.data(), t.loss(), most, target));
  }

  private Optional<Long> whole(Argument a, long least) {
    Optional<Constant> value = verbs.formulas().constant(a.value());
    return value.flatMap(v -> v instanceof Constant.Num n && n.isWhole() && n.value() >= least
        ? Optional.of((long) n.value())
        : verbs.problems().report(Code.L011, a.span(), "this is a whole number from " + least + " on, not " + v, ""));
  }

  /** {@code show(Net, plan)}, also passes and memory, and {@code show(Net, kernel = layer)}. */
  private Optional<Formula> view(Expression.Call c, Argument first, Argument second) {
    Optional<CheckedNet> net = lookups().net(first.value());
    Optional<Computation> loss = net.flatMap(n -> verbs.loss(c.span(), n, Verbs.fitting(n)));
    Optional<String> word = second.value() instanceof Expression.Word w ? Optional.of(w.text()) : Optional.empty();
    Optional<Formula.View> view = second.name().isEmpty() ? word.flatMap(Showing::view) : Optional.empty();
    boolean kernel = second.name().isPresent() && second.name().get().text().equals("kernel") && word.isPresent();
    if (view.isEmpty() && !kernel) {
      return verbs.problems().report(
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
        : verbs.formulas().unknown(second.value().span(), "layer", word.get(), layers);
  }

  private static Optional<Formula.View> view(String word) {
    return Arrays.stream(Formula.View.values()).filter(v -> v.name().toLowerCase(Locale.ROOT).equals(word)).findFirst();
  }

  /** {@code show(swish)}, and {@code show(swish, gradient)}: its derivative. */
  private Optional<Formula> function(Expression.Call c, List<Argument> arguments, Statement.Function f) {
    boolean gradient = arguments.size() == 2
        && arguments.get(1).name().isEmpty()
        && arguments.get(1).value() instanceof Expression.Word(Span _, String word)
        && word.equals("gradient");
    if (arguments.size() > 1 && !gradient) {
      return verbs.problems().report(
          Code.L073, arguments.get(1).span(), "a function has a gradient to show", "write show(" + f.name().text() + ", gradient)");
    }
    Optional<Term> formula = lookups().term(f, c.span());
    String x = f.parameters().isEmpty() ? "x" : f.parameters().getFirst().name().text();
    return formula.map(t -> gradient ? Derivative.of(t, "x") : t)
        .map(t -> t.replace(Term.variable("x"), Term.variable(x)))
        .map(t -> new Formula.ShowFormula(f.name().text() + (gradient ? "'" : "") + "(" + x + ")", t.toString()));
  }
}
