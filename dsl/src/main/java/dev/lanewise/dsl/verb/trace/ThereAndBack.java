package dev.lanewise.dsl.verb.trace;

import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.dsl.meaning.CheckedNet;
import dev.lanewise.dsl.meaning.Examples;
import dev.lanewise.dsl.verb.Deed;
import dev.lanewise.dsl.view.walk.Looked;
import dev.lanewise.runtime.operation.Computation;
import java.util.List;
import java.util.Optional;

/** An example on its way through a network, and the gradients on the way back: what a report shows of {@code trace} and {@code backward}. */
public final class ThereAndBack {
  private ThereAndBack() {}

  /** @param loss that fits; without one there is no way back @return none where that would take long */
  public static List<Deed> of(CheckedNet net, Examples example, Optional<Computation> loss, Span at) {
    if (!Looked.isQuick(net)) {
      return List.of();
    }
    OneExample one = new OneExample(net, example, loss, at);
    return loss.isEmpty() ? List.of(TraceVerb.of(one)) : List.of(TraceVerb.of(one), BackwardVerb.of(one));
  }
}
