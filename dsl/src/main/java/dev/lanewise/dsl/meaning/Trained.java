package dev.lanewise.dsl.meaning;

import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.runtime.file.Safetensors;
import dev.lanewise.runtime.file.Tensor;
import dev.lanewise.runtime.operation.Computation;
import dev.lanewise.runtime.train.Model;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/**
 * A network with its values.
 *
 * @param net as it is now: a sweep may have found a better one than was written
 * @param seed of its first values
 * @param source in which it was written
 * @param loss it was trained with, null before that
 */
public record Trained(CheckedNet net, Model model, long seed, Source source, Computation loss) {
  /** Writes the parameters, with the script that the network was written in. */
  public void save(Path path) throws IOException {
    Safetensors.write(path, model.tensors(), Map.of("net", source.text(), "seed", Long.toString(seed)));
  }

  /** The values of a parameter. */
  public Tensor tensor(String parameter) {
    return model.tensors().stream().filter(t -> t.name().equals(parameter)).findFirst().orElseThrow();
  }
}
