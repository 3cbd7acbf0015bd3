package dev.lanewise.exchange.draft;

import java.util.ArrayList;
import java.util.List;

/**
 * A value that depends on the example, as the file has it: its axes, each of atoms, and the order in which these lie in memory in the network. So what only moves axes,
 * or puts them together otherwise, needs no step.
 *
 * @param step which makes it; null as long as it is a formula that nobody has asked for
 * @param axes from the first on, with that of the batch
 * @param order all atoms but that of the batch, the outermost first
 * @param bound below which its whole numbers lie; 0 if it is of numbers, -1 if that is not known
 */
public record Live(Step step, List<List<Atom>> axes, List<Atom> order, int bound) {
  public Live {
    axes = axes.stream().map(List::copyOf).toList();
    order = List.copyOf(order);
  }

  public Live(Step step, List<List<Atom>> axes, List<Atom> order) {
    this(step, axes, order, 0);
  }

  /** Its axes as they lie: nothing was moved. */
  public static Live natural(Step step, List<List<Atom>> axes) {
    return new Live(step, axes, axes.stream().flatMap(List::stream).filter(a -> !a.isBatch()).toList(), 0);
  }

  public int rank() {
    return axes.size();
  }

  public long size(int axis) {
    return Atom.size(axes.get(axis));
  }

  public long[] shape() {
    return axes.stream().mapToLong(Atom::size).toArray();
  }

  /** An axis by its number, which may count from the end. */
  public int axis(long number) {
    if (number < -rank() || number >= rank()) {
      throw new RefusedException("there is no axis " + number + " of " + rank());
    }
    return (int) (number < 0 ? number + rank() : number);
  }

  /** The atoms of an axis of the example. */
  public List<Atom> own(int axis) {
    if (axes.get(axis).stream().anyMatch(Atom::isBatch)) {
      throw new RefusedException("it works along the batch, or mixes examples");
    }
    return axes.get(axis);
  }

  /** All atoms but the batch and these, as they lie. */
  public List<Atom> rest(List<Atom> without) {
    return order.stream().filter(a -> !without.contains(a)).toList();
  }

  /** Those of all axes, one after the other, without the batch. */
  public List<Atom> plain() {
    return axes.stream().flatMap(List::stream).filter(a -> !a.isBatch()).toList();
  }

  public boolean isBatch(int axis) {
    return axes.get(axis).size() == 1 && axes.get(axis).getFirst().isBatch();
  }

  public Live as(List<List<Atom>> otherAxes) {
    return new Live(step, otherAxes, order, bound);
  }

  public Live below(int otherBound) {
    return new Live(step, axes, order, otherBound);
  }

  /** With an atom cut into two, the outer one first. */
  public Live cut(Atom atom, long outer) {
    Atom first = Atom.of(outer), second = Atom.of(atom.size() / outer);
    return replaced(atom, List.of(first, second));
  }

  public Live replaced(Atom atom, List<Atom> by) {
    return new Live(step, axes.stream().map(a -> replaced(a, atom, by)).toList(), replaced(order, atom, by), bound);
  }

  private static List<Atom> replaced(List<Atom> atoms, Atom atom, List<Atom> by) {
    List<Atom> made = new ArrayList<>();
    atoms.forEach(a -> made.addAll(a == atom ? by : List.of(a)));
    return made;
  }
}
