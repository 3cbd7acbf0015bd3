package dev.lanewise.dsl.parse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.dsl.Scripts;
import dev.lanewise.dsl.grammar.NetParser;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.antlr.v4.runtime.DiagnosticErrorListener;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Recognizer;
import org.antlr.v4.runtime.atn.ATNConfigSet;
import org.antlr.v4.runtime.atn.DecisionInfo;
import org.antlr.v4.runtime.atn.PredictionMode;
import org.antlr.v4.runtime.dfa.DFA;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The three figures of the grammar: 0 ambiguities, 0 full-context fallbacks, a lookahead of at most 3. */
class GrammarTest {
  @ParameterizedTest
  @MethodSource("dev.lanewise.dsl.Scripts#readable")
  void isUnambiguous(Scripts.Golden script) {
    for (Line line : Lines.of(script.source())) {
      List<String> reports = new ArrayList<>();
      NetParser parser = ScriptParser.parser(line);
      parser.getInterpreter().setPredictionMode(PredictionMode.LL_EXACT_AMBIG_DETECTION);
      parser.setProfile(true);
      parser.addErrorListener(new Reports(reports));
      parser.line();
      assertThat(reports).isEmpty();
      for (DecisionInfo decision : parser.getParseInfo().getDecisionInfo()) {
        String where = parser.getRuleNames()[parser.getATN().getDecisionState(decision.decision).ruleIndex];
        assertThat(decision.ambiguities).as(where).isEmpty();
        assertThat(decision.LL_Fallback).as(where).isZero();
        assertThat(decision.SLL_MaxLook).as(where).isLessThanOrEqualTo(3);
      }
    }
  }

  private static final class Reports extends DiagnosticErrorListener {
    private final List<String> reports;

    Reports(List<String> reports) {
      this.reports = reports;
    }

    @Override
    public void syntaxError(
        Recognizer<?, ?> recognizer, Object symbol, int line, int column, String message, RecognitionException error) {
      reports.add(line + ":" + column + " " + message);
    }

    @Override
    public void reportAmbiguity(Parser p, DFA dfa, int start, int stop, boolean exact, BitSet alts, ATNConfigSet configs) {
      reports.add("ambiguity at token " + start);
    }

    @Override
    public void reportAttemptingFullContext(Parser p, DFA dfa, int start, int stop, BitSet alts, ATNConfigSet configs) {
      reports.add("full context at token " + start);
    }
  }
}
