package dev.lanewise.exchange.draft;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What stands in a line of a network: a step, a join with its paths, or the use of a block. */
sealed interface Item {
  record Plain(Step step) implements Item {}

  /** A join whose paths begin at the value before it. */
  record Forked(Step step, List<List<Item>> paths) implements Item {}

  /** Items that stand elsewhere in the network, too, with other parameters. */
  record Use(Block block, List<Item> items) implements Item {}

  /** @param name what it is called @param inner for each step with weights, in order, its name; empty if the language's own will do */
  record Block(String name, List<String> inner) {}

  /** The step that makes the value behind it. */
  default Step last() {
    return switch (this) {
      case Plain p -> p.step();
      case Forked f -> f.step();
      case Use u -> u.items().getLast().last();
    };
  }

  /** The step that makes the value before it. */
  default Step before() {
    return switch (this) {
      case Plain p -> p.step().inputs().isEmpty() ? null : p.step().inputs().getFirst();
      case Forked f -> f.paths().stream().filter(p -> !p.isEmpty()).findFirst().map(p -> p.getFirst().before()).orElse(null);
      case Use u -> u.items().getFirst().before();
    };
  }

  /** All steps, in the order in which they are written. */
  default List<Step> steps() {
    return switch (this) {
      case Plain p -> List.of(p.step());
      case Forked f -> {
        List<Step> all = new ArrayList<>();
        f.paths().forEach(p -> p.forEach(i -> all.addAll(i.steps())));
        all.add(f.step());
        yield all;
      }
      case Use u -> u.items().stream().flatMap(i -> i.steps().stream()).toList();
    };
  }

  /** What it does, without names: equal for what can be one block. */
  default String signature() {
    return switch (this) {
      case Plain p -> p.step().inputs().size() > 1 ? p.step().call() + "@" + System.identityHashCode(p.step()) : p.step().call() + p.step().note();
      case Forked f -> f.step().call() + f.paths().stream().map(p -> "{" + signature(p) + "}").collect(Collectors.joining());
      case Use u -> signature(u.items());
    };
  }

  static String signature(List<Item> items) {
    return items.stream().map(Item::signature).collect(Collectors.joining("->"));
  }
}
