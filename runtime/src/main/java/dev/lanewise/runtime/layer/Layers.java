package dev.lanewise.runtime.layer;

import dev.lanewise.runtime.operation.Conv;
import dev.lanewise.runtime.operation.Dense;
import dev.lanewise.runtime.operation.Dropout;
import dev.lanewise.runtime.operation.Embed;
import dev.lanewise.runtime.operation.Layer;
import dev.lanewise.runtime.operation.LogSoftmax;
import dev.lanewise.runtime.operation.MaxPool;
import dev.lanewise.runtime.operation.Noise;
import dev.lanewise.runtime.operation.OneHot;
import dev.lanewise.runtime.operation.Pointwise;
import dev.lanewise.runtime.operation.Reshape;
import dev.lanewise.runtime.operation.Softmax;
import dev.lanewise.runtime.operation.Transpose;
import java.util.List;
import java.util.Optional;

/** Every layer there is. A new one is registered here, and nowhere else. */
public final class Layers {
  private static final List<Layer> ALL =
      List.of(
          Conv.LAYER,
          TransposedConv.LAYER,
          Dense.LAYER,
          MaxPool.LAYER,
          AvgPool.LAYER,
          Pointwise.RELU_LAYER,
          Pointwise.SIGMOID_LAYER,
          Pointwise.TANH_LAYER,
          Softmax.LAYER,
          LogSoftmax.LAYER,
          Dropout.LAYER,
          Dropout.LAYER_2D,
          Noise.LAYER,
          Embed.LAYER,
          OneHot.LAYER,
          BatchNorm.LAYER,
          Norms.LAYER,
          GroupNorm.LAYER,
          Upsample.LAYER,
          Pad.LAYER,
          Pad.CROP,
          Reshape.LAYER,
          Reshape.FLATTEN,
          Transpose.LAYER,
          Attention.LAYER,
          Positions.LAYER,
          Positions.SINE,
          Last.LAYER);

  private Layers() {}

  public static List<Layer> all() {
    return ALL;
  }

  public static Optional<Layer> named(String name) {
    return ALL.stream().filter(l -> l.name().equals(name)).findFirst();
  }
}
