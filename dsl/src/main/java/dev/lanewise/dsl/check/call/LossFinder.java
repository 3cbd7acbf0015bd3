package dev.lanewise.dsl.check.call;

import dev.lanewise.dsl.check.expression.Formulas;
import dev.lanewise.dsl.diagnostic.Problems;
import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.dsl.meaning.CheckedNet;
import dev.lanewise.dsl.parse.Parsed;
import dev.lanewise.dsl.parse.ScriptParser;
import dev.lanewise.dsl.syntax.Call;
import dev.lanewise.dsl.syntax.Statement;
import dev.lanewise.dsl.verb.Given;
import dev.lanewise.runtime.data.Target;
import dev.lanewise.runtime.operation.Computation;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The losses that are known where a verb stands.
 *
 * @param span of the call
 */
record LossFinder(Formulas formulas, Problems problems, Span span) implements Given.Losses {
  /** Cross-entropy where classes are learned by an output for each, squared error elsewhere. */
  @Override
  public Optional<Computation> fitting(CheckedNet net, Target target) {
    boolean scores = target.isClass() && !(net.output().isFlat() && net.output().size() == 1);
    return new LossCalls(formulas, problems).bind(scores ? "cross_entropy" : "mse", List.of(), span, span, net, target, 1);
  }

  @Override
  public Optional<Computation> written(String text, CheckedNet net, Target target) {
    Parsed parsed = ScriptParser.parse(new Source("loss", "loss = " + text));
    if (!parsed.diagnostics().isEmpty() || parsed.script().statements().size() != 1
        || !(parsed.script().statements().getFirst() instanceof Statement.Binding binding)) {
      return Optional.empty();
    }
    Call call = Call.of(binding.value());
    Problems unheard = new Problems(new Source("loss", text));
    Formulas own = new Formulas(formulas.scope(), Map.of(), unheard);
    return new LossCalls(own, unheard).bind(call.name(), call.arguments(), call.span(), call.span(), net, target, 1).filter(_ -> unheard.diagnostics().isEmpty());
  }
}
