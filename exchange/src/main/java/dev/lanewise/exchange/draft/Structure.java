package dev.lanewise.exchange.draft;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds paths that begin and end together, and what stands in a network several times. */
final class Structure {
  private static final Set<String> JOINS = Set.of("add", "mul", "concat");
  private static final int LONGEST_PATHS = 16;
  private static final int LONGEST_BLOCK = 12;
  private static final int MOST_BLOCKS = 6;

  private final Map<Step, Set<Step>> readers = new IdentityHashMap<>();
  private final Set<Step> outputs = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Map<Step, Item.Forked> forks = new IdentityHashMap<>();
  private final Set<Step> inside = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Map<String, Integer> names = new HashMap<>();

  private Structure(List<Step> steps, List<Step> outputs) {
    this.outputs.addAll(outputs);
    for (Step step : steps) {
      step.inputs().forEach(i -> readers.computeIfAbsent(i, _ -> Collections.newSetFromMap(new IdentityHashMap<>())).add(step));
    }
  }

  static List<Item> of(List<Step> steps, List<Step> outputs) {
    Structure structure = new Structure(steps, outputs);
    steps.forEach(structure::fork);
    List<Item> items = new ArrayList<>();
    steps.stream().filter(s -> !structure.inside.contains(s)).forEach(s -> items.add(structure.item(s)));
    List<Item> now = items;
    for (int i = 0; i < MOST_BLOCKS; i++) {
      List<Item> next = structure.blocks(now);
      if (next == now) {
        break;
      }
      now = next;
    }
    return now;
  }

  private Item item(Step step) {
    return forks.containsKey(step) ? forks.get(step) : new Item.Plain(step);
  }

  /** A join as paths, if all that lies between the place where they begin and the join is read there alone. */
  private void fork(Step join) {
    if (!JOINS.contains(join.kind()) || join.inputs().size() < 2 || join.inputs().size() > 4) {
      return;
    }
    List<Set<Step>> spines = join.inputs().stream().map(this::spine).toList();
    Step start = spines.getFirst().stream().filter(s -> spines.stream().allMatch(p -> p.contains(s))).findFirst().orElse(null);
    if (start == null) {
      return;
    }
    List<List<Item>> paths = new ArrayList<>();
    Set<Step> between = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Step end : join.inputs()) {
      List<Item> path = new ArrayList<>();
      for (Step at = end; at != start; at = previous(at)) {
        path.addFirst(item(at));
        between.addAll(item(at).steps());
      }
      paths.add(path);
    }
    between.add(join);
    boolean closed = between.stream().filter(s -> s != join).allMatch(s -> !outputs.contains(s) && !s.kind().equals("input") && between.containsAll(readers.getOrDefault(s, Set.of())));
    boolean single = paths.stream().flatMap(List::stream).allMatch(i -> i instanceof Item.Forked || i.last().inputs().size() == 1);
    boolean apart = paths.stream().flatMap(List::stream).mapToInt(i -> i.steps().size()).sum() == between.size() - 1;
    boolean onlyReads = paths.stream().allMatch(List::isEmpty);
    if (!closed || !single || !apart || onlyReads || between.size() > LONGEST_PATHS || paths.stream().filter(List::isEmpty).count() > 1) {
      return;
    }
    forks.put(join, new Item.Forked(join, paths));
    inside.addAll(between);
    inside.remove(join);
  }

  /** The steps that lead to a value, the last first; what lies on paths within is passed by. */
  private Set<Step> spine(Step step) {
    Set<Step> spine = new LinkedHashSet<>();
    for (Step at = step; at != null && spine.size() < 4 * LONGEST_PATHS; at = previous(at)) {
      spine.add(at);
    }
    return spine;
  }

  private Step previous(Step step) {
    return forks.containsKey(step) ? forks.get(step).before() : step.inputs().size() == 1 ? step.inputs().getFirst() : null;
  }

  private record Found(int length, List<Integer> places, int gain) {}

  /** With the best block made; the same list if there is none. */
  private List<Item> blocks(List<Item> items) {
    List<String> signatures = items.stream().map(Item::signature).toList();
    Found best = null;
    for (int length = 1; length <= LONGEST_BLOCK; length++) {
      Map<String, List<Integer>> places = new HashMap<>();
      for (int from = 0; from + length <= items.size(); from++) {
        if (isClosed(items, from, from + length)) {
          List<Integer> known = places.computeIfAbsent(String.join("->", signatures.subList(from, from + length)), _ -> new ArrayList<>());
          if (known.isEmpty() || known.getLast() + length <= from) {
            known.add(from);
          }
        }
      }
      for (List<Integer> at : places.values()) {
        int size = items.subList(at.getFirst(), at.getFirst() + length).stream().mapToInt(i -> i.steps().size()).sum();
        int gain = (at.size() - 1) * size;
        if (at.size() > 1 && size >= 4 && (best == null || gain > best.gain() || gain == best.gain() && at.getFirst() < best.places().getFirst())) {
          best = new Found(length, at, gain);
        }
      }
    }
    return best == null ? items : replaced(items, best);
  }

  private List<Item> replaced(List<Item> items, Found found) {
    List<List<Item>> all = found.places().stream().map(p -> items.subList(p, p + found.length())).toList();
    String word = all.getFirst().stream().anyMatch(i -> i instanceof Item.Forked f && f.step().kind().equals("add")) ? "Residual" : "Unit";
    int count = names.merge(word, 1, Integer::sum);
    Item.Block block = new Item.Block(word + (count == 1 ? "" : "Abcdefghij".substring(count - 1, count).toUpperCase(java.util.Locale.ROOT)), inner(all));
    List<Item> made = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      if (found.places().contains(i)) {
        made.add(new Item.Use(block, List.copyOf(items.subList(i, i + found.length()))));
        i += found.length() - 1;
      } else {
        made.add(items.get(i));
      }
    }
    return made;
  }

  /** What the layers of a block are called in all its uses; empty if they are called differently. */
  private static List<String> inner(List<List<Item>> uses) {
    List<List<String>> all = uses.stream().map(u -> weighted(u).stream().map(Step::wish).toList()).toList();
    List<String> inner = null;
    for (List<String> wishes : all) {
      String prefix = prefix(wishes);
      List<String> own = wishes.stream().map(w -> prefix.isEmpty() || w.length() <= prefix.length() ? "" : w.substring(prefix.length() + 1)).toList();
      if (prefix.isEmpty() || own.contains("") || inner != null && !inner.equals(own)) {
        return List.of();
      }
      inner = own;
    }
    return inner == null ? List.of() : inner;
  }

  /** What names begin with up to a dot, without it: all of them, or nothing. */
  static String prefix(List<String> names) {
    String prefix = names.isEmpty() ? "" : names.getFirst();
    for (String name : names) {
      while (!prefix.isEmpty() && !(name.startsWith(prefix + "."))) {
        prefix = prefix.contains(".") ? prefix.substring(0, prefix.lastIndexOf('.')) : "";
      }
    }
    return prefix;
  }

  static List<Step> weighted(List<Item> items) {
    return items.stream().flatMap(i -> i.steps().stream()).filter(s -> !s.weights().isEmpty()).toList();
  }

  /** Whether items follow each other, only the first reads what was before, only the last is read behind, and there is something with weights, which begins it. */
  private boolean isClosed(List<Item> items, int from, int to) {
    if (from == 0) {
      return false;
    }
    Set<Step> within = Collections.newSetFromMap(new IdentityHashMap<>());
    for (int i = from; i < to; i++) {
      Item item = items.get(i);
      if (item instanceof Item.Use || item instanceof Item.Plain p && (p.step().kind().equals("input") || p.step().inputs().size() != 1) || item.before() != items.get(i - 1).last()) {
        return false;
      }
      within.addAll(item.steps());
    }
    if (items.get(from).steps().stream().allMatch(s -> s.weights().isEmpty())) {
      return false;
    }
    Step last = items.get(to - 1).last();
    return within.stream().allMatch(s -> s == last || !outputs.contains(s) && within.containsAll(readers.getOrDefault(s, Set.of())));
  }
}
