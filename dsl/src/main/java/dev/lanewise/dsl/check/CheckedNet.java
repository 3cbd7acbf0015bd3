package dev.lanewise.dsl.check;

import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.runtime.operation.Operation;
import dev.lanewise.runtime.tensor.Shape;
import java.util.List;

/** A network whose every layer has its shapes. */
public record CheckedNet(String name, Shape input, List<Layer> layers) {
  public CheckedNet {
    layers = List.copyOf(layers);
  }

  /** @param name what its parameters are named after; @param call as the script calls it */
  public record Layer(String name, String call, Operation operation, Span span) {
    public Shape output() {
      return operation.outputs().getFirst().shape();
    }

    public int parameters() {
      return operation.parameters().stream().mapToInt(p -> p.shape().size()).sum();
    }
  }

  public Shape output() {
    return layers.isEmpty() ? input : layers.getLast().output();
  }

  public long parameters() {
    return layers.stream().mapToLong(Layer::parameters).sum();
  }
}
