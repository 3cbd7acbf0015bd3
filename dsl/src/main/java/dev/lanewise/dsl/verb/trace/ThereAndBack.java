package dev.lanewise.dsl.verb.trace;

import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.dsl.meaning.CheckedNet;
import dev.lanewise.dsl.meaning.Examples;
import dev.lanewise.dsl.verb.Offered;
import dev.lanewise.dsl.view.walk.Looked;
import dev.lanewise.runtime.operation.Computation;
import java.util.List;
import java.util.Optional;

/** An example on its way through a network, and the gradients on the way back: what a report shows of {@code trace} and {@code backward}. */
public final class ThereAndBack {
  private ThereAndBack() {}

  /** @param loss that fits; without one there is no way back @return none where that would take long */
  public static List<Offered> of(CheckedNet net, Examples example, Optional<Computation> loss, Span at) {
    if (!Looked.isQuick(net)) {
      return List.of();
    }
    OneExample one = new OneExample(net, example, loss, at);
    String arguments = net.name() + ", " + example.call();
    Offered there = Offered.of(new TraceVerb(), arguments, TraceVerb.of(one));
    return loss.isEmpty() ? List.of(there) : List.of(there, Offered.of(new BackwardVerb(), arguments, BackwardVerb.of(one)));
  }
}
