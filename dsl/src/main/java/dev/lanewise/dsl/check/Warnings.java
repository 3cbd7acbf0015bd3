package dev.lanewise.dsl.check;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.Problems;
import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.dsl.meaning.CheckedData;
import dev.lanewise.dsl.meaning.CheckedNet;
import dev.lanewise.dsl.syntax.Statement;
import dev.lanewise.runtime.layer.Triplet;
import dev.lanewise.runtime.operation.Computation;
import dev.lanewise.runtime.operation.Conv;
import dev.lanewise.runtime.operation.Dense;
import dev.lanewise.runtime.operation.Dropout;
import dev.lanewise.runtime.operation.Initialized;
import dev.lanewise.runtime.operation.Pointwise;
import dev.lanewise.runtime.operation.Reshape;
import dev.lanewise.runtime.operation.Softmax;
import dev.lanewise.runtime.optimize.Optimizer;

/** What runs, but is hardly meant. */
record Warnings(Problems problems) {
  /** The last layer against the loss. */
  void of(CheckedNet net, Computation loss) {
    if (net.result() == 0) {
      return;
    }
    CheckedNet.Layer last = net.layers().get(net.result() - 1);
    boolean scores = loss.name().equals("cross_entropy");
    if (scores && last.computation() instanceof Softmax) {
      problems.report(
          Code.L041, last.span(), "softmax before cross_entropy: the loss applies it already", "remove it");
    } else if (scores && last.computation() instanceof Pointwise p && p.name().equals("sigmoid")) {
      problems.report(
          Code.L042, last.span(), "sigmoid before cross_entropy: the loss takes scores of any size", "remove it");
    } else if (last.computation() instanceof Dropout) {
      problems.report(
          Code.L043, last.span(), "dropout after the last layer throws outputs away that the loss needs",
          "move it before the last layer");
    }
  }

  /** Layers that undo each other, or add nothing. */
  void of(CheckedNet net) {
    for (CheckedNet.Layer layer : net.layers()) {
      CheckedNet.Layer before = before(net, layer);
      if (before == null) {
        continue;
      }
      if (layer.computation().name().equals("batchnorm") && hasBias(Initialized.plain(before.computation()))) {
        at(before).report(
            Code.L045, before.span(), "a bias before batchnorm has no effect: the mean is taken away again",
            "bias = false saves " + before.computation().parameters().getLast().shape().size() + " parameters");
      }
      if (Pointwise.isRelu(layer.computation()) && Pointwise.isRelu(before.computation())) {
        at(layer).report(Code.L049, layer.span(), "relu after relu changes nothing", "remove one of them");
      }
      linear(net, layer);
    }
  }

  /** Dense layers with nothing but linear operations between are one, unless what is between is narrower than both. */
  private void linear(CheckedNet net, CheckedNet.Layer layer) {
    CheckedNet.Layer before = before(net, layer);
    while (before != null && (before.computation() instanceof Reshape || before.computation() instanceof Dropout)) {
      before = before(net, before);
    }
    if (Initialized.plain(layer.computation()) instanceof Dense second && before != null
        && Initialized.plain(before.computation()) instanceof Dense first
        && first.out() >= Math.min(first.in(), second.out())) {
      at(layer).report(
          Code.L050, layer.span(), "two dense layers without an activation between can do no more than one",
          "put relu between them");
    }
  }

  private static boolean hasBias(Computation computation) {
    return computation instanceof Conv conv && conv.bias()
        || computation instanceof Dense dense && dense.bias()
        || computation.name().equals("transposed_conv") && computation.parameters().size() == 2;
  }

  private Problems at(CheckedNet.Layer layer) {
    return problems.inside(layer.source());
  }

  /** The layer whose value a layer reads, if there is one, and one alone. */
  private static CheckedNet.Layer before(CheckedNet net, CheckedNet.Layer layer) {
    return layer.inputs().size() == 1 && layer.inputs().getFirst() > 0 ? net.layers().get(layer.inputs().getFirst() - 1) : null;
  }

  /** The network and the batch against the data. */
  void of(Statement.Train train, CheckedNet net, CheckedData data, Computation loss, int batch) {
    int classes = data.target().classes();
    if (classes > 0 && !(loss instanceof Triplet) && net.output().size() > classes && net.output().isFlat()) {
      problems.report(
          Code.L048, train.net().span(),
          net.name() + " has " + net.output().size() + " outputs, but " + data.name() + " has " + classes + " classes",
          "end the network with dense(" + classes + ")");
    }
    if (data.limit().isPresent() && batch > data.limit().getAsInt()) {
      problems.report(
          Code.L051, train.span(), "a batch of " + batch + " is larger than the data, of which there are " + data.limit().getAsInt(), "");
    }
  }

  /** The learning rate against what is usual. */
  void of(Span span, Optimizer optimizer) {
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
