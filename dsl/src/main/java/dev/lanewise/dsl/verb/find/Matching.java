package dev.lanewise.dsl.verb.find;

import dev.lanewise.dsl.meaning.CheckedNet;
import dev.lanewise.runtime.layer.Contrastive;
import dev.lanewise.runtime.operation.Computation;
import dev.lanewise.runtime.operation.Given;
import dev.lanewise.runtime.operation.Objective;
import dev.lanewise.runtime.operation.Objective.Read;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Two outputs of a network that {@code contrastive} compares. */
record Matching(Side first, Side second) {
  /** An output, by its number, and the only part of an example that it is made of. */
  record Side(int output, String part) {}

  /** The outputs that a loss compares; empty if there are none, or one of them is made of more than a part, or both of the same one. */
  static Optional<Matching> of(CheckedNet net, Computation loss) {
    if (!(loss instanceof Objective objective)) {
      return Optional.empty();
    }
    Optional<Objective.Loss> compares = objective.losses().stream()
        .filter(l -> l.of().name().equals(Contrastive.SIGNATURE.name()) && l.reads().stream().allMatch(Read.Output.class::isInstance)).findFirst();
    List<Optional<Side>> sides = new ArrayList<>();
    compares.ifPresent(l -> l.reads().forEach(r -> sides.add(side(net, ((Read.Output) r).number()))));
    return sides.size() == 2 && sides.stream().allMatch(Optional::isPresent) && !sides.getFirst().get().part().equals(sides.getLast().get().part())
        ? Optional.of(new Matching(sides.getFirst().get(), sides.getLast().get()))
        : Optional.empty();
  }

  private static Optional<Side> side(CheckedNet net, int output) {
    Set<Integer> read = new HashSet<>(Set.of(output == 0 ? net.result() : net.heads().get(output - 1).value()));
    Set<String> parts = new HashSet<>();
    for (int value = net.layers().size(); value >= 0; value--) {
      if (read.contains(value) && value == 0) {
        parts.add(net.first().name());
      } else if (read.contains(value)) {
        CheckedNet.Layer layer = net.layers().get(value - 1);
        read.addAll(layer.inputs());
        if (layer.computation() instanceof Given) {
          parts.add(layer.name());
        }
      }
    }
    return parts.size() == 1 && !parts.contains("") ? Optional.of(new Side(output, parts.iterator().next())) : Optional.empty();
  }
}
