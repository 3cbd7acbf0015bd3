package dev.lanewise.exchange.onnx;

import static dev.lanewise.exchange.onnx.GraphWriter.attribute;

import dev.lanewise.runtime.operation.Attend;
import dev.lanewise.runtime.operation.Softmax;
import java.util.List;

/** Attention, spelled out. */
record Attending(Operations all) {
  List<Exported> of(String name, Attend a, List<Exported> in) {
    Exported q = heads(name + ".q", in.get(a.q().input()), a.q(), a.heads(), a.size(), 0, 2, 1, 3);
    Exported k = heads(name + ".k", in.get(a.k().input()), a.k(), a.heads(), a.size(), 0, 2, 3, 1);
    Exported v = heads(name + ".v", in.get(a.v().input()), a.v(), a.heads(), a.valueSize(), 0, 2, 1, 3);
    String products = to().node("MatMul", name + ".products", List.of(q.name(), k.name()));
    String scores = to().node("Mul", name + ".scores", List.of(products, to().number(1 / Math.sqrt(a.size()))));
    String seen = seen(name, a, in);
    if (seen != null) {
      scores = to().node("Where", name + ".seen", List.of(seen, scores, to().number(-Float.MAX_VALUE)));
    }
    String p = to().node("Softmax", name + ".softmax", List.of(scores), attribute("axis", -1));
    if (seen != null) {
      p = to().node("Where", name + ".probabilities", List.of(seen, p, to().number(0)));
    }
    Exported mixed = Exported.numbers(to().node("MatMul", name + ".mixed", List.of(p, v.name())), Operations.list(a.heads(), a.places(), a.valueSize()));
    Exported together = all.shaped(name, all.turned(name + ".turned", mixed, 0, 2, 1, 3), Operations.list(a.places(), a.heads() * a.valueSize()));
    return List.of(together, Exported.numbers(p, Operations.list(a.heads(), a.places(), a.others())));
  }

  private Exported heads(String name, Exported x, Attend.Part part, int heads, int size, long... axes) {
    Exported own = part.from() == 0 && part.width() == heads * size ? x : all.cut(name + ".part", x, 2, part.from(), part.from() + heads * size);
    return all.turned(name, all.shaped(name + ".heads", all.each(name, own), Operations.list(x.dims().getFirst(), heads, size)), axes);
  }

  /** Which places each place sees; null if all. */
  private String seen(String name, Attend a, List<Exported> in) {
    String causal = null;
    if (a.causal()) {
      boolean[] earlier = new boolean[a.places() * a.others()];
      for (int i = 0; i < earlier.length; i++) {
        earlier[i] = i % a.others() <= i / a.others();
      }
      causal = to().flags(new long[] {1, 1, a.places(), a.others()}, earlier);
    }
    if (!a.masked()) {
      return causal;
    }
    Exported mask = all.shaped(name + ".mask", all.numbers(name, in.getLast()), Operations.list(1, 1, a.others()));
    String real = to().node("Greater", name + ".real", List.of(mask.name(), to().number(0)));
    return causal == null ? real : to().node("And", name + ".seen", List.of(real, causal));
  }

  private GraphWriter to() {
    return all.to();
  }
}
