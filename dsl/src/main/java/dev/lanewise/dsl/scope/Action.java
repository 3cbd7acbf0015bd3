package dev.lanewise.dsl.scope;

import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.dsl.meaning.CheckedData;
import dev.lanewise.dsl.meaning.CheckedNet;
import dev.lanewise.dsl.meaning.CheckedSweep;
import dev.lanewise.dsl.meaning.CheckedTrain;

/** What a checked statement does when it is reached. */
public sealed interface Action {
  record DefineNet(CheckedNet net) implements Action {}

  record DefineData(CheckedData data) implements Action {}

  record Train(CheckedTrain train) implements Action {}

  record Sweep(CheckedSweep sweep) implements Action {}

  /** @param text as it is written */
  record Expect(Span span, String text, Formula condition) implements Action {}

  record Bind(String name, Formula value) implements Action {}

  record Evaluate(Formula value) implements Action {}
}
