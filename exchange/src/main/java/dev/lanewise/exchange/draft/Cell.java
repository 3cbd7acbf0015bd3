package dev.lanewise.exchange.draft;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What is done at one place of a sequence, as a {@code layer} with states: the steps of a draft become lines of its body.
 *
 * <pre>{@code
 * layer memory {
 *   weight W1 : [4, 4] ~ xavier_normal
 *   state h1 : [4]
 *   t1 = tanh(in + W1 @ h1)
 *   h1 = t1
 *   out = t1
 * }
 * }</pre>
 */
public final class Cell {
  /** The call of an input that is a weight. */
  public static final String WEIGHT = "weight";

  private static final Pattern CALL = Pattern.compile("(\\w+)(?:\\((.*)\\))?");
  private static final Pattern PART = Pattern.compile("def %s\\(x\\) = x(\\[[0-9:]+])");
  private static final Pattern SLICE = Pattern.compile("(.*)\\[(\\d+):(\\d+)]");
  /** Steps of one line. */
  private static final int LONGEST = 6;
  private static final Set<String> FUNCTIONS = Set.of("softmax", "log_softmax", "relu", "sigmoid", "tanh");

  private final Draft inner;
  private final Draft outer;
  private final Map<Step, String> names = new IdentityHashMap<>();
  private final List<String> weights = new ArrayList<>();
  private final List<String> lines = new ArrayList<>();
  private final List<Step.Weight> values = new ArrayList<>();
  private int made;

  /** @param outer where functions of its own are defined */
  public Cell(Draft inner, Draft outer) {
    this.inner = inner;
    this.outer = outer;
  }

  /** What an input is called in the body: a part of {@code in}, or a state. */
  public void called(Step input, String name) {
    names.put(input, name);
  }

  /**
   * The definition, with {@code %s} for its name.
   *
   * @param states inputs @param next what each becomes @param out what is told
   */
  public String text(List<Step> states, List<Step> next, Step out) {
    List<Step> results = new ArrayList<>(next);
    results.add(out);
    List<Step> needed = inner.needed(results);
    needed.stream().filter(s -> s.call().equals(WEIGHT)).forEach(s -> names.put(s, weight("w", s.weights().getFirst(), "zeros")));
    List<Step> steps = needed.stream().filter(s -> !s.kind().equals("input")).toList();
    Set<Step> bound = bound(steps, results);
    Map<Step, Step> becoming = becoming(steps, bound, states, next);
    for (Step step : steps) {
      String text = text(step);
      Step state = becoming.get(step);
      if (bound.contains(step)) {
        String name = state == null ? "t" + ++made : names.get(state);
        lines.add(name + " = " + text);
        names.put(step, name);
      } else {
        names.put(step, text.contains(" ") ? "(" + text + ")" : text);
      }
    }
    // A state may become what another was: all of that is read before any has its next value.
    List<String> last = new ArrayList<>();
    for (int i = 0; i < states.size(); i++) {
      if (becoming.get(next.get(i)) != states.get(i)) {
        String value = names.get(next.get(i));
        if (next.get(i).kind().equals("input")) {
          lines.addFirst("t" + ++made + " = " + value);
          value = "t" + made;
        }
        last.add(names.get(states.get(i)) + " = " + value);
      }
    }
    if (out.kind().equals("input")) {
      lines.addFirst("t" + ++made + " = " + names.get(out));
      names.put(out, "t" + made);
    }
    StringBuilder text = new StringBuilder("layer %s {\n");
    weights.forEach(w -> text.append("  ").append(w).append('\n'));
    states.forEach(s -> text.append("  state ").append(names.get(s)).append(" : [").append(s.size()).append("]\n"));
    lines.forEach(l -> text.append("  ").append(l).append('\n'));
    last.forEach(l -> text.append("  ").append(l).append('\n'));
    return text.append("  out = ").append(names.get(out)).append("\n}").toString();
  }

  /** Steps that have lines of their own: what is read several times, what is told, what would be long. */
  private Set<Step> bound(List<Step> steps, List<Step> results) {
    Map<Step, Integer> reads = new IdentityHashMap<>(), sizes = new IdentityHashMap<>();
    steps.forEach(s -> s.inputs().forEach(i -> reads.merge(i, 1, Integer::sum)));
    Set<Step> bound = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Step step : steps) {
      int size = 1 + step.inputs().stream().filter(i -> !bound.contains(i)).mapToInt(i -> sizes.getOrDefault(i, 0)).sum();
      sizes.put(step, size);
      if (results.stream().anyMatch(r -> r == step) || reads.getOrDefault(step, 0) != 1 || size > LONGEST) {
        bound.add(step);
      }
    }
    return bound;
  }

  /** Which steps are at once what a state becomes: behind them nobody reads what it was. */
  private Map<Step, Step> becoming(List<Step> steps, Set<Step> bound, List<Step> states, List<Step> next) {
    Map<Step, Integer> lines = new IdentityHashMap<>();
    for (int i = steps.size() - 1; i >= 0; i--) {
      Step step = steps.get(i);
      int line = i;
      if (!bound.contains(step)) {
        line = steps.stream().filter(s -> s.inputs().contains(step)).mapToInt(lines::get).max().orElse(i);
      }
      lines.put(step, line);
    }
    Map<Step, Step> becoming = new IdentityHashMap<>();
    for (int i = 0; i < states.size(); i++) {
      Step state = states.get(i), value = next.get(i);
      boolean last = steps.stream().filter(s -> s.inputs().contains(state)).allMatch(s -> lines.get(s) <= lines.getOrDefault(value, -1));
      boolean isNext = states.stream().noneMatch(s -> s != state && next.contains(state));
      if (bound.contains(value) && last && isNext) {
        becoming.putIfAbsent(value, state);
      }
    }
    return becoming;
  }

  /** Its weights, as the definition calls them. */
  public List<Step.Weight> weights() {
    return values;
  }

  private String weight(String like, Step.Weight weight, String init) {
    String name = like + (values.size() + 1);
    values.add(new Step.Weight(name, weight.dims(), weight.values()));
    weights.add("weight " + name + " : [" + java.util.stream.IntStream.of(weight.dims()).mapToObj(Integer::toString).collect(Collectors.joining(", ")) + "] ~ " + init);
    return name;
  }

  private String text(Step step) {
    List<String> in = step.inputs().stream().map(names::get).toList();
    return switch (step.kind()) {
      case "dense" -> product(step, in.getFirst());
      case "flatten", "reshape" -> in.getFirst();
      case "add" -> String.join(" + ", in);
      case "mul" -> String.join(" * ", in);
      case "concat" -> "concat(" + String.join(", ", bare(in)) + ")";
      default -> called(step, in);
    };
  }

  private String product(Step step, String x) {
    if (step.call().startsWith("each")) {
      throw refused(step);
    }
    String product = weight("W", step.weights().getFirst(), "xavier_normal") + " @ " + x;
    return step.weights().size() == 1 ? product : product + " + " + weight("b", step.weights().getLast(), "zeros");
  }

  /** Without brackets around all of it. */
  private static List<String> bare(List<String> in) {
    return in.stream().map(x -> x.startsWith("(") && closes(x) ? x.substring(1, x.length() - 1) : x).toList();
  }

  private static boolean closes(String x) {
    int depth = 0;
    for (int i = 0; i < x.length() - 1; i++) {
      depth += x.charAt(i) == '(' ? 1 : x.charAt(i) == ')' ? -1 : 0;
      if (depth == 0) {
        return false;
      }
    }
    return x.endsWith(")");
  }

  private String called(Step step, List<String> in) {
    String definition = inner.definitions().get(step.call());
    if (definition != null && definition.startsWith("def")) {
      Matcher part = PART.matcher(definition);
      if (part.matches()) {
        return part(in.getFirst(), part.group(1));
      }
      return outer.define(step.call().replaceAll("[0-9]+$", ""), definition) + "(" + String.join(", ", bare(in)) + ")";
    }
    Matcher call = CALL.matcher(step.call());
    if (!call.matches() || !step.weights().isEmpty() || !FUNCTIONS.contains(call.group(1)) && !Known.isWord(call.group(1))) {
      throw refused(step);
    }
    return call.group(1) + "(" + String.join(", ", bare(in)) + (call.group(2) == null ? "" : ", " + call.group(2)) + ")";
  }

  /** A part of a part is one of the whole. @param at {@code [2:5]} or {@code [2]} */
  private static String part(String of, String at) {
    Matcher whole = SLICE.matcher(of);
    if (!whole.matches()) {
      return of + at;
    }
    int from = Integer.parseInt(whole.group(2));
    String[] ends = at.substring(1, at.length() - 1).split(":");
    return whole.group(1) + "[" + java.util.Arrays.stream(ends).map(e -> Integer.toString(from + Integer.parseInt(e))).collect(Collectors.joining(":")) + "]";
  }

  private static RefusedException refused(Step step) {
    return new RefusedException("its loop holds `" + step.call() + "`, which a layer of one's own cannot do at a place");
  }
}
