package dev.lanewise.dsl.verb.look;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.meaning.CheckedNet;
import dev.lanewise.dsl.verb.Given;
import dev.lanewise.runtime.operation.Conv;
import dev.lanewise.runtime.operation.Dropout;
import dev.lanewise.runtime.tensor.Shape;
import java.util.List;
import java.util.Optional;

/** Layers that give maps: images, or sequences. */
final class WithMaps {
  private WithMaps() {}

  /** The one that the argument {@code layer} names; empty, and reported, if it gives none. */
  static Optional<CheckedNet.Layer> of(Given given) {
    Optional<CheckedNet.Layer> layer = given.layer("layer");
    if (layer.isEmpty() || gives(layer.get())) {
      return layer;
    }
    List<String> others = given.part("layer").net().layers().stream().filter(WithMaps::gives).map(CheckedNet.Layer::name).toList();
    String found = layer.get().computation() instanceof Dropout ? "does nothing outside of training" : "gives " + layer.get().output();
    return given.problems().report(
        Code.L123, given.at("layer"), "`" + given.signature().name() + "` needs a layer with a map for each channel, but " + layer.get().name() + " " + found,
        others.isEmpty() ? "saliency(" + given.part("layer").net().name() + ", …) needs none" : "these give maps: " + String.join(", ", others));
  }

  /** The last convolution that gives maps, or what only changes its numbers behind it: normalisation, relu. */
  static Optional<CheckedNet.Layer> lastOfConvolution(CheckedNet net) {
    List<CheckedNet.Layer> layers = net.layers();
    int last = -1;
    for (int i = 0; i < layers.size(); i++) {
      boolean follows = last == i - 1 && i > 0 && layers.get(i).output().equals(layers.get(last).output());
      last = gives(layers.get(i)) && (layers.get(i).computation() instanceof Conv || last >= 0 && follows) ? i : last;
    }
    return last < 0 ? Optional.empty() : Optional.of(layers.get(last));
  }

  private static boolean gives(CheckedNet.Layer layer) {
    Shape output = layer.output();
    return !(layer.computation() instanceof Dropout) && (output.isImage() && output.height() * output.width() > 1 || output.isSequence() && output.size() > output.channels());
  }
}
