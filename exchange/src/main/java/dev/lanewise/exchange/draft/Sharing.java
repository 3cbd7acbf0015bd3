package dev.lanewise.exchange.draft;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Layers that read the same numbers of a file: the second is {@code share(@first)}, and so is a product with a table that tokens are looked up in. What only happens to have equal numbers, each its
 * own, stays two layers; so do numbers that are all alike, which programs that write files store once whatever they are for.
 */
public final class Sharing {
  private Sharing() {}

  /** @return for each layer that takes those of another, what the file calls them */
  public static List<String> merge(Draft draft) {
    Map<List<Object>, List<Step>> seen = new HashMap<>();
    List<String> told = new ArrayList<>();
    for (Step step : draft.steps()) {
      if (step.weights().isEmpty() || step.sources().isEmpty() || step.inputs().size() != 1 || step.weights().stream().allMatch(w -> isAlike(w.values()))) {
        continue;
      }
      List<Step> before = seen.computeIfAbsent(List.of(step.sources()), _ -> new ArrayList<>());
      Optional<Step> first = before.stream().filter(b -> isSame(b, step) || isTied(b, step)).findFirst();
      if (first.isEmpty()) {
        before.add(step);
        continue;
      }
      told.add("`" + String.join("`, `", step.sources()) + "`");
      boolean each = step.call().startsWith("each {") && isSame(first.get(), step);
      Step passed = step.passed();
      step.become("share", each ? "each { share(%s) }" : "share(%s)", List.of(step.inputs().getFirst(), first.get()));
      step.passing(passed).wish("");
    }
    return told;
  }

  private static boolean isAlike(float[] values) {
    for (float value : values) {
      if (value != values[0]) {
        return false;
      }
    }
    return true;
  }

  private static boolean isSame(Step a, Step b) {
    boolean same = a.call().equals(b.call()) && Arrays.equals(a.inputs().getFirst().dims(), b.inputs().getFirst().dims()) && a.weights().size() == b.weights().size();
    for (int i = 0; same && i < a.weights().size(); i++) {
      same = isSame(a.weights().get(i), b.weights().get(i));
    }
    return same;
  }

  private static boolean isSame(Step.Weight a, Step.Weight b) {
    return a.name().equals(b.name()) && Arrays.equals(a.dims(), b.dims()) && Arrays.equals(a.values(), b.values());
  }

  /** Scores of all rows of a table. */
  private static boolean isTied(Step table, Step product) {
    boolean plain = product.call().matches("(each \\{ )?dense\\([0-9]+, bias = false\\)( })?");
    return table.kind().equals("embed") && plain && isSame(table.weights().getFirst(), product.weights().getFirst());
  }
}
