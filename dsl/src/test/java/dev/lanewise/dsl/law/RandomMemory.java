package dev.lanewise.dsl.law;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Random layers with a memory, the same in two languages: those of the prelude, and bodies with states of their own, which stay within bounds.
 *
 * @param definition as a script writes it; empty for those of the prelude
 * @param call as a network calls it
 * @param arguments for another library: sizes, ways, and of a body of its own its weights, states and lines
 * @param channels that come out
 * @param kinked whether it has functions with a kink
 */
record RandomMemory(String definition, String call, Map<String, Object> arguments, int channels, boolean kinked) {
  static final List<String> OF_PRELUDE = List.of("rnn", "gru", "lstm");

  /** How layers with a memory are put together. */
  private record Ways(int layers, boolean reverse, boolean both) {
    static Ways draw(Pick p) {
      boolean both = p.chance(0.3);
      return new Ways(p.chance(0.3) ? p.whole(2, 3) : 1, !both && p.chance(0.3), both);
    }

    String text() {
      return (layers > 1 ? ", layers = " + layers : "") + (reverse ? ", reverse = true" : "") + (both ? ", both = true" : "");
    }

    Map<String, Object> arguments(int n) {
      Map<String, Object> all = new LinkedHashMap<>();
      all.put("n", n);
      all.put("layers", layers);
      all.put("reverse", reverse);
      all.put("both", both);
      return all;
    }
  }

  static RandomMemory ofPrelude(Pick p, String name) {
    int n = p.wide(2, 5);
    Ways ways = Ways.draw(p);
    return new RandomMemory("", name + "(" + n + ways.text() + ")", ways.arguments(n), ways.both ? 2 * n : n, false);
  }

  /** At most so many parameters, behind so many channels. */
  int parameters(int in) {
    int n = (Integer) arguments.get("n");
    int ways = (Boolean) arguments.get("both") ? 2 : 1;
    return 4 * n * (in + n + 2 + ((Integer) arguments.get("layers") - 1) * (channels + n + 2)) * ways;
  }

  /** A line of the body, here and there. */
  private record Both(String script, String python) {
    static Both same(String text) {
      return new Both(text, text);
    }
  }

  static RandomMemory draw(Pick p, String name) {
    int n = p.wide(2, 5);
    Ways ways = Ways.draw(p);
    List<Both> lines = new ArrayList<>();
    Map<String, List<String>> weights = new LinkedHashMap<>();
    weights.put("W", List.of("f", "n"));
    weights.put("U", List.of("n", "n"));
    boolean bias = p.chance(0.7);
    if (bias) {
      weights.put("b", List.of("n"));
    }
    lines.add(Both.same("z = x @ W + h @ U" + (bias ? " + b" : "")));
    boolean second = p.chance(0.6);
    boolean kinked = false;
    if (second) {
      Both c = p.of(List.of(
          Both.same("c = 0.7 * c + tanh(z)"), Both.same("c = sigmoid(z) * c + tanh(z * h)"), new Both("c = where(z > 0.1, c / 2, z / 3)", "c = where(z > 0.1, c / 2, z / 3)"),
          Both.same("c = max(c / 2, z / 3 - 0.1)"), new Both("c = c / 2 + mean(z) * h", "c = c / 2 + mean(z) * h"), Both.same("c = softmax(z + c)"), Both.same("z = z + 0.3 * c\nc = h")));
      kinked = c.script.contains("where") || c.script.contains("max(c");
      lines.add(c);
    }
    lines.add(p.of(List.of(
        Both.same("h = tanh(z)"), Both.same("g = sigmoid(z)\nh = g * h + (1 - g) * tanh(z + 0.3)"), Both.same("h = softmax(z)"), Both.same("h = h / 2 + sin(z)"),
        new Both("p, q = split(concat(z, h), 2)\nh = tanh(p) - q / 3", "p, q = z, h\nh = tanh(p) - q / 3"))));
    String rest = second ? " + 0.4 * c" : "";
    int m = n;
    switch (p.whole(0, 4)) {
      case 0 -> lines.add(Both.same("out = h" + rest));
      case 1 -> {
        m = p.whole(1, 4);
        weights.put("V", List.of("m", "n"));
        lines.add(new Both("out = V @ (h" + rest + ")", "out = (h" + rest + ") @ V.T"));
      }
      case 2 -> {
        m = 2 * n;
        lines.add(new Both("out = concat(h" + rest + ", z)", "out = cat(h" + rest + ", z)"));
      }
      case 3 -> lines.add(Both.same("out = sigmoid(h" + rest + ") + x @ W"));
      default -> {
        m = n + 1;
        lines.add(new Both("out = concat(h" + rest + ", mean(x))", "out = cat(h" + rest + ", mean(x))"));
      }
    }
    Map<String, Object> arguments = ways.arguments(n);
    arguments.put("m", m);
    arguments.put("weights", weights);
    arguments.put("states", second ? List.of("h", "c") : List.of("h"));
    arguments.put("body", String.join("\n", lines.stream().map(Both::python).toList()));
    return new RandomMemory(
        text(name, p, weights, second, lines, m), name + "(" + n + ways.text() + ")", arguments, ways.both ? 2 * m : m, kinked);
  }

  private static String text(String name, Pick p, Map<String, List<String>> weights, boolean second, List<Both> lines, int m) {
    StringBuilder text = new StringBuilder("layer " + name + "(n) {\n");
    weights.forEach((w, dims) -> text.append("  weight ").append(w).append(" : [")
        .append(String.join(", ", dims).replace("f", "in.features").replace("m", Integer.toString(m))).append("] ~ ")
        .append(dims.size() == 1 ? "uniform(0.5)" : p.one("xavier_normal", "uniform(0.4)", "orthogonal")).append('\n'));
    text.append("  state h : [n]\n");
    if (second) {
      text.append("  state c : [n]\n");
    }
    for (Both line : lines) {
      line.script.lines().forEach(l -> text.append("  ").append(l.replaceAll("\\bx\\b", "in")).append('\n'));
    }
    return text.append("}\n").toString();
  }
}
