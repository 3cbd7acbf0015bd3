package dev.lanewise.dsl.verb.keep;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.MistakeException;
import dev.lanewise.dsl.diagnostic.Reasons;
import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.dsl.meaning.CheckedNet;
import dev.lanewise.dsl.meaning.Place;
import dev.lanewise.dsl.verb.Bench;
import dev.lanewise.dsl.verb.Given;
import dev.lanewise.runtime.data.Dataset;
import dev.lanewise.runtime.data.Field;
import dev.lanewise.runtime.data.Target;
import dev.lanewise.runtime.data.World;
import dev.lanewise.runtime.data.WorldText;
import dev.lanewise.runtime.file.Safetensors;
import dev.lanewise.runtime.operation.Computation;
import dev.lanewise.runtime.train.NotFiniteParameter;
import dev.lanewise.runtime.tensor.Shape;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Files of parameters, and what is told of them. */
final class Reading {
  private Reading() {}

  /** @throws MistakeException at the span if the file cannot be read */
  static Safetensors.Content content(Span span, Place file) {
    try {
      return Safetensors.read(file.path());
    } catch (IOException e) {
      throw new MistakeException(Code.L030, span, "the file cannot be read: " + Reasons.of(e), file.remedy().isEmpty() ? Reasons.remedy(e) : file.remedy());
    }
  }

  /** What is told of names that were taken without what all of them begin with. @param prefix that, mostly nothing */
  static String without(String prefix) {
    return prefix.isEmpty() ? "" : " (without `" + prefix + "` before each name)";
  }

  /** Tells of parameters that are not numbers. */
  static void warn(Bench bench, Span span, CheckedNet net, List<NotFiniteParameter> found) {
    if (!found.isEmpty()) {
      String more = found.size() == 1 ? "" : ", and some of " + (found.size() - 1) + " more parameters";
      bench.warn(
          Code.L059, span, found.getFirst() + " of " + net.name() + " are NaN or infinite" + more,
          "the training that wrote them diverged, or the file is damaged: take another one");
    }
  }

  /** A network is in another world from now on, and is tested by the loss that it was trained by there, if that is known here. */
  static void took(Bench bench, Span span, CheckedNet net, Optional<World> world, Given.Losses losses) {
    Optional<String> written = world.map(World::loss).filter(l -> !l.isEmpty());
    Optional<Computation> loss = written.flatMap(l -> losses.written(l, net, fields(world.get(), net)));
    if (written.isPresent() && loss.isEmpty()) {
      bench.warn(
          Code.L060, span, net.name() + " has been trained by the loss `" + written.get() + "`, which is not known here: tests tell the one that fits",
          "define it, as the script does that has trained it");
    }
    bench.took(net, world, loss);
  }

  private static List<Field> fields(World world, CheckedNet net) {
    Target target = target(world, net);
    if (world.parts().isEmpty()) {
      return Dataset.plain(net.input(), target);
    }
    List<Field> fields = new ArrayList<>(world.parts().stream().map(World.Part::field).toList());
    Field learned = fields.get(Dataset.TARGET);
    fields.set(Dataset.TARGET, new Field(learned.name(), learned.shape(), learned.isWhole() ? target.classes() : 0, learned.padded()));
    return fields;
  }

  private static Target target(World world, CheckedNet net) {
    return switch (world.output()) {
      case World.Output.Numbers _, World.Output.Examples _ -> Target.numbers(net.output());
      case World.Output.Classes(List<String> names, boolean ofPlaces) ->
          ofPlaces ? Target.classes(Target.ofScores(net.output()).shape(), names.size()) : Target.classes(names.size());
      case World.Output.Embedding _ -> Target.classes(2);
    };
  }

  /** Why some output of a network cannot be in the unit that a world says. */
  static Optional<String> unfitUnit(World world, CheckedNet net) {
    List<String> heads = net.heads().stream().map(CheckedNet.Head::name).toList();
    return world.inUnit().stream().map(o -> world.unfitUnit(o, o.isEmpty() ? Optional.of(net.output()) : Optional.of(heads.indexOf(o)).filter(h -> h >= 0).map(h -> net.outputShape(h + 1))))
        .flatMap(Optional::stream).findFirst();
  }

  /** What a network's numbers mean, if the file says so. */
  static Optional<World> world(Span span, CheckedNet net, Safetensors.Content content) {
    String text = content.metadata().get(WorldText.KEY);
    try {
      if (text == null) {
        return Optional.empty();
      }
      World world = WorldText.read(text);
      Shape input = world.parts().isEmpty() ? net.input() : world.parts().getFirst().field().shape();
      world.unfit(input, net.output(world.target())).or(() -> unfitUnit(world, net)).ifPresent(why -> {
        throw new MistakeException(Code.L031, span, "what the file says of its network's world does not fit " + net.name() + ": " + why, "save the network anew");
      });
      return Optional.of(world);
    } catch (IOException e) {
      throw new MistakeException(Code.L031, span, e.getMessage(), "save the network anew");
    }
  }
}
