package dev.lanewise.dsl.check.call;

import dev.lanewise.dsl.check.expression.Calls;
import dev.lanewise.dsl.check.expression.Foreign;
import dev.lanewise.dsl.check.expression.Formulas;
import dev.lanewise.dsl.check.expression.UserCalls;
import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.Edit;
import dev.lanewise.dsl.diagnostic.Problems;
import dev.lanewise.dsl.diagnostic.Remedy;
import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.dsl.diagnostic.Suggestions;
import dev.lanewise.dsl.elsewhere.Room;
import dev.lanewise.dsl.syntax.Argument;
import dev.lanewise.dsl.syntax.Call;
import dev.lanewise.dsl.syntax.Expression;
import dev.lanewise.dsl.syntax.Parameter;
import dev.lanewise.dsl.syntax.Statement;
import dev.lanewise.runtime.data.Target;
import dev.lanewise.runtime.layer.Losses;
import dev.lanewise.runtime.layer.Triplet;
import dev.lanewise.runtime.layer.TwoViews;
import dev.lanewise.runtime.operation.Computation;
import dev.lanewise.runtime.operation.CrossEntropy;
import dev.lanewise.runtime.operation.Layer;
import dev.lanewise.runtime.spec.ShapeException.Problem;
import dev.lanewise.runtime.spec.ShapeException;
import dev.lanewise.runtime.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the loss that a call names: one with a kernel of its own, or a {@code def} of the prelude or the user. */
public record LossCalls(Formulas formulas, Problems problems) {
  /** Parameters that a loss has at least: the network's output and the label. */
  private static final int VALUES = 2;

  /**
   * @param call where mistakes in the call are told
   * @param net where it is told that the output does not fit
   * @param target what is to be learned; numbers are as many as the outputs
   */
  public Optional<Computation> bind(String name, List<Argument> arguments, Span call, Span net, Shape output, Target target) {
    Optional<Computation> loss = loss(name, arguments, call, net, output, target);
    if (loss.isPresent() && !target.isNumbers() && loss.get() instanceof CrossEntropy && !loss.get().inputs().get(1).shape().equals(target.shape())) {
      return problems.report(net, misfit(output, target));
    }
    boolean ofClasses = loss.isPresent() && !(loss.get() instanceof TwoViews)
        && (loss.get() instanceof Triplet || !loss.get().inputs().get(1).shape().equals(target.beside(output)));
    if (ofClasses && target.isNumbers()) {
      return problems.report(
          Code.L016, net, "`" + name + "` compares outputs with a class, but here are numbers to predict: " + target.shape(),
          ofNumbers(call));
    }
    return loss;
  }

  /** The loss that is usual for numbers, where the loss is written. */
  private Remedy ofNumbers(Span call) {
    boolean written = problems.source().text(call).matches("(?s)[a-z0-9_]+(\\(.*\\))?");
    Remedy remedy = Remedy.of("take mse, l1, huber, bce_with_logits or another loss of numbers", new Edit(call, "mse"));
    return written ? remedy : Remedy.say(remedy.text());
  }

  private static ShapeException misfit(Shape output, Target target) {
    return target.isClass()
        ? new ShapeException(
            Problem.NEEDS_FLAT, "cross_entropy needs a flat input, but gets " + output, "add `flatten` before it (" + output.size() + " features)")
        : new ShapeException(
            Problem.WRONG_OUTPUT, "cross_entropy needs a score for each class at each place, " + target.scores() + ", but gets " + output, "end the network with " + target.scores());
  }

  private Optional<Computation> loss(
      String name, List<Argument> arguments, Span call, Span net, Shape output, Target target) {
    Optional<Layer> loss = Losses.named(name);
    try {
      if (loss.isPresent()) {
        return new Calls(formulas, problems).bind(loss.get().signature(), call, arguments)
            .map(a -> loss.get().bind(a, output));
      }
    } catch (ShapeException e) {
      return refused(loss.get(), new Call(call, call, name, arguments), net, target, e);
    }
    Optional<Statement.Function> function = formulas.lookups().function(name);
    if (function.isEmpty()) {
      if (new Foreign(problems).told(Room.LOSS, call)) {
        return Optional.empty();
      }
      Call written = new Call(call, call, name, arguments);
      return problems.report(
          Code.L067, call, "unknown loss `" + new Words(problems).shown(written) + "`", name.isEmpty() ? new Words(problems).remedy(written, names()) : Suggestions.remedy(call, name, names()));
    }
    if (target.isPlaces() && !output.equals(target.shape()) && !ofPlaces(function.get(), output, target)) {
      return problems.report(
          Code.L084, call, "`" + name + "` compares outputs with numbers, but here each place has a class: " + target, "take cross_entropy");
    }
    List<Parameter> constants = function.get().parameters().stream().skip(VALUES).toList();
    return new UserCalls(formulas, problems).bind(function.get().name(), constants, arguments, call)
        .flatMap(given -> formulas.lookups().functions(function.get()).loss(function.get(), given, call, output, target.beside(output)));
  }

  /** A built-in loss that does not take the output, or its arguments. */
  private Optional<Computation> refused(Layer loss, Call call, Span net, Target target, ShapeException e) {
    if (e.problem() == Problem.WRONG_OUTPUT && target.isNumbers()) {
      return problems.report(Code.L016, net, e.getMessage(), ofNumbers(call.span()).saying("end the network with dense(number of classes), or use loss = mse"));
    }
    Remedy remedy = new Limits(formulas, problems).remedy(loss.signature(), call, e.getMessage());
    Optional<Expression> weights = e.getMessage().contains(": weights has ") ? Limits.given(loss.signature(), call, "weights") : Optional.empty();
    if (weights.isPresent() && weights.get() instanceof Expression.Items items && !items.items().isEmpty() && items.items().size() < target.classes()) {
      String more = ", 1".repeat(target.classes() - items.items().size());
      remedy = Remedy.of("write a number for each class", Edit.insert(items.items().getLast().span().end(), more));
    }
    return e.problem() == Problem.BAD_ARGUMENT && !remedy.isEmpty()
        ? problems.report(Code.L015, weights.map(Expression::span).orElse(Limits.span(loss.signature(), call, e.getMessage())), e.getMessage(), remedy)
        : problems.report(net, e);
  }

  /** Whether a function takes a class at each place, as `pick` does; nothing is reported. */
  private boolean ofPlaces(Statement.Function function, Shape output, Target target) {
    Problems unheard = new Problems(problems.source());
    Formulas own = new Formulas(formulas.scope(), Map.of(), unheard);
    List<Parameter> constants = function.parameters().stream().skip(VALUES).toList();
    return new UserCalls(own, unheard).bind(function.name(), constants, List.of(), function.span())
        .flatMap(given -> own.lookups().functions(function).loss(function, given, function.span(), output, target.beside(output)))
        .filter(_ -> unheard.diagnostics().isEmpty()).isPresent();
  }

  private List<String> names() {
    List<String> names = new ArrayList<>(Losses.all().stream().map(Layer::name).toList());
    formulas.lookups().functionNames().stream()
        .filter(n -> isLoss(formulas.lookups().function(n).orElseThrow()))
        .forEach(names::add);
    return names;
  }

  /** Whether a function takes an output and a label. */
  public static boolean isLoss(Statement.Function function) {
    return function.parameters().size() >= VALUES
        && function.parameters().stream().limit(VALUES).allMatch(p -> p.fallback().isEmpty());
  }
}
