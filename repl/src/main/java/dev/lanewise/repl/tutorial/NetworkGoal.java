package dev.lanewise.repl.tutorial;

import dev.lanewise.dsl.meaning.CheckedNet;
import dev.lanewise.repl.tutorial.Goal.Verdict.Met;
import dev.lanewise.repl.tutorial.Goal.Verdict.Open;
import dev.lanewise.repl.tutorial.Goal.Verdict.Wrong;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A network of a name, with an input and an output. Mistakes are {@code name}, {@code ends}, {@code hidden}, {@code activation} and {@code conv}.
 *
 * @param label its name
 * @param needs what it must have: {@code hidden}, a hidden layer with an activation behind it; {@code conv}
 */
record NetworkGoal(String label, String input, String output, List<String> needs) implements Goal {
  private static final Set<String> BENT = Set.of("relu", "tanh", "sigmoid", "gelu", "silu", "elu", "selu", "leaky_relu", "softplus", "softsign", "relu6", "mish");

  /** {@code N: 2 -> 2 with hidden, conv}. */
  static NetworkGoal of(String written) {
    String[] parts = written.split(": | -> | with ");
    return new NetworkGoal(parts[0], parts[1], parts[2], parts.length > 3 ? List.of(parts[3].split(", ")) : List.of());
  }

  @Override
  public Verdict of(Attempt attempt, List<Mistake> mistakes) {
    List<CheckedNet> nets = attempt.networks();
    if (nets.isEmpty()) {
      return new Open();
    }
    return wrong(nets.getLast())
        .<Verdict>map(word -> new Wrong(mistakes.stream().filter(m -> m.what().equals(word)).map(Mistake::remark).findFirst()))
        .orElse(new Met());
  }

  /** What is wrong with it first. */
  private Optional<String> wrong(CheckedNet net) {
    List<String> layers = layers(net);
    if (!net.input().toString().equals(input) || !net.output().toString().equals(output)) {
      return Optional.of("ends");
    }
    if (needs.contains("conv") && !layers.contains("conv")) {
      return Optional.of("conv");
    }
    if (needs.contains("hidden") && layers.stream().filter("dense"::equals).count() < 2) {
      return Optional.of("hidden");
    }
    if (needs.contains("hidden") && layers.subList(layers.indexOf("dense"), layers.lastIndexOf("dense")).stream().noneMatch(BENT::contains)) {
      return Optional.of("activation");
    }
    return net.name().equals(label) ? Optional.empty() : Optional.of("name");
  }

  /** Names of the layers in order: {@code dense}, {@code relu}. */
  private static List<String> layers(CheckedNet net) {
    return net.layers().stream().map(l -> l.call().replaceAll("\\(.*", "")).toList();
  }
}
