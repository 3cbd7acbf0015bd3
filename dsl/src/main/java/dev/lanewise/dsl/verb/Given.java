package dev.lanewise.dsl.verb;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.Problems;
import dev.lanewise.dsl.diagnostic.Remedy;
import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.dsl.diagnostic.Suggestions;
import dev.lanewise.dsl.meaning.CheckedData;
import dev.lanewise.dsl.meaning.CheckedNet;
import dev.lanewise.dsl.meaning.CheckedTrain;
import dev.lanewise.dsl.meaning.Curve;
import dev.lanewise.dsl.meaning.Examples;
import dev.lanewise.dsl.meaning.Part;
import dev.lanewise.dsl.meaning.Place;
import dev.lanewise.runtime.attack.Attack;
import dev.lanewise.runtime.data.Dataset;
import dev.lanewise.runtime.data.Field;
import dev.lanewise.runtime.data.Target;
import dev.lanewise.runtime.operation.Computation;
import dev.lanewise.runtime.optimize.Optimizer;
import dev.lanewise.runtime.signature.Argument;
import dev.lanewise.runtime.signature.Signature;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The arguments of a call, each as its kind says.
 *
 * @param span of the call
 * @param spans of the arguments that were given
 * @param losses that are known
 */
public record Given(
    Signature signature, Span span, Map<Argument, Object> values, Map<Argument, Span> spans, Problems problems,
    Losses losses) {
  /** Finds losses for a network and what it is to learn. */
  public interface Losses {
    /** The one that it was trained by, if that was on such examples; else the one that fits, or a report why there is none. */
    Optional<Computation> fitting(CheckedNet net, List<Field> fields);

    /** The same, and nothing is reported. */
    Optional<Computation> likely(CheckedNet net, List<Field> fields);

    /** Whether the network's own output is compared with what is to be learned: not if it was trained by a loss of something else. */
    boolean comparesOutput(CheckedNet net);

    /** The training of a network that the script has before this; empty if there is none. */
    Optional<CheckedTrain> training(CheckedNet net);

    /** One that a script wrote so, if it can be understood here; nothing is reported. */
    Optional<Computation> written(String text, CheckedNet net, List<Field> fields);
  }

  /** The value of an argument. Where two have one name and different kinds, that which was given. */
  private Object value(String name) {
    List<Argument> named = signature.arguments().stream().filter(a -> a.name().equals(name)).toList();
    return named.stream().filter(spans::containsKey).findFirst().or(() -> named.stream().findFirst()).map(values::get).orElseThrow();
  }

  private <T> T value(String name, Class<T> type) {
    Object value = signature.arguments().stream().filter(a -> a.name().equals(name)).map(values::get).filter(type::isInstance).findFirst().orElse(value(name));
    return type.cast(value);
  }

  /** The network that an argument is, or is a part of. */
  public static Optional<CheckedNet> netOf(Object argument) {
    return switch (argument) {
      case CheckedNet net -> Optional.of(net);
      case Part part -> Optional.of(part.net());
      case Thing.Weights weights -> Optional.of(weights.net());
      default -> Optional.empty();
    };
  }

  public CheckedNet net(String name) {
    return value(name, CheckedNet.class);
  }

  public Part part(String name) {
    return value(name, Part.class);
  }

  public CheckedData data(String name) {
    return value(name, CheckedData.class);
  }

  public Examples examples(String name) {
    return value(name, Examples.class);
  }

  public CheckedTrain run(String name) {
    return value(name, CheckedTrain.class);
  }

  public List<CheckedTrain> runs(String name) {
    return ((List<?>) value(name)).stream().map(CheckedTrain.class::cast).toList();
  }

  public Curve function(String name) {
    return value(name, Curve.class);
  }

  public List<Curve> functions(String name) {
    return ((List<?>) value(name)).stream().map(Curve.class::cast).toList();
  }

  public Thing.Written written(String name) {
    return value(name, Thing.Written.class);
  }

  public Thing.Loss loss(String name) {
    return value(name, Thing.Loss.class);
  }

  public Thing.Weights weights(String name) {
    return value(name, Thing.Weights.class);
  }

  public Attack attack(String name) {
    return value(name, Attack.class);
  }

  public Deed deed(String name) {
    return value(name, Deed.class);
  }

  /** A word, a text, or the name of a layer. */
  public String word(String name) {
    return value(name, String.class);
  }

  public boolean flag(String name) {
    return value(name, Boolean.class);
  }

  public double number(String name) {
    return value(name, Number.class).doubleValue();
  }

  public Optimizer optimizer(String name) {
    return value(name, Optimizer.class);
  }

  /** The layer that a part of a network is; empty, and reported, if there is none of that name. */
  public Optional<CheckedNet.Layer> layer(String name) {
    Part part = part(name);
    List<String> layers = part.net().layers().stream().map(CheckedNet.Layer::name).toList();
    return layers.contains(part.name())
        ? Optional.of(part.net().layers().get(layers.indexOf(part.name())))
        : problems.report(Code.L006, at(name), "unknown layer `" + part.name() + "`", Suggestions.nearest(part.name(), layers).map(l -> Remedy.mean(at(name), part.net().name() + "." + l)).orElse(Remedy.NONE));
  }

  /** An example alone; empty, and reported, if there are several. */
  public Optional<Examples> example(String name) {
    Examples example = examples(name);
    return example.count() == 1
        ? Optional.of(example)
        : problems.report(
            Code.L073, at(name), "one example at a time can be looked at", Remedy.write(at(name), example.data().name() + "." + example.part() + ".item(" + example.first() + ")"));
  }

  /** A list of numbers. */
  public double[] numbers(String name) {
    return ((List<?>) value(name)).stream().mapToDouble(n -> ((Number) n).doubleValue()).toArray();
  }

  public int whole(String name) {
    return value(name, Number.class).intValue();
  }

  /** The name of a file. */
  public Path path(String name) {
    return place(name).path();
  }

  /** The same of a file that is read. */
  public Place place(String name) {
    return value(name, Place.class);
  }

  /** What {@link Thing#drawn} names. */
  public Optional<Path> to() {
    return signature.arguments().stream().filter(a -> !a.isRequired()).map(values::get).filter(Place.class::isInstance).map(Place.class::cast).map(Place::path).findFirst();
  }

  /** Where an argument stands; the call itself where it is not given. */
  public Span at(String name) {
    return signature.arguments().stream().filter(a -> a.name().equals(name) && spans.containsKey(a)).map(spans::get).findFirst().orElse(span);
  }

  /** The loss that fits, if a network has been trained with none: cross-entropy for classes, squared error for numbers. */
  public Optional<Computation> loss(CheckedNet net, CheckedData data) {
    return losses.fitting(net, data.fields());
  }

  /** Examples as a network by itself would have them, as far as it tells. */
  public static List<Field> alone(CheckedNet net) {
    Target target = net.output().isFlat() ? Target.classes(Math.max(2, net.output().size())) : Target.numbers(net.output());
    return Dataset.plain(net.input(), target);
  }

  /** The same of a network by itself: what it can learn, as far as its output tells. */
  public Optional<Computation> loss(CheckedNet net) {
    return losses.fitting(net, alone(net));
  }
}
