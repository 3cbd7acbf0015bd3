package dev.lanewise.exchange.onnx.read;

import ai.onnx.proto.OnnxMl.GraphProto;
import dev.lanewise.exchange.draft.Atom;
import dev.lanewise.exchange.draft.Cell;
import dev.lanewise.exchange.draft.Draft;
import dev.lanewise.exchange.draft.Elements;
import dev.lanewise.exchange.draft.Fixed;
import dev.lanewise.exchange.draft.Formula;
import dev.lanewise.exchange.draft.Live;
import dev.lanewise.exchange.draft.Padding;
import dev.lanewise.exchange.draft.RefusedException;
import dev.lanewise.exchange.draft.Step;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Loops over the places of sequences, {@code Scan}: layers with a state. */
final class Loops {
  /** Reads a body. */
  @FunctionalInterface
  interface Bodies {
    List<Object> read(GraphProto body, Draft draft, Elements elements, List<Object> given) throws IOException;
  }

  private final Draft outer;
  private final Pieces pieces;
  private final Draft draft = new Draft();
  private final Elements elements = new Elements(draft);
  private final Atom batch = Atom.batch(Views.BATCH);

  Loops(Draft outer) {
    this.outer = outer;
    this.pieces = new Pieces(outer);
  }

  /** @param read which outputs somebody reads @return the sequences, behind nothing for the states */
  List<Object> of(Node node, List<Boolean> read, Bodies bodies) throws IOException {
    node.expect(node.hasAttribute("body"), "its body does not fit");
    GraphProto body = node.given("body").getG();
    int sequences = (int) node.whole("num_scan_inputs", 1), states = node.in().size() - sequences, told = body.getOutputCount() - states;
    node.expect(states >= 0 && sequences > 0 && told > 0 && body.getInputCount() == node.in().size(), "its body does not fit");
    for (int i = 0; i < states; i++) {
      node.expect(node.isFixed(i) && node.fixed(i, "state").isAll(0), "it begins with a state that is not 0");
      node.expect(read.size() <= i || !read.get(i), "its last state is read, of which only what it tells at the last place is there");
    }
    boolean reverse = directions(node, "scan_input_directions", sequences);
    node.expect(reverse == directions(node, "scan_output_directions", told), "it tells in another direction than it goes");
    Cell cell = new Cell(draft, outer);
    List<Object> given = new ArrayList<>();
    List<Step> own = new ArrayList<>();
    for (int i = 0; i < states; i++) {
      Fixed zeros = node.fixed(i, "state");
      node.expect(zeros.rank() == 2 && zeros.dim(0) == 1, "its state is no vector of each example");
      Live state = input(zeros.dim(1));
      own.add(state.step());
      cell.called(state.step(), "h" + (i + 1));
      given.add(new Formula.Leaf(state));
    }
    List<Live> in = new ArrayList<>();
    Live mask = null;
    Optional<Step> text = Optional.empty();
    int from = 0, length = 0;
    long[] axes = node.wholes("scan_input_axes");
    for (int i = 0; i < sequences; i++) {
      Live x = node.live(states + i);
      int axis = axes == null ? 0 : x.axis(axes[i]);
      node.expect(x.rank() == 3 && axis < 2 && x.isBatch(1 - axis), "what it goes through is no sequence of vectors");
      node.expect(i == 0 || x.size(axis) == length, "what it goes through has different lengths");
      length = (int) x.size(axis);
      int size = (int) x.size(2);
      Live place = input(size);
      given.add(new Formula.Leaf(place));
      if (Padding.masked(x).isPresent()) {
        node.expect(mask == null, "it has two masks");
        text = Padding.masked(x);
        mask = place;
      } else {
        in.add(axis == 1 ? x : Views.transposed(x, new long[] {1, 0, 2}));
        from += size;
      }
    }
    node.expect(!in.isEmpty(), "it goes through nothing but a mask");
    name(cell, given.subList(states, given.size()), mask, from);
    List<Object> inside = bodies.read(body, draft, elements, given);
    List<Step> next = new ArrayList<>();
    for (int i = 0; i < states; i++) {
      next.add(real(inside.get(i), mask, own.get(i)).step());
    }
    List<Live> tells = new ArrayList<>();
    for (int i = states; i < states + told; i++) {
      tells.add(real(inside.get(i), mask, null));
    }
    node.expect(told == 1, "it tells several sequences");
    Live out = tells.getFirst();
    node.expect(out.rank() == 2 && out.isBatch(0), "what it tells at a place is no vector of each example");
    String name = outer.define("memory", cell.text(own, next, out.step()));
    Live all = in.size() == 1 ? in.getFirst() : pieces.joined(in, 2);
    Step at = outer.arranged(all, List.of(all.own(2), all.own(1)));
    int units = (int) out.size(1);
    Step step = outer.add(name, name + (reverse ? "(reverse = true)" : ""), new int[] {units, length}, at).memory().passing(text.orElse(null));
    cell.weights().forEach(w -> step.with(w.name(), w.dims(), w.values()));
    List<Atom> unit = units == 1 ? List.of() : List.of(Atom.of(units));
    List<Atom> order = new ArrayList<>(unit);
    order.addAll(all.own(1));
    long[] outAxes = node.wholes("scan_output_axes");
    boolean second = outAxes != null && (outAxes[0] == 1 || outAxes[0] == -2);
    node.expect(second || outAxes == null || outAxes[0] == 0, "it tells its places along the last axis");
    List<Atom> counting = all.axes().getFirst();
    List<Object> made = new ArrayList<>(java.util.Collections.nCopies(states, Fixed.of(new int[] {1}, 0)));
    made.add(new Live(step, second ? List.of(counting, all.own(1), unit) : List.of(all.own(1), counting, unit), order));
    return made;
  }

  private static boolean directions(Node node, String name, int count) {
    long[] directions = node.wholes(name);
    boolean reverse = directions != null && directions.length > 0 && directions[0] == 1;
    for (int i = 0; directions != null && i < Math.min(count, directions.length); i++) {
      node.expect(directions[i] == (reverse ? 1 : 0), "it goes through several sequences in different directions");
    }
    return reverse;
  }

  private Live input(int size) {
    return Live.natural(draft.input("", "place", new int[] {size}), List.of(List.of(batch), size == 1 ? List.of() : List.of(Atom.of(size))));
  }

  /** Of several sequences, which stand one behind the other, each place is a part of {@code in}. */
  private static void name(Cell cell, List<Object> places, Live mask, int all) {
    int from = 0;
    for (Object place : places) {
      Live x = (Live) ((Formula.Leaf) place).value();
      if (x != mask) {
        int size = x.step().size();
        cell.called(x.step(), size == all ? "in" : "in[" + from + ":" + (from + size) + "]");
        from += size;
      }
    }
  }

  /** A value at real places; at padding the state stays, or 0 is told. */
  private Live real(Object made, Live mask, Step state) {
    if (!(made instanceof Formula f)) {
      throw new RefusedException("what its body makes does not depend on the place");
    }
    if (mask == null) {
      return elements.of(f);
    }
    boolean chosen = f instanceof Formula.Choice c && c.relation().equals(">") && c.left() instanceof Formula.Leaf(Live m) && m == mask && isZero(c.right())
        && (state == null ? isZero(c.otherwise()) : c.otherwise() instanceof Formula.Leaf(Live s) && s.step() == state);
    if (!chosen) {
      throw new RefusedException("its body does with padding something else than to pass it by");
    }
    return elements.of(((Formula.Choice) f).then());
  }

  private static boolean isZero(Formula f) {
    return f instanceof Formula.Number(double v) && v == 0 || f instanceof Formula.Leaf(Fixed x) && x.size() == 1 && x.at(0) == 0;
  }
}
