package dev.lanewise.exchange.onnx.read;

import dev.lanewise.exchange.draft.Atom;
import dev.lanewise.exchange.draft.Draft;
import dev.lanewise.exchange.draft.Elements;
import dev.lanewise.exchange.draft.Fixed;
import dev.lanewise.exchange.draft.Formula;
import dev.lanewise.exchange.draft.Live;
import dev.lanewise.exchange.draft.RefusedException;
import dev.lanewise.exchange.draft.Step;
import java.util.ArrayList;
import java.util.List;

/** Attention: queries, keys and values with the heads as an axis of their own, as {@code attend} takes them. */
record Attending(Draft draft, Elements elements) {
  static final String KIND = "attended";

  private record Scaled(Formula of, double factor) {}

  Live of(Scores scores, Live v) {
    Scaled q = scaled(scores.q()), k = scaled(scores.k());
    Live query = elements.of(q.of()), key = elements.of(k.of());
    int size = (int) query.size(query.rank() - 1);
    double factor = scores.scale() * q.factor() * k.factor() * Math.sqrt(size);
    if (Math.abs(factor - 1) > 1e-5) {
      query = elements.of(new Formula.Leaf(query).times(Formula.number(Elements.shortest((float) factor))));
    }
    List<Atom> heads = heads(query);
    int count = (int) Atom.size(heads);
    if (Atom.size(heads(key)) != count || Atom.size(heads(v)) != count || key.size(key.rank() - 2) != size) {
      throw new RefusedException("its queries, keys and values have different heads");
    }
    Step[] steps = {
      step(query, query.rank() - 1, query.rank() - 2), step(key, key.rank() - 2, key.rank() - 1), step(v, v.rank() - 1, v.rank() - 2)
    };
    String options = (count == 1 ? "" : ", heads = " + count) + (scores.causal() ? ", causal = true" : "");
    String name = draft.define(KIND, "def %s(q, k, v) = attend(q, k, v" + options + ")");
    int places = (int) query.size(query.rank() - 2);
    int values = (int) v.size(v.rank() - 1);
    int[] dims = {count * values, places};
    Step step = scores.passed() == null ? draft.once(name, name, dims, steps) : draft.add(name, name, dims, steps).passing(scores.passed());
    List<List<Atom>> axes = new ArrayList<>(query.axes());
    List<Atom> made = values == 1 ? List.of() : List.of(Atom.of(values));
    axes.set(axes.size() - 1, made);
    List<Atom> order = new ArrayList<>(heads);
    order.addAll(made);
    order.addAll(query.axes().get(query.rank() - 2));
    return new Live(step, axes, order);
  }

  /** A factor of all of it stands beside it. */
  private static Scaled scaled(Formula formula) {
    if (formula instanceof Formula.Call(String word, List<Formula> of) && (word.equals("*") || word.equals("/"))) {
      for (int i = 0; i < 2; i++) {
        Formula other = of.get(1 - i);
        double number = other instanceof Formula.Number(double n) ? n : other instanceof Formula.Leaf(Fixed f) && f.size() == 1 ? f.at(0) : Double.NaN;
        if (!Double.isNaN(number) && (word.equals("*") || i == 0)) {
          Scaled inner = scaled(of.get(i));
          return new Scaled(inner.of(), inner.factor() * (word.equals("*") ? number : 1 / number));
        }
      }
    }
    return new Scaled(formula, 1);
  }

  private static List<Atom> heads(Live x) {
    return x.axes().subList(0, x.rank() - 2).stream().flatMap(List::stream).filter(a -> !a.isBatch()).toList();
  }

  private Step step(Live x, int channels, int places) {
    List<Atom> own = new ArrayList<>(heads(x));
    own.addAll(x.own(channels));
    return draft.arranged(x, List.of(own, x.own(places)));
  }
}
