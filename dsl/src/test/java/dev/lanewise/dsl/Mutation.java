package dev.lanewise.dsl;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Damaged scripts, and noise. */
public final class Mutation {
  private static final String[] PIECES = {
    "{", "}", "(", ")", "[", "]", "->", "=", "\"", "\n", ";", "@", "12", "1x2", "net ", "dense 10", "if ", "\\", "\u0000", "\uD83D\uDE00",
    "\uD83D", "#", ":", ",", ".", "-", "in", "  ", "\r", "é", "$", "1e400", "1x99999999999", "expect ", "train ", "data ", "0x0"
  };

  private static final Pattern TOKEN = Pattern.compile("\\w+|\\s+|.", Pattern.DOTALL);
  private static final String[] WORDS = {
    "(", ")", "{", "}", "[", "]", ";", "\n", "->", "=", ":", "@", ",", ".", "-", "^", "*", "/", "%", "<=", "!=", "~", "\"", "#", "\\",
    "0", "1", "3.5", "1e308", "1e-300", "99999999999", "2_0", "1x28x28", "0x4", "true", "same", "global", "auto", "in", "in.channels",
    "net", "block", "def", "layer", "weight", "import", "data", "train", "sweep", "expect", "if", "else", "repeat", "path", "head", "input",
    "share(@a)", "a:", "@a", "where(x > 0, x, 0)", "batchnorm", "softmax", "flatten", "dense(3)", "conv(4, 3)", "maxpool(2)", "dropout",
    "add", "concat", "pick", "onehot", "mean(x)", "x @ x", "网络", "\uD83D\uDE00", "\uD83D", "\u0000", "\t", "\r"
  };

  private Mutation() {}

  public static String of(List<Scripts.Golden> scripts, long seed) {
    Random random = new Random(seed);
    return random.nextBoolean() ? letters(scripts, random) : words(scripts, random);
  }

  private static String letters(List<Scripts.Golden> scripts, Random random) {
    StringBuilder text = new StringBuilder(scripts.get(random.nextInt(scripts.size())).source().text());
    if (random.nextInt(5) == 0) {
      text.setLength(0);
    }
    for (int n = 1 + random.nextInt(12); n > 0; n--) {
      int at = random.nextInt(text.length() + 1);
      switch (random.nextInt(3)) {
        case 0 -> text.insert(at, PIECES[random.nextInt(PIECES.length)]);
        case 1 -> text.delete(at, Math.min(text.length(), at + 1 + random.nextInt(8)));
        case 2 -> text.insert(at, text.substring(at, Math.min(text.length(), at + random.nextInt(30))));
      }
    }
    return text.toString();
  }

  private static List<String> tokens(List<Scripts.Golden> scripts, Random random) {
    String text = scripts.get(random.nextInt(scripts.size())).source().text();
    List<String> tokens = new ArrayList<>();
    Matcher matcher = TOKEN.matcher(text);
    while (matcher.find()) {
      tokens.add(matcher.group());
    }
    return tokens;
  }

  /** Whole words change places, so that much of what comes out still means something. */
  private static String words(List<Scripts.Golden> scripts, Random random) {
    List<String> tokens = tokens(scripts, random);
    for (int changes = 1 + random.nextInt(6); changes > 0 && !tokens.isEmpty(); changes--) {
      int at = random.nextInt(tokens.size());
      switch (random.nextInt(6)) {
        case 0 -> tokens.remove(at);
        case 1 -> tokens.add(at, WORDS[random.nextInt(WORDS.length)]);
        case 2 -> tokens.set(at, WORDS[random.nextInt(WORDS.length)]);
        case 3 -> tokens.set(at, tokens.get(random.nextInt(tokens.size())));
        case 4 -> tokens.addAll(at, List.copyOf(tokens.subList(at, Math.min(tokens.size(), at + random.nextInt(30)))));
        default -> {
          List<String> other = tokens(scripts, random);
          int from = random.nextInt(other.size());
          tokens.addAll(at, other.subList(from, Math.min(other.size(), from + random.nextInt(40))));
        }
      }
    }
    return String.join("", tokens);
  }
}
