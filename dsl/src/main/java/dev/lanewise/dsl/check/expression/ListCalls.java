package dev.lanewise.dsl.check.expression;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.Problems;
import dev.lanewise.dsl.meaning.Arithmetic;
import dev.lanewise.dsl.meaning.CheckedNet;
import dev.lanewise.dsl.meaning.Constant;
import dev.lanewise.dsl.scope.Definition;
import dev.lanewise.dsl.scope.Formula;
import dev.lanewise.dsl.scope.Formula.Kind;
import dev.lanewise.dsl.syntax.Argument;
import dev.lanewise.dsl.syntax.Expression;
import dev.lanewise.dsl.syntax.Name;
import dev.lanewise.dsl.syntax.Parameter;
import dev.lanewise.dsl.syntax.Statement;
import dev.lanewise.runtime.operation.Computation;
import dev.lanewise.runtime.operation.Noise;
import dev.lanewise.runtime.operation.Recipe;
import dev.lanewise.runtime.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Calls of lists of numbers: {@code softmax([1, 2])}, {@code Net([0, 1])}; and functions of numbers that only a run knows. */
record ListCalls(Formulas formulas, Problems problems) {
  private static final String LIST = "x";

  /** Whether a call is of a function that works on lists, and of something that is one, or is not known yet. */
  boolean isOne(Expression.Call c, String name) {
    boolean function = Tensors.FUNCTIONS.contains(name) || Arithmetic.functions().contains(name) || Elementary.names().contains(name)
        || formulas.lookups().function(name).isPresent();
    return function && c.arguments().stream().anyMatch(a -> isList(a.value()));
  }

  /** By its form, so that nothing is reported. */
  private boolean isList(Expression e) {
    return switch (e) {
      case Expression.Items _ -> true;
      case Expression.Word w -> formulas.definition(w.text()).orElse(null) instanceof Definition.Value(Formula f) && isOpen(f);
      case Expression.Member m -> formulas.lookups().part(m).isPresent()
          || m.dotted().flatMap(formulas::definition).orElse(null) instanceof Definition.Value(Formula f) && isOpen(f)
          || m.dotted().map(d -> d.substring(0, d.indexOf('.'))).flatMap(formulas::definition).filter(d -> d instanceof Definition.Run || d instanceof Definition.Value).isPresent()
          || m.of() instanceof Expression.Call;
      case Expression.Unary u -> isList(u.operand());
      case Expression.Cut cut -> cut.stretch() && isList(cut.of());
      case Expression.Binary b -> isList(b.left()) || isList(b.right());
      case Expression.Call c -> c.callee().dotted().flatMap(formulas::definition).filter(Definition.Net.class::isInstance).isPresent()
          || c.arguments().stream().anyMatch(a -> isList(a.value()));
      case Expression.Number _, Expression.Block _, Expression.ShapeLiteral _, Expression.Text _, Expression.Flag _, Expression.Labelled _ -> false;
    };
  }

  private static boolean isOpen(Formula f) {
    return f.kind() == Kind.LIST || f.kind() == Kind.NUMBER && !(f instanceof Formula.Known);
  }

  /** A function of one list, or of one number that only a run knows; what else it takes are numbers. */
  Optional<Formula> formula(Expression.Call c, String name) {
    List<Argument> arguments = new ArrayList<>();
    Formula list = null;
    for (Argument a : c.arguments()) {
      Optional<Formula> value = formulas.formula(a.value());
      if (value.isEmpty()) {
        return Optional.empty();
      }
      if (value.get() instanceof Formula.Known(Constant.Num(double number))) {
        arguments.add(new Argument(a.span(), a.name(), new Expression.Number(a.span(), number)));
      } else if (list == null && (value.get().kind() == Kind.LIST || value.get().kind() == Kind.NUMBER)) {
        list = value.get();
        arguments.add(new Argument(a.span(), a.name(), new Expression.Word(a.span(), LIST)));
      } else {
        return problems.report(Code.L023, c.span(), "`" + name + "` does not work for these values", "");
      }
    }
    return list == null ? formulas.formula(new Expression.Call(c.span(), c.callee(), arguments)) : computed(c, arguments, list);
  }

  private Optional<Formula> computed(Expression.Call c, List<Argument> arguments, Formula list) {
    Optional<Shape> shape = list.kind() == Kind.NUMBER ? Optional.of(Shape.of(1)) : list.shape();
    if (shape.isEmpty()) {
      return problems.report(Code.L023, c.span(), "a list has numbers, or lists of one length, and at most four axes", "");
    }
    Name name = new Name(c.callee().span(), c.callee().dotted().orElseThrow());
    Statement.Function function = new Statement.Function(
        c.span(), name, List.of(new Parameter(new Name(c.span(), LIST), Optional.empty())),
        List.of(new Statement.Evaluate(c.span(), new Expression.Call(c.span(), c.callee(), arguments))));
    return formulas.functions().layer(function, Map.of(), c.span(), shape.get(), Map.of()).flatMap(f -> {
      if (draws(f)) {
        return problems.report(Code.L023, c.span(), "`noise` is drawn where a network is trained or predicts: there is none here", "");
      }
      boolean number = f.outputs().getFirst().shape().size() == 1 && (list.kind() == Kind.NUMBER || shape.get().size() > 1);
      Formula.Computed computed = new Formula.Computed(f, list, number ? Kind.NUMBER : Kind.LIST);
      return Optional.of(list instanceof Formula.Known(Constant value) ? new Formula.Known(computed.value(value)) : computed);
    });
  }

  private static boolean draws(Computation function) {
    return function instanceof Noise || function instanceof Recipe recipe && recipe.steps().stream().anyMatch(s -> s.operation() instanceof Noise);
  }

  /** {@code Net([0, 1])}. */
  Optional<Formula> net(Expression.Call c, CheckedNet net) {
    if (c.arguments().size() != 1 || c.arguments().getFirst().name().isPresent()) {
      return problems.report(
          Code.L010, c.span(), "`" + net.name() + "` takes a list of " + net.inputSize() + " numbers", "parameters are given where a network is defined");
    }
    Expression e = c.arguments().getFirst().value();
    Optional<Formula> input = formulas.formula(e);
    if (input.isEmpty()) {
      return Optional.empty();
    }
    boolean fits = input.get().kind() == Kind.LIST && input.get().shape().map(Shape::size).orElse(0) == net.inputSize()
        || input.get().kind() == Kind.NUMBER && net.inputSize() == 1;
    Optional<String> strange = fits && input.get() instanceof Formula.Known(Constant known) ? net.strange(known.inside()) : Optional.empty();
    if (strange.isPresent()) {
      return problems.report(Code.L085, e.span(), strange.get(), "");
    }
    return fits
        ? Optional.of(new Formula.Applied(net, input.get(), e.span()))
        : problems.report(
            Code.L025, e.span(), net.name() + " takes " + net.takes() + ", but this is " + input.get().shape().map(Shape::toString).orElse("no list of numbers"),
            "write as many numbers, as the network sees them: normalised, if it was trained so");
  }
}
