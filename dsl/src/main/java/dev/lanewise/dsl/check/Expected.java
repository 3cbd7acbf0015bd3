package dev.lanewise.dsl.check;

import dev.lanewise.dsl.check.expression.Formulas;
import dev.lanewise.dsl.check.expression.Meant;
import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.Edit;
import dev.lanewise.dsl.diagnostic.Problems;
import dev.lanewise.dsl.diagnostic.Remedy;
import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.meaning.CheckedTrain;
import dev.lanewise.dsl.scope.Scope;
import dev.lanewise.dsl.syntax.Expression;
import dev.lanewise.runtime.score.Measure;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What {@code expect} compares, where it does not say of what: {@code expect accuracy > 0.9} after a training, {@code expect base.accuracy > 0.9} after one without a name.
 */
record Expected(Formulas formulas, Problems problems, Source source) {
  /** Whether such a thing stands there; then it is told. */
  boolean told(Expression condition) {
    return condition instanceof Expression.Binary b && (measured(b.left()) || measured(b.right()));
  }

  private boolean measured(Expression side) {
    Optional<String> name = side.dotted();
    if (name.isEmpty() || formulas.knows(name.get())) {
      return false;
    }
    int dot = name.get().indexOf('.');
    String first = dot < 0 ? "" : name.get().substring(0, dot);
    Optional<Measure> measure = Measure.named(Meant.metric(name.get().substring(dot + 1)));
    Scope scope = formulas.scope();
    List<CheckedTrain> trainings = scope.trainings().stream().filter(t -> first.isEmpty() || t.net().name().equals(first) || !formulas.knows(first) && t.name().isEmpty())
        .sorted(Comparator.comparingInt(t -> t.span().start())).toList();
    if (measure.isEmpty() || trainings.isEmpty()) {
      return false;
    }
    CheckedTrain last = trainings.getLast();
    boolean tested = (first.isEmpty() || formulas.knows(first)) && !measure.get().validation();
    if (!tested && (first.isEmpty() || formulas.knows(first))) {
      return false;
    }
    Remedy remedy = tested ? Remedy.write(side.span(), "test(" + last.net().name() + ", " + last.data().name() + ")." + measure.get().kind())
        : Remedy.of("give the training the name `" + first + "`", Edit.insert(last.span().start(), first + " = "));
    String message = tested ? "`" + name.get() + "` does not say of which network, on which examples" : "no training is called `" + first + "`";
    problems.report(Code.L006, side.span(), message, trainings.size() == 1 ? remedy : remedy.perhaps());
    return true;
  }
}
