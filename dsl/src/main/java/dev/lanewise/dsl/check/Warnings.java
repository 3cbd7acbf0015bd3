package dev.lanewise.dsl.check;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.runtime.operation.Dropout;
import dev.lanewise.runtime.operation.Operation;
import dev.lanewise.runtime.operation.Pointwise;
import dev.lanewise.runtime.operation.Softmax;
import dev.lanewise.runtime.train.Optimizer;

/** What runs, but is hardly meant. */
record Warnings(Problems problems) {
  /** Learning rates that anybody has used with plain gradient descent lie well between these. */
  private static final double LEAST_RATE = 1e-7;
  private static final double MOST_RATE = 10;

  /** The last layer against the loss. */
  void of(CheckedNet net, Operation loss) {
    if (net.result() == 0) {
      return;
    }
    CheckedNet.Layer last = net.layers().get(net.result() - 1);
    boolean scores = loss.name().equals("cross_entropy");
    if (scores && last.operation() instanceof Softmax) {
      problems.report(
          Code.L041, last.span(), "softmax before cross_entropy: the loss applies it already", "remove it");
    } else if (scores && last.operation() instanceof Pointwise p && p.name().equals("sigmoid")) {
      problems.report(
          Code.L042, last.span(), "sigmoid before cross_entropy: the loss takes scores of any size", "remove it");
    } else if (last.operation() instanceof Dropout) {
      problems.report(
          Code.L043, last.span(), "dropout after the last layer throws outputs away that the loss needs",
          "move it before the last layer");
    }
  }

  /** The learning rate against what is usual. */
  void of(Span span, Optimizer optimizer) {
    switch (optimizer) {
      case Optimizer.Sgd(float rate, float _) -> {
        if (rate < LEAST_RATE || rate > MOST_RATE) {
          problems.report(
              Code.L044, span, "a learning rate of " + rate + " is far outside the usual range of sgd",
              "0.001 to 0.1 is a good beginning");
        }
      }
    }
  }
}
