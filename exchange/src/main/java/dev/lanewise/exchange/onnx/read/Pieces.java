package dev.lanewise.exchange.onnx.read;

import dev.lanewise.exchange.draft.Atom;
import dev.lanewise.exchange.draft.Draft;
import dev.lanewise.exchange.draft.Live;
import dev.lanewise.exchange.draft.RefusedException;
import dev.lanewise.exchange.draft.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Parts of values along an axis, and values one after the other. */
record Pieces(Draft draft) {
  private static final int MOST_PLACES = 512;

  /** So many values along an axis, from one on. */
  Live slice(Live x, int axis, int from, int count) {
    if (count == x.size(axis)) {
      return x;
    }
    if (count < 1) {
      throw new RefusedException("nothing is left of an axis");
    }
    return places(x, axis, "x[" + (count == 1 ? Integer.toString(from) : from + ":" + (from + count)) + "]", count);
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
    return places(x, axis, "concat(" + IntStream.of(places).mapToObj(i -> "x[" + i + "]").collect(Collectors.joining(", ")) + ")", places.length);
  }

  private Live places(Live x, int axis, String body, int count) {
    List<Atom> own = x.own(axis);
    List<Atom> rest = x.rest(own);
    // Where what is cut lies outermost, nothing moves.
    Step at = front(x, own, rest);
    String name = draft.define("places", "def %s(x) = " + body);
    int[] dims = at.dims();
    dims[0] = count;
    var step = draft.once(name, name, dims, at);
    Atom made = Atom.of(count);
    List<Atom> order = new ArrayList<>(count == 1 ? List.of() : List.of(made));
    order.addAll(rest);
    List<List<Atom>> axes = new ArrayList<>(x.axes());
    axes.set(axis, count == 1 ? List.of() : List.of(made));
    return new Live(step, axes, order);
  }

  

  private Step front(Live x, List<Atom> own, List<Atom> rest) {
    int[] dims = x.step().dims();
    boolean lies = x.order().size() >= own.size() && x.order().subList(0, own.size()).equals(own) && dims[0] == Atom.size(own);
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
