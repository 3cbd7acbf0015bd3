package dev.lanewise.exchange.onnx.read;

import dev.lanewise.exchange.draft.Draft;
import dev.lanewise.exchange.draft.Step;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Attention that is spelled out, three products before and one behind, as the layer {@code attention}. */
final class Heads {
  private static final Pattern DENSE = Pattern.compile("each \\{ dense\\((\\d+)(, bias = false)?\\) }");
  private static final Pattern PART = Pattern.compile("def %s\\(x\\) = x\\[(\\d+):(\\d+)]");

  private Heads() {}

  static void merge(Draft draft) {
    draft.steps().forEach(s -> layer(draft, s));
  }

  /** Rows of a product for queries, keys or values. */
  private record Rows(Step of, Step product, int from, int count) {}

  private static void layer(Draft draft, Step last) {
    Matcher out = DENSE.matcher(last.call());
    if (!out.matches() || last.inputs().size() != 1) {
      return;
    }
    Step core = last.inputs().getFirst();
    String definition = draft.definitions().getOrDefault(core.call(), "");
    if (!core.kind().startsWith(Attending.KIND) || core.inputs().size() != 3 || !definition.contains("attend(q, k, v")) {
      return;
    }
    List<Optional<Rows>> found = core.inputs().stream().map(s -> rows(draft, s)).toList();
    if (found.stream().anyMatch(Optional::isEmpty)) {
      return;
    }
    Rows q = found.get(0).get(), k = found.get(1).get(), v = found.get(2).get();
    int channels = q.of().dims()[0], given = k.of().dims()[0];
    List<Rows> all = List.of(q, k, v);
    boolean fits = k.of() == v.of() && all.stream().allMatch(r -> r.count() == channels) && last.dims()[0] == channels && core.dims()[0] == channels;
    if (!fits) {
      return;
    }
    boolean plain = all.stream().noneMatch(r -> has(r.product(), "bias")) && !has(last, "bias");
    float[] bias = plain ? null : joined(all, "bias", 1, 1, 1);
    float[] outWeight = weight(last, "weight").orElseThrow(), outBias = weight(last, "bias").orElse(new float[channels]);
    Matcher heads = Pattern.compile("heads = (\\d+)").matcher(definition);
    boolean itself = q.of() == k.of();
    String call = "attention(" + (heads.find() ? heads.group(1) : "1") + (definition.contains("causal") ? ", causal = true" : "") + (itself ? "" : ", from = %s") + (plain ? ", bias = false" : "") + ")";
    last.sources(core.inputs());
    last.sources(all.stream().map(Rows::product).toList());
    String wish = last.wish().replaceFirst("\\.[^.]*$", "");
    last.become("attention", call, itself ? List.of(q.of()) : List.of(q.of(), k.of()));
    last.wish(wish.equals(last.wish()) ? "" : wish).passing(core.passed());
    if (channels == given) {
      last.with("in_proj_weight", new int[] {3 * channels, channels}, joined(all, "weight", channels, channels, channels));
    } else {
      last.with("q_proj_weight", new int[] {channels, channels}, joined(List.of(q), "weight", channels)).with("k_proj_weight", new int[] {channels, given}, joined(List.of(k), "weight", given))
          .with("v_proj_weight", new int[] {channels, given}, joined(List.of(v), "weight", given));
    }
    if (!plain) {
      last.with("in_proj_bias", new int[] {3 * channels}, bias);
    }
    last.with("out_proj.weight", new int[] {channels, channels}, outWeight);
    if (!plain) {
      last.with("out_proj.bias", new int[] {channels}, outBias);
    }
  }

  private static boolean has(Step step, String name) {
    return weight(step, name).isPresent();
  }

  private static Optional<float[]> weight(Step step, String name) {
    return step.weights().stream().filter(w -> w.name().equals(name)).findFirst().map(Step.Weight::values);
  }

  /** Rows one after the other. @param widths of the rows of each */
  private static float[] joined(List<Rows> all, String name, int... widths) {
    float[] made = new float[IntStream.range(0, all.size()).map(i -> all.get(i).count() * widths[i]).sum()];
    int at = 0;
    for (int i = 0; i < all.size(); i++) {
      int from = all.get(i).from() * widths[i], count = all.get(i).count() * widths[i];
      float[] part = weight(all.get(i).product(), name).map(w -> Arrays.copyOfRange(w, from, from + count)).orElse(new float[count]);
      System.arraycopy(part, 0, made, at, count);
      at += count;
    }
    return made;
  }

  private static Optional<Rows> rows(Draft draft, Step step) {
    Matcher part = PART.matcher(draft.definitions().getOrDefault(step.call(), ""));
    Step product = step;
    int from = 0;
    if (part.matches()) {
      product = step.inputs().getFirst();
      from = Integer.parseInt(part.group(1));
    }
    if (!DENSE.matcher(product.call()).matches()) {
      return Optional.empty();
    }
    int count = part.matches() ? Integer.parseInt(part.group(2)) - from : product.dims()[0];
    return Optional.of(new Rows(product.inputs().getFirst(), product, from, count));
  }
}
