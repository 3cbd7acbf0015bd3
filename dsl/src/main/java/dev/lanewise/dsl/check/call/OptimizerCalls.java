package dev.lanewise.dsl.check.call;

import dev.lanewise.dsl.check.expression.Calls;
import dev.lanewise.dsl.check.expression.Foreign;
import dev.lanewise.dsl.check.expression.Formulas;
import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.Problems;
import dev.lanewise.dsl.elsewhere.Room;
import dev.lanewise.dsl.syntax.Call;
import dev.lanewise.runtime.optimize.Optimizer;
import dev.lanewise.runtime.optimize.OptimizerDefinition;
import dev.lanewise.runtime.optimize.Optimizers;
import dev.lanewise.runtime.signature.Arguments;
import dev.lanewise.runtime.signature.Signature;
import java.util.List;
import java.util.Optional;

/** Optimizers, as {@code sgd(0.1)} calls them. */
public record OptimizerCalls(Formulas formulas, Problems problems) {
  /** Empty, and reported, if there is none such. */
  public Optional<Optimizer> optimizer(Call call) {
    Optional<OptimizerDefinition> definition = Optimizers.named(call.name());
    if (definition.isEmpty() && new Foreign(problems).told(Room.OPTIMIZER, call.span())) {
      return Optional.empty();
    }
    if (definition.isEmpty()) {
      List<String> known = Optimizers.all().stream().map(o -> o.signature().name()).toList();
      return problems.report(
          Code.L068, call.span(), "unknown optimizer `" + new Words(problems).shown(call) + "`",
          new Words(problems).remedy(call, known));
    }
    Signature signature = definition.get().signature();
    if (new Foreign(problems).toldOfArguments(Room.OPTIMIZER, call.span(), signature, call.arguments())) {
      return Optional.empty();
    }
    Optional<Arguments> arguments = new Calls(formulas, problems).bind(signature, call.span(), call.arguments());
    try {
      return arguments.map(a -> definition.get().bind(a));
    } catch (IllegalArgumentException e) {
      return problems.report(
          Code.L015, Limits.span(definition.get().signature(), call, e.getMessage()), e.getMessage(), new Limits(formulas, problems).remedy(definition.get().signature(), call, e.getMessage()));
    }
  }
}
