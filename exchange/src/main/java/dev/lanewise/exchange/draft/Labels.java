package dev.lanewise.exchange.draft;

import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** What steps are called: as the file calls them where that is a name, else by kind and number, as the language does. */
final class Labels {
  private static final Set<String> WORDS = Set.of(
      "net", "block", "def", "layer", "weight", "import", "as", "data", "train", "on", "sweep", "in", "expect", "input", "if", "else", "repeat", "path", "head", "true", "false", "and", "or",
      "not", "of", "padded", "against", "state");
  /** What a converter makes up where a model has no name. */
  private static final Pattern MADE_UP = Pattern.compile("(?i)(onnx__.*|_?[0-9].*|val_[0-9_]+|node_.*|.*__[0-9]+|constant_?[0-9]*|const_.*|initializer.*|w|b|x|y|r)");
  private static final int LONGEST = 40;

  private final Set<String> taken = new HashSet<>();
  private final Map<String, Integer> counts = new HashMap<>();
  private final Map<Step, String> names = new IdentityHashMap<>();
  private final Map<Step, String> labels = new IdentityHashMap<>();

  /** @param read which of them others read by a label */
  Labels(List<Step> steps, Set<Step> read) {
    for (Step step : steps) {
      if (step.kind().equals("input")) {
        String label = free(identifier(step.wish()));
        names.put(step, label);
        labels.put(step, label);
        continue;
      }
      String wish = step.weights().isEmpty() ? "" : good(step.wish());
      String next = next(step.kind());
      if (!wish.isEmpty() && !taken.contains(wish) && !wish.equals(next)) {
        label(step, wish);
      } else if (read.contains(step)) {
        label(step, wish.isEmpty() || taken.contains(wish) ? step.weights().isEmpty() ? free("x") : free(next) : wish);
      } else {
        counts.merge(step.kind(), number(next, step.kind()), (_, n) -> n);
        taken.add(next);
        names.put(step, next);
      }
    }
  }

  private void label(Step step, String label) {
    taken.add(label);
    names.put(step, label);
    labels.put(step, label);
  }

  private static int number(String name, String kind) {
    return Integer.parseInt(name.substring(kind.length()));
  }

  /** What the language calls the next one of a kind that has no label. */
  private String next(String kind) {
    int count = counts.getOrDefault(kind, 0) + 1;
    while (taken.contains(kind + count)) {
      count++;
    }
    return kind + count;
  }

  private String free(String like) {
    String name = like;
    for (int i = like.equals("x") ? 1 : 2; name.equals("x") || taken.contains(name); i++) {
      name = like + (like.equals("x") ? "" : "_") + i;
    }
    taken.add(name);
    return name;
  }

  /** As a label; empty if it is none that a person has chosen. */
  private static String good(String wish) {
    String label = identifier(wish);
    return wish.isEmpty() || MADE_UP.matcher(label).matches() || label.length() > LONGEST ? "" : label;
  }

  static String identifier(String name) {
    String plain = name.replaceAll("[^\\p{L}\\p{Nd}_]+", "_").replaceAll("^_+|_+$", "");
    return plain.isEmpty() ? "x" : Character.isDigit(plain.charAt(0)) || WORDS.contains(plain) ? "n" + plain : plain;
  }

  /** Whether a person has chosen a name. */
  static boolean isChosen(String name) {
    return !good(name).isEmpty();
  }

  /** How its parameters are called. */
  String name(Step step) {
    return names.get(step);
  }

  /** Null if it has none. */
  String label(Step step) {
    return labels.get(step);
  }
}
