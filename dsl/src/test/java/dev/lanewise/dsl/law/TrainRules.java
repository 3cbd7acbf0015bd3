package dev.lanewise.dsl.law;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How optimisers and schedules are called. One without a rule fails {@link GeneratorTest}. */
final class TrainRules {
  interface Rule {
    Call draw(Pick pick);
  }

  static final Map<String, Rule> OPTIMIZERS = optimizers();
  static final Map<String, Rule> SCHEDULES = schedules();

  private TrainRules() {}

  /** With eps large enough that a step does not turn on the sign of rounding. */
  private static Map<String, Rule> optimizers() {
    Map<String, Rule> rules = new TreeMap<>();
    rules.put("sgd", p -> {
      double momentum = p.chance(0.5) ? 0 : p.number(0.3, 0.9);
      return Call.of(
          "sgd", "lr", p.rate(0.01, 0.2), "momentum", momentum, "decay", p.chance(0.5) ? 0.0 : p.rate(1e-3, 0.1),
          "nesterov", momentum > 0 && p.chance(0.4));
    });
    rules.put("adam", p -> adaptive(p, "adam", p.rate(1e-3, 0.03)));
    rules.put("adamw", p -> adaptive(p, "adamw", p.rate(1e-3, 0.03)));
    rules.put("rmsprop", p -> Call.of(
        "rmsprop", "lr", p.rate(1e-3, 0.01), "alpha", p.number(0.5, 0.99), "eps", p.rate(1e-5, 1e-3), "momentum",
        p.chance(0.5) ? 0.0 : p.number(0.3, 0.9), "decay", p.chance(0.5) ? 0.0 : p.rate(1e-3, 0.1)));
    rules.put("adagrad", p -> Call.of("adagrad", "lr", p.rate(1e-3, 0.05), "eps", p.rate(1e-5, 1e-3)));
    rules.put("adadelta", p -> Call.of("adadelta", "lr", p.rate(0.1, 2), "rho", p.number(0.5, 0.95), "eps", p.rate(1e-6, 1e-4)));
    rules.put("lion", p -> Call.of(
        "lion", "lr", p.rate(1e-4, 0.01), "beta1", p.number(0.5, 0.95), "beta2", p.number(0.5, 0.99), "decay",
        p.chance(0.5) ? 0.0 : p.rate(0.01, 0.5)));
    rules.put("muon", p -> Call.of(
        "muon", "lr", p.rate(0.005, 0.05), "momentum", p.number(0.3, 0.95), "decay", p.chance(0.5) ? 0.0 : p.rate(0.01, 0.3), "rest",
        p.rate(1e-4, 0.01)));
    return rules;
  }

  private static Call adaptive(Pick p, String name, double lr) {
    return Call.of(
        name, "lr", lr, "beta1", p.number(0.5, 0.95), "beta2", p.number(0.8, 0.999), "eps", p.rate(1e-5, 1e-3), "decay",
        p.chance(0.5) ? 0.0 : p.rate(1e-3, 0.1));
  }

  private static Map<String, Rule> schedules() {
    Map<String, Rule> rules = new TreeMap<>();
    rules.put("constant", _ -> Call.of("constant"));
    rules.put("step", p -> Call.of("step", "every", p.whole(1, 2), "factor", p.number(0.1, 0.9)));
    rules.put("exponential", p -> Call.of("exponential", "factor", p.number(0.3, 0.95)));
    rules.put("cosine", p -> Call.of("cosine", "least", p.chance(0.5) ? 0.0 : 1e-4));
    rules.put("warm_up", p -> Call.of("warm_up", "share", p.number(0.1, 0.6)));
    rules.put("one_cycle", p -> Call.of("one_cycle", "peak", p.chance(0.5) ? 0.0 : p.rate(1e-3, 0.02), "share", p.number(0.2, 0.6)));
    rules.put("plateau", p -> Call.of("plateau", "by", "loss", "factor", p.number(0.2, 0.8), "patience", 0, "threshold", p.number(0.01, 0.5)));
    return rules;
  }

  /** Drawn mostly in full, so that another library's own defaults play no part. */
  static Call drawn(Pick p, Map<String, Rule> rules) {
    return rules.get(p.of(List.copyOf(rules.keySet()))).draw(p);
  }
}
