package dev.lanewise.dsl.check.call;

import dev.lanewise.dsl.check.expression.Formulas;
import dev.lanewise.dsl.diagnostic.Problems;
import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.dsl.meaning.CheckedNet;
import dev.lanewise.dsl.meaning.CheckedTrain;
import dev.lanewise.dsl.parse.Parsed;
import dev.lanewise.dsl.parse.ScriptParser;
import dev.lanewise.dsl.syntax.Expression;
import dev.lanewise.dsl.syntax.Setting;
import dev.lanewise.dsl.syntax.Statement;
import dev.lanewise.dsl.verb.Given;
import dev.lanewise.runtime.data.Dataset;
import dev.lanewise.runtime.data.Field;
import dev.lanewise.runtime.operation.Computation;
import dev.lanewise.runtime.operation.Objective;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The losses that are known where a verb stands.
 *
 * @param span of the call
 */
record LossFinder(Formulas formulas, Problems problems, Span span) implements Given.Losses {
  @Override
  public Optional<Computation> fitting(CheckedNet net, List<Field> fields) {
    Field target = fields.get(Dataset.TARGET);
    return formulas.scope().training(net)
        .filter(t -> t.data().fields().get(Dataset.TARGET).kind().equals(target.kind()))
        .map(CheckedTrain::tested)
        .or(() -> new Objectives(formulas, problems, net, fields, span).fitting());
  }

  @Override
  public Optional<Computation> likely(CheckedNet net, List<Field> fields) {
    Problems unheard = new Problems(problems.source());
    return new LossFinder(new Formulas(formulas.scope(), Map.of(), unheard), unheard, span).fitting(net, fields).filter(_ -> unheard.diagnostics().isEmpty());
  }

  @Override
  public boolean comparesOutput(CheckedNet net) {
    return formulas.scope().training(net).map(t -> Objective.comparesOutput(t.tested())).orElse(true);
  }

  @Override
  public Optional<CheckedTrain> training(CheckedNet net) {
    return formulas.scope().training(net);
  }

  @Override
  public Optional<Computation> written(String text, CheckedNet net, List<Field> fields) {
    Parsed parsed = ScriptParser.parse(new Source("loss", text.startsWith("{") ? "train N on d { loss " + text + " }" : "loss = " + text));
    Optional<Expression> expression = parsed.diagnostics().isEmpty() && parsed.script().statements().size() == 1
        ? loss(parsed.script().statements().getFirst())
        : Optional.empty();
    Problems unheard = new Problems(new Source("loss", text));
    Formulas own = new Formulas(formulas.scope(), Map.of(), unheard);
    return expression.flatMap(e -> new Objectives(own, unheard, net, fields, e.span()).of(e, 1)).filter(_ -> unheard.diagnostics().isEmpty());
  }

  private static Optional<Expression> loss(Statement statement) {
    return switch (statement) {
      case Statement.Binding b -> Optional.of(b.value());
      case Statement.Train t -> t.settings().stream().map(Setting::value).findFirst();
      default -> Optional.empty();
    };
  }
}
