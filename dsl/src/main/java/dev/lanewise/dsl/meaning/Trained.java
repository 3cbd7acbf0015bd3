package dev.lanewise.dsl.meaning;

import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.runtime.data.Field;
import dev.lanewise.runtime.data.World;
import dev.lanewise.runtime.data.WorldText;
import dev.lanewise.runtime.file.Safetensors;
import dev.lanewise.runtime.file.Tensor;
import dev.lanewise.runtime.operation.Computation;
import dev.lanewise.runtime.train.Model;
import java.io.IOException;
import java.nio.file.Path;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A network with its values.
 *
 * @param net as it is now: a sweep may have found a better one than was written
 * @param seed of its first values
 * @param source in which it was written
 * @param loss it was trained with, null before that
 * @param world what its numbers mean, from its first training on; empty before that, and where a file does not say
 */
public record Trained(CheckedNet net, Model model, long seed, Source source, Computation loss, Optional<World> world) {
  /** Writes the parameters, with the script that the network was written in. */
  public void save(Path path) throws IOException {
    Map<String, String> metadata = new TreeMap<>(Map.of("net", source.text(), "seed", Long.toString(seed)));
    world.ifPresent(w -> metadata.put(WorldText.KEY, WorldText.of(w)));
    Safetensors.write(path, model.tensors(), metadata);
  }

  /** The numbers of an example as the network sees them; of several inputs, one after the other. */
  public double[] seen(double[] numbers) {
    double[] seen = numbers.clone();
    int from = 0;
    for (Field input : net.inputs()) {
      double[] own = Arrays.copyOfRange(numbers, from, from + input.shape().size());
      double[] scaled = input.isWhole() ? own : world.flatMap(w -> w.scale(input.name())).map(s -> s.of(own)).orElse(own);
      System.arraycopy(scaled, 0, seen, from, own.length);
      from += own.length;
    }
    return seen;
  }

  /** The network as it is at this moment: training does not change it. */
  public Trained still() {
    return new Trained(net, model.copy(), seed, source, loss, world);
  }

  /** Whether its parameters are the random numbers that it began with. */
  public boolean isNew() {
    return loss == null && net.parameters() > 0 && Model.create(net.name(), model.graph(), seed).has(model.tensors());
  }

  /** The values of a parameter. */
  public Tensor tensor(String parameter) {
    return model.tensors().stream().filter(t -> t.name().equals(parameter)).findFirst().orElseThrow();
  }
}
