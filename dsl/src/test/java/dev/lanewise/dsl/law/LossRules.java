package dev.lanewise.dsl.law;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How losses are called, and what they need of a network's last layer. One without a rule fails {@link GeneratorTest}. */
final class LossRules {
  /** What the numbers to predict are. */
  enum Numbers {
    NONE,
    ANY,
    /** From 0 to 1. */
    SHARES,
    /** They add up to 1. */
    DISTRIBUTION
  }

  /**
   * @param last what the network ends with, so that outputs are such as the loss takes; empty for scores
   * @param classes whether labels may be classes
   * @param numbers to predict in place of classes
   */
  record Rule(Drawing drawing, String last, boolean classes, Numbers numbers) {
    boolean isFlat() {
      return numbers == Numbers.NONE || numbers == Numbers.DISTRIBUTION;
    }
  }

  /** Draws a call for so many outputs. */
  interface Drawing {
    Call draw(Pick pick, int outputs);
  }

  static final Map<String, Rule> ALL = rules();

  private LossRules() {}

  private static Map<String, Rule> rules() {
    Map<String, Rule> rules = new TreeMap<>();
    rules.put("cross_entropy", new Rule(LossRules::crossEntropy, "", true, Numbers.NONE));
    rules.put("triplet", new Rule((p, _) -> some(p, Call.of("triplet", "margin", p.number(0.3, 2))), "", true, Numbers.NONE));
    rules.put("mse", new Rule((_, _) -> Call.of("mse"), "", true, Numbers.ANY));
    rules.put("mae", new Rule((_, _) -> Call.of("mae"), "", true, Numbers.ANY));
    rules.put("l1", new Rule((_, _) -> Call.of("l1"), "", true, Numbers.ANY));
    rules.put("huber", new Rule((p, _) -> some(p, Call.of("huber", "delta", p.number(0.3, 1.5))), "", true, Numbers.ANY));
    rules.put("bce", new Rule((_, _) -> Call.of("bce"), "sigmoid", true, Numbers.SHARES));
    rules.put("bce_with_logits", new Rule((_, _) -> Call.of("bce_with_logits"), "", true, Numbers.SHARES));
    rules.put("nll", new Rule((_, _) -> Call.of("nll"), "log_softmax", true, Numbers.NONE));
    rules.put("kl", new Rule((p, _) -> some(p, Call.of("kl", "smooth", p.number(0.05, 0.3))), "log_softmax", true, Numbers.DISTRIBUTION));
    rules.put("hinge", new Rule((_, _) -> Call.of("hinge"), "", true, Numbers.NONE));
    rules.put("focal", new Rule((p, _) -> some(p, Call.of("focal", "gamma", p.number(1, 3))), "", true, Numbers.NONE));
    return rules;
  }

  private static Call crossEntropy(Pick p, int outputs) {
    List<String> left = new ArrayList<>();
    List<Double> weights = new ArrayList<>();
    for (int i = 0; i < outputs; i++) {
      weights.add(p.number(0.2, 3));
    }
    if (p.chance(0.5)) {
      left.add("smooth");
    }
    if (p.chance(0.5)) {
      left.add("weights");
    }
    return Call.of("cross_entropy", "smooth", p.number(0.05, 0.3), "weights", weights).without(left);
  }

  private static Call some(Pick p, Call call) {
    return p.chance(0.4) ? Call.of(call.name()) : call;
  }
}
