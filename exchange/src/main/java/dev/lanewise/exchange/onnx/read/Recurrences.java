package dev.lanewise.exchange.onnx.read;

import dev.lanewise.exchange.draft.Atom;
import dev.lanewise.exchange.draft.Draft;
import dev.lanewise.exchange.draft.Fixed;
import dev.lanewise.exchange.draft.Live;
import dev.lanewise.exchange.draft.Padding;
import dev.lanewise.exchange.draft.Step;
import dev.lanewise.exchange.form.Recurrent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Layers with a memory. ONNX has other orders of gates than PyTorch, whose the language has. */
record Recurrences(Draft draft) {
  /** @param last whether somebody reads the last states @return all states, then the last ones, if somebody reads them */
  List<Live> of(Node node, boolean last) {
    Recurrent.Kind kind = Recurrent.Kind.valueOf(node.operator());
    int gates = kind.gates();
    List<String> usual = switch (kind) {
      case LSTM -> List.of("Sigmoid", "Tanh", "Tanh");
      case GRU -> List.of("Sigmoid", "Tanh");
      case RNN -> List.of("Tanh");
    };
    boolean first = node.whole("layout", 0) == 1;
    String direction = node.text("direction", "forward");
    int ways = direction.equals("bidirectional") ? 2 : 1;
    List<String> functions = node.texts("activations");
    for (int i = 0; i < functions.size(); i++) {
      node.expect(functions.get(i).equals(usual.get(i % usual.size())), "its activations are " + String.join(", ", functions));
    }
    node.expect(!node.hasAttribute("clip") && node.whole("input_forget", 0) == 0, "it clips, or couples gates");
    node.expect(!node.operator().equals("GRU") || node.whole("linear_before_reset", 0) == 1, "it resets before the product; PyTorch and the language reset behind it (linear_before_reset = 1)");
    Live x = node.live(0);
    node.expect(x.rank() == 3, "it needs three axes");
    int place = first ? 1 : 0, batch = first ? 0 : 1;
    node.expect(x.isBatch(batch), "its batch is not where its layout says");
    Optional<Step> text = node.has(4) ? Padding.counted(node.in().get(4)) : Optional.empty();
    boolean whole = text.isPresent() || !node.has(4) || node.isFixed(4) && node.fixed(4, "sequence_lens").isAll(x.size(place));
    node.expect(whole, "its lengths of sequences (sequence_lens) are not counted from a text in which 0 is padding");
    node.expect(!node.has(5) || node.fixed(5, "initial_h").isAll(0), "it begins with states of its own");
    node.expect(!node.has(6) || node.fixed(6, "initial_c").isAll(0), "it begins with states of its own");
    node.expect(!node.has(7) || node.fixed(7, "peepholes").isAll(0), "it has peepholes");
    Fixed w = node.fixed(1, "weight"), r = node.fixed(2, "weight of the state");
    node.expect(w.rank() == 3 && r.rank() == 3 && w.dim(0) == ways && w.dim(1) % gates == 0, "its weights do not fit");
    int n = w.dim(1) / gates;
    int in = w.dim(2);
    int length = (int) x.size(place);
    node.expect(r.dim(2) == n && x.size(2) == in, "its weights do not fit");
    Step at = draft.arranged(x, List.of(x.own(2), x.own(place)));
    String option = ways == 2 ? ", both = true" : direction.equals("reverse") ? ", reverse = true" : "";
    Step step = draft.add(kind.word(), kind.word() + "(" + n + option + ")", new int[] {ways * n, length}, at).wish(wish(w.name())).passing(text.orElse(null));
    for (int way = 0; way < ways; way++) {
      String end = way == 1 ? "_reverse" : "";
      step.with("weight_ih_l0" + end, new int[] {gates * n, in}, kind.fromOnnx(w.numbers(), way * gates * n * in, n * in));
      step.with("weight_hh_l0" + end, new int[] {gates * n, n}, kind.fromOnnx(r.numbers(), way * gates * n * n, n * n));
      Fixed b = node.has(3) ? node.fixed(3, "bias") : Fixed.of(new int[] {ways, 2 * gates * n}, new float[ways * 2 * gates * n]);
      node.expect(b.size() == ways * 2 * gates * n, "its bias does not fit");
      float[] both = b.numbers();
      int half = gates * n;
      step.with("bias_ih_l0" + end, new int[] {half}, kind.fromOnnx(both, way * 2 * half, n));
      step.with("bias_hh_l0" + end, new int[] {half}, kind.fromOnnx(both, way * 2 * half + half, n));
    }
    List<Atom> way = ways == 1 ? List.of() : List.of(Atom.of(2));
    List<Atom> unit = n == 1 ? List.of() : List.of(Atom.of(n));
    List<Atom> places = x.own(place);
    List<Atom> counting = x.axes().get(batch);
    List<Atom> order = new ArrayList<>(way);
    order.addAll(unit);
    order.addAll(places);
    Live all = new Live(step, first ? List.of(counting, places, way, unit) : List.of(places, way, counting, unit), order);
    List<Live> made = new ArrayList<>(List.of(all));
    if (last) {
      node.expect(text.isEmpty() || direction.equals("forward"), "its last states behind texts of different lengths are read, and it does not go forward alone");
      made.add(last(all, first ? 1 : 0, first ? 2 : 1, direction));
    }
    return made;
  }

  /** The states behind the last place that each way comes to. */
  private Live last(Live all, int place, int way, String direction) {
    Pieces pieces = new Pieces(draft);
    Live ends;
    if (direction.equals("bidirectional")) {
      Live forward = pieces.slice(all, way, 0, 1), back = pieces.slice(all, way, 1, 1);
      ends = pieces.joined(List.of(end(forward, place), pieces.slice(back, place, 0, 1)), way);
    } else {
      ends = direction.equals("reverse") ? pieces.slice(all, place, 0, 1) : end(all, place);
    }
    // Without the places: [ways, batch, n], or batch first.
    List<List<Atom>> axes = new ArrayList<>(ends.axes());
    axes.remove(place);
    return ends.as(axes);
  }

  private Live end(Live all, int place) {
    List<Atom> rest = all.rest(all.own(place));
    List<List<Atom>> axes = new ArrayList<>(all.axes());
    axes.set(place, List.of());
    Step at = draft.arranged(all, List.of(rest, all.own(place)));
    int[] dims = {(int) Atom.size(rest)};
    Step text = all.step().passed();
    return new Live(text == null ? draft.once("last", "last", dims, at) : draft.add("last", "last", dims, at).passing(text), axes, rest);
  }

  private static String wish(String weight) {
    int dot = weight.lastIndexOf('.');
    return dot > 0 ? weight.substring(0, dot) : "";
  }
}
