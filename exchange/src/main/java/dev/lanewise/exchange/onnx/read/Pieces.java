package dev.lanewise.exchange.onnx.read;

import dev.lanewise.exchange.draft.Atom;
import dev.lanewise.exchange.draft.Draft;
import dev.lanewise.exchange.draft.Live;
import dev.lanewise.exchange.draft.RefusedException;
import dev.lanewise.exchange.draft.Step;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Parts of values along an axis, and values one after the other. */
record Pieces(Draft draft, Map<Step, Picked> picks) {
  /** Where values were picked from, at which places of an axis. */
  record Picked(Live from, int axis, int[] places) {}

  Pieces(Draft draft) {
    this(draft, new IdentityHashMap<>());
  }

  private static final int MOST_PLACES = 512;

  /** So many values along an axis, from one on. */
  Live slice(Live x, int axis, int from, int count) {
    if (count == x.size(axis)) {
      return x;
    }
    if (count < 1) {
      throw new RefusedException("nothing is left of an axis");
    }
    List<Atom> own = x.own(axis);
    List<Atom> rest = x.rest(own);
    if (count == 1 && from == x.size(axis) - 1 && !rest.isEmpty() && x.order().subList(rest.size(), x.order().size()).equals(own)) {
      return without(x, axis, draft.once("last", "last", new int[] {(int) Atom.size(rest)}, draft.arranged(x, List.of(rest, own))), rest);
    }
    Live whole = ofJoined(x, axis, own, rest, from, count);
    if (whole != null) {
      return whole;
    }
    return places(x, axis, from, count);
  }

  private static Live without(Live x, int axis, Step step, List<Atom> rest) {
    List<List<Atom>> axes = new ArrayList<>(x.axes());
    axes.set(axis, List.of());
    return new Live(step, axes, rest);
  }

  /** Where several values were put one after the other and one of them is taken again: that value; null if it is not so. */
  private static Live ofJoined(Live x, int axis, List<Atom> own, List<Atom> rest, int from, int count) {
    Step step = x.step();
    if (!step.kind().equals("concat") || own.size() != 1 || x.order().getFirst() != own.getFirst() || step.dims()[0] != Atom.size(own)) {
      return null;
    }
    int place = 0;
    for (Step part : step.inputs()) {
      if (place == from && part.dims()[0] == count) {
        List<Atom> made = count == 1 ? List.of() : List.of(Atom.of(count));
        List<List<Atom>> axes = new ArrayList<>(x.axes());
        axes.set(axis, made);
        List<Atom> order = new ArrayList<>(made);
        order.addAll(rest);
        return new Live(part, axes, order);
      }
      place += part.dims()[0];
    }
    return null;
  }

  /** Values of an axis, in any order. */
  Live picked(Live x, int axis, int[] places) {
    boolean running = IntStream.range(1, places.length).allMatch(i -> places[i] == places[0] + i);
    if (running) {
      return slice(x, axis, places[0], places.length);
    }
    if (places.length > MOST_PLACES) {
      throw new RefusedException("more than " + MOST_PLACES + " places are picked by themselves");
    }
    Live made = places(x, axis, places);
    picks.put(made.step(), new Picked(x, axis, places));
    return made;
  }

  private Live places(Live x, int axis, int from, int count) {
    List<Atom> own = x.own(axis);
    List<Atom> rest = x.rest(own);
    Step at = front(x, own, rest);
    // What is cut may be the outer part of the first dimension.
    int run = at.dims()[0] / (int) Atom.size(own);
    int first = from * run, end = (from + count) * run;
    return made(x, axis, "x[" + (end - first == 1 ? Integer.toString(first) : first + ":" + end) + "]", count, run, at, rest);
  }

  private Live places(Live x, int axis, int[] places) {
    List<Atom> own = x.own(axis);
    List<Atom> rest = x.rest(own);
    Step at = draft.arranged(x, rest.isEmpty() ? List.of(own) : List.of(own, rest));
    return made(x, axis, "concat(" + IntStream.of(places).mapToObj(i -> "x[" + i + "]").collect(Collectors.joining(", ")) + ")", places.length, 1, at, rest);
  }

  private Live made(Live x, int axis, String body, int count, int run, Step at, List<Atom> rest) {
    String name = draft.define("places", "def %s(x) = " + body);
    int[] dims = at.dims();
    dims[0] = count * run;
    List<Atom> made = count == 1 ? List.of() : List.of(Atom.of(count));
    List<Atom> order = new ArrayList<>(made);
    order.addAll(rest);
    List<List<Atom>> axes = new ArrayList<>(x.axes());
    axes.set(axis, made);
    return new Live(draft.once(name, name, dims, at), axes, order);
  }

  /** Where what is cut lies outermost, nothing moves. */
  private Step front(Live x, List<Atom> own, List<Atom> rest) {
    boolean lies = x.order().size() >= own.size() && x.order().subList(0, own.size()).equals(own) && x.step().dims()[0] % Atom.size(own) == 0;
    return lies ? x.step() : draft.arranged(x, rest.isEmpty() ? List.of(own) : List.of(own, rest));
  }

  /** One after the other along an axis. */
  Live joined(List<Live> values, int axis) {
    Live first = values.getFirst();
    List<List<Atom>> axes = new ArrayList<>(first.axes());
    List<Step> steps = new ArrayList<>();
    long size = 0;
    List<Atom> rest = first.rest(first.own(axis));
    for (Live value : values) {
      Live fitted = value;
      for (int i = 0; i < value.rank(); i++) {
        if (i != axis) {
          fitted = fitted(fitted, i, first.axes().get(i));
        }
      }
      Live now = fitted;
      List<Atom> own = now.own(axis);
      List<Atom> theirs = rest.stream().map(a -> role(first, now, a)).toList();
      size += Atom.size(own);
      int[] dims = now.step().dims();
      boolean lies = now.order().size() == own.size() + theirs.size() && now.order().subList(0, own.size()).equals(own) && now.order().subList(own.size(), now.order().size()).equals(theirs)
          && dims[0] == Atom.size(own) && (steps.isEmpty() || tail(dims).equals(tail(steps.getFirst().dims())));
      steps.add(lies ? now.step() : draft.arranged(now, theirs.isEmpty() ? List.of(own) : List.of(own, theirs)));
    }
    List<Integer> tail = tail(steps.getFirst().dims());
    boolean alike = steps.stream().allMatch(s -> tail(s.dims()).equals(tail));
    for (int i = 0; i < steps.size() && !alike; i++) {
      int length = (int) Atom.size(rest);
      steps.set(i, draft.shaped(steps.get(i), length == 1 ? new int[] {steps.get(i).size()} : new int[] {steps.get(i).size() / length, length}));
    }
    int[] dims = steps.getFirst().dims();
    dims[0] = (int) size;
    Atom made = Atom.of(size);
    axes.set(axis, List.of(made));
    List<Atom> order = new ArrayList<>(List.of(made));
    order.addAll(rest);
    if (steps.size() == 1) {
      return first;
    }
    return new Live(draft.once("concat", "concat", dims, steps.toArray(Step[]::new)), axes, order);
  }

  private static List<Integer> tail(int[] dims) {
    return IntStream.of(dims).skip(1).boxed().toList();
  }

  /** With atoms of the same sizes as another's along an axis. */
  private static Live fitted(Live x, int axis, List<Atom> other) {
    List<Atom> own = x.axes().get(axis);
    if (own.stream().map(Atom::size).toList().equals(other.stream().map(Atom::size).toList())) {
      return x;
    }
    if (Atom.size(own) != Atom.size(other) || own.size() != 1) {
      throw new RefusedException("values of " + own + " and " + other + " are put one after the other");
    }
    return x.replaced(own.getFirst(), other.stream().map(a -> Atom.of(a.size())).toList());
  }

  private static Atom role(Live first, Live other, Atom atom) {
    for (int i = 0; i < first.rank(); i++) {
      int at = first.axes().get(i).indexOf(atom);
      if (at >= 0) {
        return other.axes().get(i).get(at);
      }
    }
    throw new IllegalArgumentException(atom + " of no axis");
  }
}
