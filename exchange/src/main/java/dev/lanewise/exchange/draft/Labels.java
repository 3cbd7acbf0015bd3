package dev.lanewise.exchange.draft;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** What is called how in a network, or in one use of a block: as the file calls it where that is a name, else by kind and number, as the language does. */
final class Labels {
  private static final Set<String> WORDS = Set.of(
      "net", "block", "def", "layer", "weight", "import", "as", "data", "train", "on", "sweep", "in", "expect", "input", "if", "else", "repeat", "path", "head", "true", "false", "and", "or",
      "not", "of", "padded", "against", "state");
  /** What a converter makes up where a model has no name. */
  private static final Pattern MADE_UP = Pattern.compile("(?i)(onnx__.*|_?[0-9].*|val_[0-9_]+|node_.*|.*__[0-9]+|constant_?[0-9]*|const_.*|initializer.*|w|b|x|y|r)");
  private static final int LONGEST = 40;

  private final Set<String> taken = new HashSet<>();
  private final Map<String, Integer> counts = new HashMap<>();

  /** A name, and whether it is a label that has to be written. */
  record Called(String name, boolean isLabel) {}

  /** @param wish as the file calls it, or nothing @param read whether it needs a label */
  Called called(String kind, String wish, boolean read) {
    String label = good(wish);
    String next = next(kind);
    if (!label.isEmpty() && !taken.contains(label) && !label.equals(next)) {
      taken.add(label);
      return new Called(label, true);
    }
    if (read) {
      return new Called(label.isEmpty() || taken.contains(label) ? free(wish.isEmpty() ? "x" : next) : reserve(label), true);
    }
    counts.put(kind, Integer.parseInt(next.substring(kind.length())));
    taken.add(next);
    return new Called(next, false);
  }

  Called input(String name) {
    return new Called(free(identifier(name)), true);
  }

  private String reserve(String label) {
    taken.add(label);
    return label;
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

  /** Whether a person has chosen a name. */
  static boolean isChosen(String name) {
    return !good(name).isEmpty();
  }

  static String identifier(String name) {
    String plain = name.replaceAll("[^\\p{L}\\p{Nd}_]+", "_").replaceAll("^_+|_+$", "");
    return plain.isEmpty() ? "x" : Character.isDigit(plain.charAt(0)) || WORDS.contains(plain) ? "n" + plain : plain;
  }
}
