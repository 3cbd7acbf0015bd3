package dev.lanewise.dsl.check.call;

import dev.lanewise.dsl.check.expression.Formulas;
import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.Edit;
import dev.lanewise.dsl.diagnostic.Problems;
import dev.lanewise.dsl.diagnostic.Remedy;
import dev.lanewise.dsl.meaning.CheckedNet;
import dev.lanewise.dsl.verb.Given;

/** A network that a script tests and nowhere trains or reads from a file. */
record Untrained(Formulas formulas, Problems problems) {
  private static final String TEST = "test";

  /** Warns where nobody can have meant it; at the prompt everybody may look at what a network knows before it is trained. */
  void check(Given given) {
    if (!given.signature().name().equals(TEST) || problems.source().typed()) {
      return;
    }
    CheckedNet net = given.net("net");
    boolean here = formulas.scope().find(net.name()).filter(b -> b.source() == problems.source()).isPresent();
    if (here && !net.parameterShapes().isEmpty() && !formulas.scope().isTouched(net)) {
      String statement = "train " + net.name() + " on " + given.data("data").name();
      String text = problems.source().text();
      int line = Math.max(text.lastIndexOf('\n', given.span().start() - 1), text.lastIndexOf(';', given.span().start() - 1)) + 1;
      problems.report(
          Code.L137, given.span(), net.name() + " has learnt nothing: no statement trains it, and it is read from no file",
          Remedy.of("write `" + statement + "` before it", Edit.insert(line, statement + "\n")).perhaps());
    }
  }
}
