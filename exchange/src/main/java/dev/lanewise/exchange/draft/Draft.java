package dev.lanewise.exchange.draft;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A network that is being put together, step by step. */
public final class Draft {
  /** Parts that a value is cut into where blocks in the middle of it change places. */
  private static final long MOST_PARTS = 64;
  /** Blocks that change places: all their orders are tried. */
  private static final int MOST_BLOCKS = 7;

  private final List<Step> steps = new ArrayList<>();
  private final Map<List<Object>, Step> made = new HashMap<>();
  private final Map<String, String> definitions = new LinkedHashMap<>();

  /** An input. @param call as {@code input 1x28x28} */
  public Step input(String name, String call, int[] dims) {
    Step step = new Step("input", call, List.of(), dims);
    steps.add(step.wish(name));
    return step;
  }

  /** A step with weights, or whatever is made once. @param inputs the value at hand first */
  public Step add(String kind, String call, int[] dims, Step... inputs) {
    Step step = new Step(kind, call, List.of(inputs), dims);
    steps.add(step);
    return step;
  }

  /** A step without weights: twice the same is once. */
  public Step once(String kind, String call, int[] dims, Step... inputs) {
    List<Object> key = new ArrayList<>(List.of(call, Arrays.stream(dims).boxed().toList()));
    key.addAll(List.of(inputs));
    return made.computeIfAbsent(key, _ -> add(kind, call, dims, inputs));
  }

  public List<Step> steps() {
    return List.copyOf(steps);
  }

  /** What outputs are made of, in order, and all inputs. */
  List<Step> needed(List<Step> outputs) {
    Set<Step> needed = Collections.newSetFromMap(new IdentityHashMap<>());
    needed.addAll(outputs);
    for (Step step : steps.reversed()) {
      if (needed.contains(step)) {
        needed.addAll(step.inputs());
      }
    }
    return steps.stream().filter(s -> needed.contains(s) || s.kind().equals("input")).toList();
  }

  /** Definitions by their names, each as it is written but for its name, of which {@code %s} keeps the place. */
  public Map<String, String> definitions() {
    return definitions;
  }

  /** The name of a definition. @param like what it is called if that is free, else with a number behind @param text with {@code %s} for the name */
  public String define(String like, String text) {
    String name = like;
    for (int i = 2; definitions.containsKey(name) && !definitions.get(name).equals(text); i++) {
      name = like + i;
    }
    definitions.put(name, text);
    return name;
  }

  /** The same values under another shape. */
  public Step shaped(Step step, int... dims) {
    if (Arrays.equals(step.dims(), dims)) {
      return step;
    }
    if (step.kind().equals("flatten") || step.kind().equals("reshape")) {
      return shaped(step.inputs().getFirst(), dims);
    }
    return dims.length == 1 ? once("flatten", "flatten", dims, step) : once("reshape", "reshape(" + shape(dims) + ")", dims, step);
  }

  public static String shape(int... dims) {
    return IntStream.of(dims).mapToObj(Integer::toString).collect(Collectors.joining("x"));
  }

  /** The same number for both sides once. */
  public static String sides(long... sides) {
    boolean same = Arrays.stream(sides).allMatch(s -> s == sides[0]);
    return same ? Long.toString(sides[0]) : Arrays.stream(sides).mapToObj(Long::toString).collect(Collectors.joining("x"));
  }

  /** A value with its atoms in that order, each group of them a dimension. */
  public Step arranged(Live value, List<List<Atom>> groups) {
    List<Atom> wanted = groups.stream().flatMap(List::stream).toList();
    Step step = ordered(value.step(), value.order(), wanted);
    return shaped(step, groups.stream().mapToInt(g -> Math.toIntExact(Atom.size(g))).toArray());
  }

  /** As the file has it, in as many dimensions if these are three at most. */
  public Step natural(Live value) {
    List<List<Atom>> groups = new ArrayList<>();
    for (List<Atom> axis : value.axes()) {
      List<Atom> own = axis.stream().filter(a -> !a.isBatch()).toList();
      if (own.size() == axis.size()) {
        groups.add(own);
      } else if (!own.isEmpty()) {
        groups.add(own);
      }
    }
    while (groups.size() > 3) {
      List<Atom> last = new ArrayList<>(groups.remove(groups.size() - 2));
      last.addAll(groups.removeLast());
      groups.add(last);
    }
    return arranged(value, groups.isEmpty() ? List.of(List.of()) : groups);
  }

  private Step ordered(Step step, List<Atom> order, List<Atom> wanted) {
    if (order.equals(wanted)) {
      return step;
    }
    if (order.size() != wanted.size() || !order.containsAll(wanted)) {
      throw new IllegalArgumentException(order + " are not " + wanted);
    }
    Step now = step;
    for (Move move : moves(order, wanted)) {
      now = move.done(this, now);
    }
    return now;
  }

  /** Two neighbouring blocks of a value change places. @param outer how much stands before them, which stays */
  private record Move(long outer, long first, long second) {
    Step done(Draft draft, Step step) {
      int a = Math.toIntExact(outer), b = Math.toIntExact(first), c = Math.toIntExact(second);
      if (a == 1) {
        return draft.once("transpose", "transpose", new int[] {c, b}, draft.shaped(step, b, c));
      }
      String parts = IntStream.range(0, a).mapToObj(i -> "transpose(part(x, " + i + ", " + a + "))").collect(Collectors.joining(", "));
      String name = draft.define("swapped", "def %s(x) = concat(" + parts + ")");
      return draft.once(name, name, new int[] {a * c, b}, draft.shaped(step, a * b, c));
    }

    double cost() {
      return outer == 1 ? 1 : 3 + outer / 16.0;
    }
  }

  /** Where neighbours stay neighbours they are one. */
  private static List<Move> moves(List<Atom> from, List<Atom> to) {
    List<Atom> blocks = new ArrayList<>();
    Map<Integer, Atom> beginnings = new TreeMap<>();
    for (int i = 0; i < from.size();) {
      int begin = i, there = to.indexOf(from.get(i));
      while (++i < from.size() && there + i - begin < to.size() && to.get(there + i - begin) == from.get(i)) {}
      Atom block = Atom.of(Atom.size(from.subList(begin, i)));
      blocks.add(block);
      beginnings.put(there, block);
    }
    if (blocks.size() > MOST_BLOCKS) {
      throw new RefusedException("its dimensions would have to change places: " + from + " to " + to);
    }
    return shortest(blocks, List.copyOf(beginnings.values()));
  }

  private record Way(List<Atom> order, List<Move> moves, double cost) {}

  private static List<Move> shortest(List<Atom> from, List<Atom> to) {
    Map<List<Atom>, Double> seen = new HashMap<>();
    Deque<Way> open = new ArrayDeque<>(List.of(new Way(from, List.of(), 0)));
    Way best = null;
    while (!open.isEmpty()) {
      Way way = open.poll();
      if (way.order().equals(to) && (best == null || way.cost() < best.cost())) {
        best = way;
      }
      if (best != null && way.cost() >= best.cost() || way.cost() >= seen.getOrDefault(way.order(), Double.MAX_VALUE) || way.moves().size() > 4) {
        continue;
      }
      seen.put(way.order(), way.cost());
      int size = way.order().size();
      for (int a = 0; a < size; a++) {
        for (int b = a + 1; b < size; b++) {
          Move move = new Move(Atom.size(way.order().subList(0, a)), Atom.size(way.order().subList(a, b)), Atom.size(way.order().subList(b, size)));
          if (move.outer() <= MOST_PARTS) {
            List<Atom> next = new ArrayList<>(way.order().subList(0, a));
            next.addAll(way.order().subList(b, size));
            next.addAll(way.order().subList(a, b));
            List<Move> moves = new ArrayList<>(way.moves());
            moves.add(move);
            open.add(new Way(next, moves, way.cost() + move.cost()));
          }
        }
      }
    }
    if (best == null) {
      throw new RefusedException("its dimensions would have to change places: " + from + " to " + to);
    }
    return best.moves();
  }
}
