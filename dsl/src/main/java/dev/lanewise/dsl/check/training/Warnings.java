package dev.lanewise.dsl.check.training;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.Problems;
import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.dsl.meaning.CheckedData;
import dev.lanewise.dsl.meaning.CheckedNet;
import dev.lanewise.dsl.syntax.Statement;
import dev.lanewise.runtime.data.Field;
import dev.lanewise.runtime.layer.Comparison;
import dev.lanewise.runtime.operation.Computation;
import dev.lanewise.runtime.operation.Objective;
import dev.lanewise.runtime.optimize.Optimizer;

/** What of a training runs, but is hardly meant. */
record Warnings(Problems problems) {
  private static final String EMBED = "embed";

  /** The network and the batch against the data. */
  void of(Statement.Train train, CheckedNet net, CheckedData data, Computation loss, int batch) {
    int classes = data.target().classes();
    if (classes > 0 && !(loss instanceof Comparison) && Objective.comparesOutput(loss) && net.output().size() > classes && net.output().isFlat()) {
      problems.report(
          Code.L048, train.net().span(),
          net.name() + " has " + net.output().size() + " outputs, but " + data.name() + " has " + classes + " classes",
          "end the network with dense(" + classes + ")");
    }
    padding(train.net().span(), net, data);
    if (data.limit().isPresent() && batch > data.limit().getAsInt()) {
      problems.report(
          Code.L051, train.span(), "a batch of " + batch + " is larger than the data, of which there are " + data.limit().getAsInt(), "");
    }
  }

  /** Padding that the network takes for a token like others. */
  private void padding(Span at, CheckedNet net, CheckedData data) {
    for (Field input : net.inputs()) {
      Field part = data.field(input.name()).orElse(data.fields().getFirst());
      if (part.padded() && input.isWhole() && !input.padded()) {
        problems.report(
            Code.L103, at, "number 0 is padding in " + data.name() + ", but " + net.name() + " takes it for a token like others",
            "write `input " + part.kind() + "`, or `input " + data.name() + (data.fields().getFirst().equals(part) ? "" : "." + part.name()) + "`");
        return;
      }
    }
  }

  /** The optimiser against the network, and its learning rate against what is usual. */
  void of(Span span, CheckedNet net, Optimizer optimizer) {
    if (optimizer.lazy() && net.layers().stream().noneMatch(l -> l.computation().name().equals(EMBED))) {
      problems.report(Code.L015, span, optimizer.name() + ": lazy leaves rows of an embed as they are, but " + net.name() + " has no embed", "leave it out");
    }
    // Learning rates that anybody has used lie well between these.
    boolean large = optimizer.name().equals("sgd") || optimizer.name().equals("adadelta");
    double most = large ? 10 : 1;
    double least = 1e-7;
    if (optimizer.lr() < least || optimizer.lr() > most) {
      problems.report(
          Code.L044, span, "a learning rate of " + (float) optimizer.lr() + " is far outside the usual range of " + optimizer.name(),
          large ? "0.001 to 0.1 is a good beginning" : "0.0001 to 0.01 is a good beginning");
    }
  }
}
