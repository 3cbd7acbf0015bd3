package dev.lanewise.dsl.check.network;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.Problems;
import dev.lanewise.dsl.meaning.CheckedNet;
import dev.lanewise.runtime.layer.Layers;
import dev.lanewise.runtime.layer.EachPlace;
import dev.lanewise.runtime.operation.Computation;
import dev.lanewise.runtime.operation.Conv;
import dev.lanewise.runtime.operation.Dense;
import dev.lanewise.runtime.operation.Dropout;
import dev.lanewise.runtime.operation.Initialized;
import dev.lanewise.runtime.operation.Pointwise;
import dev.lanewise.runtime.operation.Reshape;

/** What of a network runs, but is hardly meant. */
record NetWarnings(Problems problems) {
  /** Layers that undo each other, or add nothing. */
  void of(CheckedNet net) {
    for (CheckedNet.Layer layer : net.layers()) {
      CheckedNet.Layer before = before(net, layer);
      if (before == null) {
        continue;
      }
      if (layer.computation().name().equals("batchnorm") && hasBias(plain(before))) {
        at(before).report(
            Code.L045, before.span(), "a bias before batchnorm has no effect: the mean is taken away again",
            "bias = false saves " + before.computation().parameters().getLast().shape().size() + " parameters");
      }
      if (Pointwise.isRelu(plain(layer)) && Pointwise.isRelu(plain(before))) {
        at(layer).report(Code.L049, layer.span(), "relu after relu changes nothing", "remove one of them");
      }
      linear(net, layer);
    }
  }

  /** Dense layers with nothing but linear operations between are one, unless what is between is narrower than both. */
  private void linear(CheckedNet net, CheckedNet.Layer layer) {
    CheckedNet.Layer before = before(net, layer);
    while (before != null && (plain(before) instanceof Reshape || plain(before) instanceof Dropout)) {
      before = before(net, before);
    }
    if (plain(layer) instanceof Dense second && before != null
        && plain(before) instanceof Dense first
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

  /** What a layer does, at one place if it is inside of {@code each}, whatever its weight begins with. */
  private static Computation plain(CheckedNet.Layer layer) {
    return Initialized.plain(EachPlace.plain(layer.computation()));
  }

  private Problems at(CheckedNet.Layer layer) {
    return problems.inside(layer.source());
  }

  /** The layer whose value a layer reads, if there is one, and one alone. */
  private static CheckedNet.Layer before(CheckedNet net, CheckedNet.Layer layer) {
    return layer.inputs().size() == 1 && layer.inputs().getFirst() > 0 ? net.layers().get(layer.inputs().getFirst() - 1) : null;
  }
}
