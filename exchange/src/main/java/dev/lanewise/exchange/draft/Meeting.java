package dev.lanewise.exchange.draft;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Values that meet element by element, as NumPy and ONNX have it: axes count from the last, and one of size 1 counts for all of the other's. */
final class Meeting {
  private final Draft draft;
  private final List<Live> lives;
  private final List<Fixed> fixed;
  private final List<List<Atom>> axes = new ArrayList<>();
  /** For each value that depends on the example, which atom of the result each of its own is. */
  private final List<Map<Atom, Atom>> roles = new ArrayList<>();
  private final List<Atom> order;
  private final int[] dims;
  /** For each of the dimensions, some atom of the result that lies in it; null of none. */
  private final Atom[] within;

  Meeting(Draft draft, List<Live> lives, List<Fixed> fixed) {
    this.draft = draft;
    this.lives = new ArrayList<>(lives);
    this.fixed = fixed;
    int rank = IntStream.concat(lives.stream().mapToInt(Live::rank), fixed.stream().mapToInt(Fixed::rank)).max().orElse(0);
    for (int axis = 0; axis < rank; axis++) {
      refine(axis, rank);
    }
    this.lives.forEach(_ -> roles.add(new HashMap<>()));
    for (int axis = 0; axis < rank; axis++) {
      axes.add(axis(axis, rank));
    }
    Live main = main();
    Map<Atom, Atom> role = roles.get(this.lives.indexOf(main));
    List<Atom> plain = axes.stream().flatMap(List::stream).filter(a -> !a.isBatch()).toList();
    List<Atom> own = main.order().stream().map(role::get).toList();
    this.order = own.size() == plain.size() ? own : plain;
    List<List<Atom>> groups = groups();
    int[] stepDims = main.step().dims();
    boolean kept = own.size() == plain.size() && bounds(groups.stream().mapToLong(Atom::size).toArray()).stream().allMatch(bounds(IntStream.of(stepDims).asLongStream().toArray())::contains);
    if (!kept && groups.size() > 3) {
      throw new RefusedException("values meet along more than three axes");
    }
    this.dims = kept ? stepDims : groups.isEmpty() ? new int[] {1} : groups.stream().mapToInt(g -> Math.toIntExact(Atom.size(g))).toArray();
    this.within = within(groups);
  }

  private static List<Long> bounds(long[] dims) {
    List<Long> bounds = new ArrayList<>(List.of(1L));
    for (long d : dims) {
      bounds.add(bounds.getLast() * d);
    }
    return bounds;
  }

  /** An axis of a value by the number of the result's; -1 if it has none there. */
  private static int own(int axis, int rank, int all) {
    return axis - (all - rank);
  }

  private static boolean isFull(Live live, int axis) {
    return axis >= 0 && !live.axes().get(axis).isEmpty();
  }

  /** Cuts atoms so that all values have the same along an axis. */
  private void refine(int axis, int rank) {
    for (int i = 0; i < lives.size(); i++) {
      for (int j = 0; j < lives.size(); j++) {
        int a = own(axis, lives.get(i).rank(), rank), b = own(axis, lives.get(j).rank(), rank);
        if (i != j && isFull(lives.get(i), a) && isFull(lives.get(j), b)) {
          lives.set(i, refined(lives.get(i), a, lives.get(j).axes().get(b)));
        }
      }
    }
  }

  /** With smaller atoms where the other has smaller ones. */
  private static Live refined(Live live, int axis, List<Atom> other) {
    Live now = live;
    int at = 0;
    for (Atom theirs : other) {
      List<Atom> own = now.axes().get(axis);
      if (at >= own.size()) {
        break;
      }
      Atom mine = own.get(at);
      if (mine.isBatch() != theirs.isBatch()) {
        throw new RefusedException("examples meet what is no example");
      }
      if (!mine.isBatch() && mine.size() > theirs.size() && mine.size() % theirs.size() == 0) {
        now = now.cut(mine, theirs.size());
      } else if (theirs.size() > mine.size()) {
        // The other one is cut when its turn comes; here the rest of it is passed over.
        long passed = mine.size();
        while (passed < theirs.size() && at + 1 < own.size()) {
          passed *= own.get(++at).size();
        }
      }
      at++;
    }
    return now;
  }

  private List<Atom> axis(int axis, int rank) {
    List<Atom> result = null;
    for (int i = 0; i < lives.size(); i++) {
      int own = own(axis, lives.get(i).rank(), rank);
      if (isFull(lives.get(i), own)) {
        List<Atom> atoms = lives.get(i).axes().get(own);
        result = result == null ? atoms : result;
        if (!result.stream().map(Atom::size).toList().equals(atoms.stream().map(Atom::size).toList())) {
          throw new RefusedException("values of " + result + " and " + atoms + " do not go together");
        }
        for (int k = 0; k < atoms.size(); k++) {
          roles.get(i).put(atoms.get(k), result.get(k));
        }
      }
    }
    for (Fixed f : fixed) {
      int own = own(axis, f.rank(), rank);
      if (own >= 0 && f.dim(own) != 1) {
        result = result == null ? List.of(Atom.of(f.dim(own))) : result;
        if (result.stream().anyMatch(Atom::isBatch) || Atom.size(result) != f.dim(own)) {
          throw new RefusedException(result.stream().anyMatch(Atom::isBatch) ? "examples meet numbers, one for each" : "values of " + result + " and " + f + " do not go together");
        }
      }
    }
    return result == null ? List.of() : result;
  }

  /** The largest, which says how the result lies. */
  private Live main() {
    Live main = lives.getFirst();
    for (Live live : lives) {
      if (live.order().size() > main.order().size()) {
        main = live;
      }
    }
    return main;
  }

  private boolean has(int value, Atom atom) {
    return value < lives.size() ? roles.get(value).containsValue(atom) : hasFixed(fixed.get(value - lives.size()), atom);
  }

  private boolean hasFixed(Fixed f, Atom atom) {
    for (int axis = 0; axis < axes.size(); axis++) {
      int own = own(axis, f.rank(), axes.size());
      if (axes.get(axis).contains(atom)) {
        return own >= 0 && f.dim(own) != 1;
      }
    }
    return false;
  }

  /** Neighbouring atoms that the same values have. */
  private List<List<Atom>> groups() {
    List<List<Atom>> groups = new ArrayList<>();
    Atom before = null;
    for (Atom atom : order) {
      Atom last = before;
      boolean alike = last != null && IntStream.range(0, lives.size() + fixed.size()).allMatch(v -> has(v, atom) == has(v, last));
      if (!alike) {
        groups.add(new ArrayList<>());
      }
      groups.getLast().add(atom);
      before = atom;
    }
    return groups;
  }

  private Atom[] within(List<List<Atom>> groups) {
    Atom[] found = new Atom[dims.length];
    int group = 0;
    long left = groups.isEmpty() ? 1 : Atom.size(groups.getFirst());
    for (int i = 0; i < dims.length; i++) {
      if (dims[i] == 1) {
        continue;
      }
      while (left == 1) {
        left = Atom.size(groups.get(++group));
      }
      found[i] = groups.get(group).getFirst();
      left /= dims[i];
    }
    return found;
  }

  private int[] dims(int value) {
    return IntStream.range(0, dims.length).map(i -> within[i] != null && has(value, within[i]) ? dims[i] : 1).toArray();
  }

  /** One of the values that depend on the example, as a step whose shape fits. */
  Step step(int number) {
    Live live = lives.get(number);
    Map<Atom, Atom> role = roles.get(number);
    List<Atom> wanted = order.stream().filter(role::containsValue)
        .map(a -> role.entrySet().stream().filter(e -> e.getValue() == a).findFirst().orElseThrow().getKey()).toList();
    return draft.shaped(draft.arranged(live, List.of(wanted)), dims(number));
  }

  /** The numbers of a shape, as they lie beside the others. */
  Fixed fixed(int number) {
    Fixed f = fixed.get(number);
    List<Atom> own = new ArrayList<>();
    for (int axis = 0; axis < axes.size(); axis++) {
      if (own(axis, f.rank(), axes.size()) >= 0 && f.dim(own(axis, f.rank(), axes.size())) != 1) {
        own.addAll(axes.get(axis));
      }
    }
    Fixed apart = f.shaped(own.stream().mapToInt(a -> Math.toIntExact(a.size())).toArray());
    List<Atom> lying = order.stream().filter(own::contains).toList();
    Fixed turned = lying.equals(own) ? apart : apart.transposed(lying.stream().mapToInt(own::indexOf).toArray());
    return turned.shaped(dims(lives.size() + number));
  }

  int[] dims() {
    return dims.clone();
  }

  Live result(Step step) {
    return new Live(step, axes, order);
  }
}
