package dev.lanewise.dsl.check.network;

import dev.lanewise.dsl.syntax.Argument;
import dev.lanewise.dsl.syntax.Expression;
import dev.lanewise.dsl.syntax.Step;
import dev.lanewise.runtime.signature.Arguments;
import dev.lanewise.runtime.signature.Signature;
import dev.lanewise.runtime.signature.Argument.Type;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Arguments of a layer that are values of the network, {@code attention(4, from = @memory)}: by their labels. */
final class Others {
  private final Building at;
  private final Signature signature;
  private final Map<String, Argument> labelled = new HashMap<>();
  private final List<Integer> inputs = new ArrayList<>();

  Others(Building at, Signature signature) {
    this.at = at;
    this.signature = signature;
  }

  /** The arguments that are none. */
  List<Argument> without(List<Argument> given) {
    List<Argument> rest = new ArrayList<>();
    int position = 0;
    for (Argument a : given) {
      String name = a.name().isPresent() ? a.name().get().text() : position < signature.arguments().size() ? signature.arguments().get(position).name() : "";
      position += a.name().isEmpty() ? 1 : 0;
      boolean value = signature.arguments().stream().anyMatch(s -> s.name().equals(name) && s.type() == Type.VALUE);
      if (!value || !(a.value() instanceof Expression.Labelled) || labelled.putIfAbsent(name, a) != null) {
        rest.add(a);
      }
    }
    return rest;
  }

  /** The others with these: each is its shape. Empty, and reported, if there is none of that name, or one of whole numbers. */
  Optional<Arguments> with(Arguments others, Step.Apply step) {
    inputs.add(at.net.current());
    Map<String, Object> all = new HashMap<>(others.values());
    for (var argument : signature.arguments()) {
      if (labelled.containsKey(argument.name())) {
        Expression.Labelled label = (Expression.Labelled) labelled.get(argument.name()).value();
        Optional<Integer> value = at.read(label.label());
        if (value.isEmpty() || !at.getsNumbers(step, signature.name(), value.get())) {
          return Optional.empty();
        }
        inputs.add(value.get());
        all.put(argument.name(), at.net.shape(value.get()));
      }
    }
    return Optional.of(new Arguments(all));
  }

  /** What the layer reads: the value at hand, and these. */
  List<Integer> inputs() {
    return List.copyOf(inputs);
  }
}
