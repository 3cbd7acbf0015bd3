package dev.lanewise.dsl.check.call;

import dev.lanewise.dsl.check.expression.Formulas;
import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.Edit;
import dev.lanewise.dsl.diagnostic.Problems;
import dev.lanewise.dsl.diagnostic.Remedy;
import dev.lanewise.dsl.meaning.CheckedNet;
import dev.lanewise.dsl.verb.Given;
import java.util.Set;

/** A network that a script asks, and nowhere trains or reads from a file. */
record Untrained(Formulas formulas, Problems problems) {
  private static final Set<String> ASKING = Set.of("test", "confusion", "mistakes", "calibration");

  /** Warns where nobody can have meant it; at the prompt everybody may look at what a network knows before it is trained. */
  void check(Given given) {
    if (!ASKING.contains(given.signature().name()) || problems.source().typed()) {
      return;
    }
    CheckedNet net = given.net("net");
    boolean here = formulas.scope().find(net.name()).filter(b -> b.source() == problems.source()).isPresent();
    if (here && !net.parameterShapes().isEmpty() && !formulas.scope().isTouched(net)) {
      String message = net.name() + " has learnt nothing: no statement trains it, and it is read from no file";
      String statement = "train " + net.name() + " on " + given.data("data").name();
      String text = problems.source().text();
      int line = Math.max(text.lastIndexOf('\n', given.span().start() - 1), text.lastIndexOf(';', given.span().start() - 1)) + 1;
      problems.report(
          Code.L137, given.span(), message,
          Remedy.of("write `" + statement + "` before it", Edit.insert(line, statement + "\n")).perhaps());
    }
  }
}
