package dev.lanewise.exchange.keras;

import dev.lanewise.exchange.draft.Fixed;
import dev.lanewise.exchange.keras.Layers.Layer;
import dev.lanewise.exchange.keras.Sketch.Value;
import java.io.IOException;
import java.util.List;

/** Attention of several heads: products, scores, and a product again, as other programs write it. */
record Heads(Sketch sketch) {
  Value of(Layer l) throws IOException {
    l.config().expect(l.in().size() <= 3 && l.in().stream().allMatch(v -> v.rank() == 3), "it is given something else than sequences, or a mask");
    l.config().expect(!l.given().has("attention_mask") && !l.given().flag("use_causal_mask", false), "it looks through a mask, whose length the file does not say");
    l.config().expect(!l.given().flag("return_attention_scores", false), "it gives its scores away");
    Value query = l.x(), value = l.in().get(Math.min(1, l.in().size() - 1)), key = l.in().getLast();
    Fixed kernel = l.read(part("query"), 0, "kernel");
    l.config().expect(kernel.rank() == 3, "its weights are not those of heads");
    long heads = kernel.dim(1), size = kernel.dim(2);
    Value q = sketch.transposed(projected(l, query, "query"), 0, 2, 1, 3);
    Value k = sketch.transposed(projected(l, key, "key"), 0, 2, 3, 1);
    Value v = sketch.transposed(projected(l, value, "value"), 0, 2, 1, 3);
    Value scores = sketch.node("MatMul", 4, List.of(q.name(), k.name()));
    Value scaled = sketch.node("Mul", 4, List.of(scores.name(), sketch.number(1 / Math.sqrt(size))));
    Value chosen = sketch.node("Softmax", 4, List.of(scaled.name()), Sketch.whole("axis", -1));
    Value seen = sketch.transposed(sketch.node("MatMul", 4, List.of(chosen.name(), v.name())), 0, 2, 1, 3);
    Fixed out = l.read(part("attention_output", "output_dense"), 0, "kernel");
    l.config().expect(out.rank() == 3 && out.dim(0) == heads, "what it makes has another shape");
    Value flat = sketch.reshaped(seen, 0, 0, (long) out.dim(0) * out.dim(1));
    return summed(l, flat, part("attention_output", "output_dense"), "output", out.shaped(out.dim(0) * out.dim(1), out.dim(2)), out.dim(2));
  }

  private static List<String[]> part(String name) {
    return part(name, name + "_dense");
  }

  private static List<String[]> part(String old, String name) {
    return List.<String[]>of(new String[] {name, old});
  }

  private Value projected(Layer l, Value x, String name) throws IOException {
    Fixed kernel = l.read(part(name), 0, "kernel");
    l.config().expect(kernel.rank() == 3, "its weights are not those of heads");
    int width = kernel.dim(1) * kernel.dim(2);
    return sketch.reshaped(summed(l, x, part(name), name, kernel.shaped(kernel.dim(0), width), width), 0, 0, kernel.dim(1), kernel.dim(2));
  }

  private Value summed(Layer l, Value x, List<String[]> part, String name, Fixed weight, int width) throws IOException {
    Value product = sketch.node("MatMul", 3, List.of(x.name(), sketch.fixed(l.parameter(name + ".weight"), weight)));
    return l.config().flag("use_bias", true) ? sketch.node("Add", 3, List.of(product.name(), sketch.fixed(l.parameter(name + ".bias"), l.read(part, 1, "bias").shaped(width)))) : product;
  }
}
