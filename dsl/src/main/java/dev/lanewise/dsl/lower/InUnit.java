package dev.lanewise.dsl.lower;

import dev.lanewise.dsl.meaning.CheckedNet;
import dev.lanewise.runtime.data.Dataset;
import dev.lanewise.runtime.data.Normalization;
import dev.lanewise.runtime.data.World;
import dev.lanewise.runtime.layer.Units;
import dev.lanewise.runtime.operation.Computation;
import dev.lanewise.runtime.operation.Objective.Read;
import dev.lanewise.runtime.operation.Objective;
import dev.lanewise.runtime.score.Differences;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Numbers to predict are learnt with mean 0 and deviation 1, if the data says so and the loss looks at differences alone: which outputs of a
 * network do, the last step of each, which brings it back into its unit, and the losses before that.
 */
public final class InUnit {
  private InUnit() {}

  /** What the last step of an output is called that brings it into the unit of a table: no other layer is. */
  public static String layer(CheckedNet net, int output) {
    String name = Units.NAME + (output == 0 ? "" : "_" + name(net, output));
    Set<String> others = net.layers().stream().map(CheckedNet.Layer::name).collect(Collectors.toSet());
    while (others.contains(name) || net.parts().contains(name)) {
      name += "_";
    }
    return name;
  }

  /** By which a world knows an output: a head by its own, that of the network has none. */
  private static String name(CheckedNet net, int output) {
    return output == 0 ? "" : net.heads().get(output - 1).name();
  }

  /** Mean and deviation of the outputs, by their numbers, that give numbers in a unit of their own. */
  public static Map<Integer, Normalization> units(CheckedNet net, World world) {
    Map<Integer, Normalization> units = new TreeMap<>();
    for (int i = 0; i <= net.heads().size(); i++) {
      Optional<Normalization> unit = world.unit(name(net, i));
      if (unit.isPresent() && (world.inUnit().isEmpty() || fits(net, i, unit.get()))) {
        units.put(i, unit.get());
      }
    }
    return units;
  }

  /** The world of another network, of which this one may lack some outputs. */
  public static World fitting(CheckedNet net, World other) {
    List<String> own = IntStream.rangeClosed(0, net.heads().size()).filter(i -> other.measured(name(net, i)).filter(u -> fits(net, i, u)).isPresent())
        .mapToObj(i -> name(net, i)).filter(other.inUnit()::contains).toList();
    return other.inUnit().isEmpty() ? other : own.isEmpty() ? other.withoutUnit() : other.inUnits(own);
  }

  private static boolean fits(CheckedNet net, int output, Normalization unit) {
    return net.outputShape(output).size() == unit.mean().length;
  }

  /** The world of a network that such a loss trains, from that of its examples: which outputs have a unit, and which learn numbers as they are. */
  public static World world(CheckedNet net, World shown, Computation loss) {
    if (!(loss instanceof Objective o) || o.told() != Objective.SUM) {
      World alone = shown.inUnits(List.of());
      return alone.unit().isPresent() && !Differences.areAllThatCounts(loss) ? alone.withoutUnit() : alone;
    }
    List<String> outputs = new ArrayList<>();
    for (int i = 0; i <= net.heads().size(); i++) {
      if (hasUnit(net, i, shown, o)) {
        outputs.add(name(net, i));
      }
    }
    return outputs.isEmpty() ? shown.withoutUnit() : shown.inUnits(outputs);
  }

  /** Whether all that reads an output looks at how far it is from the part that it learns. */
  private static boolean hasUnit(CheckedNet net, int output, World shown, Objective loss) {
    String name = name(net, output);
    boolean isPart = shown.parts().stream().skip(Dataset.TARGET + 1).anyMatch(p -> p.field().name().equals(name));
    Read learned = isPart ? Read.part(name) : Read.TARGET;
    List<Objective.Loss> readers = loss.losses().stream().filter(l -> l.reads().contains(Read.output(output))).toList();
    return shown.measured(name).filter(u -> fits(net, output, u)).isPresent() && !readers.isEmpty()
        && readers.stream().allMatch(l -> l.compared().isPresent() && l.reads().contains(learned) && Differences.areAllThatCounts(l.of()));
  }

  /** What a network is trained by in its world: before the last steps of its outputs. */
  public static Computation trained(CheckedNet net, World world, Computation loss) {
    if (loss instanceof Objective o && o.told() == Objective.SUM) {
      return tested(net, world, loss);
    }
    return world.unit().isEmpty() ? loss : Objective.inUnit(layer(net, 0), loss);
  }

  /** What it is tested by: a single loss is told in the unit, of several each as it is trained, for their sum means nothing otherwise. */
  public static Computation tested(CheckedNet net, World world, Computation loss) {
    if (!(loss instanceof Objective o) || o.told() != Objective.SUM || world.inUnit().isEmpty()) {
      return loss;
    }
    Map<Integer, String> layers = new TreeMap<>();
    units(net, world).keySet().forEach(i -> layers.put(i, layer(net, i)));
    return o.inUnits(layers);
  }
}
