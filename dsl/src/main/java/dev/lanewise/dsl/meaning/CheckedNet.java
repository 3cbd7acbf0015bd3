package dev.lanewise.dsl.meaning;

import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.runtime.data.Field;
import dev.lanewise.runtime.operation.Computation;
import dev.lanewise.runtime.operation.Given;
import dev.lanewise.runtime.spec.ParameterSpec;
import dev.lanewise.runtime.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A network whose every layer has its shapes. Its values are numbered: 0 is the input, i + 1 what layer i makes.
 *
 * @param first its input, or the first of them; without a label its name is empty, and it takes the main part of an example
 * @param at where the first input is written
 * @param result the number of the value that the network gives
 * @param heads what it gives besides, in training
 */
public record CheckedNet(String name, Field first, Written at, List<Layer> layers, int result, List<Head> heads) {
  public CheckedNet {
    layers = List.copyOf(layers);
    heads = List.copyOf(heads);
  }

  /** Where something stands. */
  public record Written(Source source, Span span) {
    public String text() {
      return source.text(span);
    }
  }

  /** A further output. @param value its number */
  public record Head(String name, int value) {}

  /**
   * What layers stand in together: a use of a block, or a turn of a {@code repeat}.
   *
   * @param number another one for each of a network
   * @param name of the use, with which the names of its layers begin; empty for a turn
   * @param call as the script calls the block, with the values of its arguments; of a turn {@code repeat}
   */
  public record Use(int number, String name, String call) {
    public boolean isTurn() {
      return name.isEmpty();
    }
  }

  /**
   * @param name what its parameters are named after
   * @param call as the script calls it, with the values of its arguments: {@code conv(64, 3)} where {@code conv(width, 3)} is written
   * @param inputs the numbers of the values that it reads
   * @param shared the name of the layer whose parameters it uses; its own unless it shares them
   * @param within what it stands in, the outermost first
   */
  public record Layer(
      String name, String call, Computation computation, List<Integer> inputs, String shared, List<Use> within, Source source, Span span) {
    public Layer {
      inputs = List.copyOf(inputs);
      within = List.copyOf(within);
    }

    public boolean sharesParameters() {
      return !shared.equals(name);
    }

    public Shape output() {
      return computation.outputs().getFirst().shape();
    }

    /** Trainable numbers of its own. */
    public int parameters() {
      return sharesParameters()
          ? 0
          : computation.parameters().stream().filter(ParameterSpec::trainable).mapToInt(p -> p.shape().size()).sum();
    }
  }

  /** The shape of its first input. */
  public Shape input() {
    return first.shape();
  }

  /** Why numbers are none that its inputs take, one after the other, where they take whole numbers; empty if they are. */
  public Optional<String> strange(double[] numbers) {
    int from = 0;
    for (Field input : inputs()) {
      int to = from + input.shape().size();
      OptionalDouble found = Arrays.stream(numbers, from, to).filter(n -> input.isWhole() && (n != Math.rint(n) || n < 0 || n >= input.bound())).findFirst();
      if (found.isPresent()) {
        String where = inputs().size() == 1 ? "" : " for " + input.name();
        return Optional.of(name + " takes whole numbers from 0 to " + (input.bound() - 1) + where + ", but here is " + new Constant.Num(found.getAsDouble()));
      }
      from = to;
    }
    return Optional.empty();
  }

  /** All its inputs, those with a label by their names. */
  public List<Field> inputs() {
    List<Field> inputs = new ArrayList<>(List.of(first));
    layers.forEach(l -> {
      if (l.computation() instanceof Given(Shape shape, int bound, boolean padded)) {
        inputs.add(new Field(l.name(), shape, bound, padded));
      }
    });
    return inputs;
  }

  /** Numbers of all its inputs together. */
  public int inputSize() {
    return inputs().stream().mapToInt(i -> i.shape().size()).sum();
  }

  /** What it takes: {@code 1x28x28}, or of several inputs each, {@code `user 1 of 610`, `film 1 of 9_724`}. */
  public String takes() {
    List<Field> inputs = inputs();
    return inputs.size() == 1 ? first.kind() : inputs.stream().map(i -> i.name().isEmpty() ? i.kind() : "`" + i.name() + " " + i.kind() + "`").collect(Collectors.joining(", "));
  }

  /** The layer that makes a value, which is not the input. */
  public Layer layer(int value) {
    return layers.get(value - 1);
  }

  /** The shape of a value. */
  public Shape shape(int value) {
    return value == 0 ? first.shape() : layers.get(value - 1).output();
  }

  public Shape output() {
    return shape(result);
  }

  /** The shape of one of its outputs: 0 is its own, then come the heads. */
  public Shape outputShape(int number) {
    return number == 0 ? output() : shape(heads.get(number - 1).value());
  }

  /** The shape of the output that learns a part of examples: the head that is called as the part is, or its own. */
  public Shape output(Optional<String> part) {
    return part.flatMap(p -> heads.stream().filter(h -> h.name().equals(p)).findFirst()).map(h -> shape(h.value())).orElseGet(this::output);
  }

  /** Whether a parameter belongs to a part: to the layer of that name, or to one in the block of that name. */
  public static boolean isIn(String part, String parameter) {
    return part.isEmpty() || parameter.startsWith(part + ".");
  }

  /** The shapes of all parameters, trained or not, by their names. */
  public Map<String, Shape> parameterShapes() {
    Map<String, Shape> shapes = new LinkedHashMap<>();
    layers.stream().filter(l -> !l.sharesParameters())
        .forEach(l -> l.computation().parameters().forEach(p -> shapes.put(l.name() + "." + p.name(), p.shape())));
    return shapes;
  }

  /** Layers and blocks that have parameters, by the names that stand first. */
  public Set<String> parts() {
    Set<String> parts = new TreeSet<>();
    parameterShapes().keySet().forEach(p -> parts.add(p.substring(0, p.indexOf('.'))));
    return parts;
  }

  public long parameters() {
    return layers.stream().mapToLong(Layer::parameters).sum();
  }
}
