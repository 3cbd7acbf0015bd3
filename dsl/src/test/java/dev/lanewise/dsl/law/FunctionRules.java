package dev.lanewise.dsl.law;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** How the prelude's functions are called as layers. One that is neither here nor a loss fails {@link GeneratorTest}. */
final class FunctionRules {
  /** Draws the constants of a call. */
  interface Rule {
    Call draw(Pick pick);
  }

  static final Map<String, Rule> ALL = rules();

  /** Functions that are no layers by themselves, but parts of others. */
  static final Set<String> PARTS = Set.of("var");

  /** Those without a kink: they may follow values that are 0 but for rounding. */
  static final List<String> SMOOTH = List.of("silu", "gelu", "sigmoid", "tanh");

  private FunctionRules() {}

  private static Map<String, Rule> rules() {
    Map<String, Rule> rules = new TreeMap<>();
    for (String plain : List.of("silu", "gelu", "selu", "softplus", "softsign", "relu6", "hard_sigmoid", "hard_swish", "mish")) {
      rules.put(plain, _ -> Call.of(plain));
    }
    rules.put("leaky_relu", p -> some(p, Call.of("leaky_relu", "slope", p.number(0.02, 0.4))));
    rules.put("elu", p -> some(p, Call.of("elu", "alpha", p.number(0.5, 1.5))));
    return rules;
  }

  private static Call some(Pick p, Call call) {
    return p.chance(0.4) ? Call.of(call.name()) : call;
  }

  /** What a function's constants are where they are not given. */
  static Map<String, Object> complete(Call call) {
    Map<String, Object> all = new TreeMap<>(Map.of());
    Optional.ofNullable(Map.of("leaky_relu", Map.<String, Object>of("slope", 0.01), "elu", Map.<String, Object>of("alpha", 1.0)).get(call.name()))
        .ifPresent(all::putAll);
    all.putAll(call.arguments());
    return all;
  }
}
