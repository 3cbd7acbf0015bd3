package dev.lanewise.dsl.verb.keep;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.MistakeException;
import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.dsl.meaning.CheckedNet;
import dev.lanewise.dsl.meaning.Trained;
import dev.lanewise.dsl.verb.Bench;
import dev.lanewise.dsl.verb.Given;
import dev.lanewise.dsl.verb.Result;
import dev.lanewise.runtime.data.Field;
import dev.lanewise.runtime.data.World;
import dev.lanewise.runtime.file.Tensor;
import dev.lanewise.runtime.layer.Layers;
import dev.lanewise.runtime.tensor.Shape;
import dev.lanewise.runtime.train.Model;
import dev.lanewise.runtime.train.UnfitException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Takes over parameters that are in both, by their names. */
final class Adopting {
  private Adopting() {}

  /** Layers and blocks that have parameters, by the names that stand first. */
  private static String parts(CheckedNet net) {
    return String.join(", ", net.parts());
  }

  /** Whether a network and another, or a part of it, have parameters in common, all of one shape; reported if not. */
  static boolean meets(Given given, CheckedNet net, CheckedNet other, String part) {
    Map<String, Shape> own = net.parameterShapes();
    boolean met = false;
    for (Map.Entry<String, Shape> p : other.parameterShapes().entrySet()) {
      Shape shape = CheckedNet.isIn(part, p.getKey()) ? own.get(p.getKey()) : null;
      if (shape != null && !shape.equals(p.getValue())) {
        given.problems().report(
            Code.L031, given.at("from"),
            p.getKey() + " is " + shape.dims() + " in " + net.name() + ", but " + p.getValue().dims() + " in " + other.name(),
            "give layers that are not meant other labels, or name the part that is: from = " + other.name() + "." + first(other));
        return false;
      }
      met |= shape != null;
    }
    if (!met) {
      given.problems().report(
          Code.L031, given.at("from"), "no parameter of " + net.name() + " has a name that is in "
              + (part.isEmpty() ? other.name() : other.name() + "." + part) + " too",
          net.name() + " has " + parts(net) + "; " + other.name() + " has " + parts(other));
    }
    return met;
  }

  private static String first(CheckedNet net) {
    String parameter = net.parameterShapes().keySet().iterator().next();
    return parameter.substring(0, parameter.indexOf('.'));
  }

  /**
   * @param world that of the source: a network that takes over all it has is in it, too
   * @param from what is told of where they come from
   * @param part of the source; empty for all of it
   */
  static Result adopt(Bench bench, Span span, CheckedNet net, Given.Losses losses, List<Tensor> tensors, Optional<World> world, String from, String part) {
    try {
      Model model = bench.trained(net).model();
      Model.Adopted adopted = model.adopt(tensors, name -> CheckedNet.isIn(part, name));
      Reading.warn(bench, span, net, model.notFinite().stream().filter(n -> adopted.taken().contains(n.parameter())).toList());
      if (adopted.own().isEmpty()) {
        Reading.took(bench, span, net, world, losses);
      }
      return new Result.Adopted(net.name(), from + Reading.without(adopted.prefix()), owners(net, adopted.taken()), owners(net, adopted.own()));
    } catch (UnfitException e) {
      throw new MistakeException(Code.L031, span, e.getMessage(), "give layers that are not meant other labels: other: dense(…)");
    }
  }

  /** The world of another network that takes the same, and gives the same: what a decoder is given is not what its autoencoder was. */
  static Optional<World> world(Trained from, CheckedNet net) {
    boolean alike = from.net().inputs().stream().map(Field::kind).toList().equals(net.inputs().stream().map(Field::kind).toList());
    return from.world().filter(_ -> alike && from.net().output().equals(net.output()));
  }

  /** The layers that parameters belong to, in their order. */
  private static List<String> owners(CheckedNet net, List<String> parameters) {
    return net.layers().stream().map(CheckedNet.Layer::name)
        .filter(layer -> parameters.stream().anyMatch(p -> CheckedNet.isIn(layer, p))).toList();
  }
}
