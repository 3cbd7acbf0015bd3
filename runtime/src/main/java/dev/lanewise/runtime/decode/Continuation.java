package dev.lanewise.runtime.decode;

import dev.lanewise.runtime.data.text.Vocabulary;
import dev.lanewise.runtime.random.Draws;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Goes on with a text, token by token.
 *
 * @param count tokens at most
 * @param stop a text that ends it, which is left out; empty without
 * @param whole whether texts are texts of their own, no longer than the network's window: then {@code <end>} ends them, and so does the window
 */
public record Continuation(Vocabulary vocabulary, NextScores scores, Choice choice, int count, String stop, boolean whole) {
  private static final String HALF = "\ufffd";

  /** Tokens after which their text is taken for known. */
  private static final int RECENT = 64;

  /**
   * The same seed, the same text.
   *
   * @param prompt tokens that are there already, at least one
   * @param pieces is told what is added, as soon as it is known to stay
   * @return what was added
   */
  public String of(int[] prompt, long seed, Consumer<String> pieces) {
    int[] tokens = prompt;
    String told = "";
    String text = "";
    // What is long past is not read again with every token: from here on tokens make up what follows `begun`.
    int from = 0;
    String begun = "";
    for (int i = 0; i < count && !(whole && tokens.length > scores.window()); i++) {
      float[] next = scores.next(List.of(tokens))[0];
      int token = choice.of(possible(next), Draws.uniform(seed, i));
      if (vocabulary.number(Vocabulary.END).orElse(-1) == token) {
        break;
      }
      tokens = Arrays.copyOf(tokens, tokens.length + 1);
      tokens[tokens.length - 1] = token;
      text = begun + (from == 0 ? added(prompt, tokens) : added(Arrays.copyOfRange(tokens, from - 1, from), Arrays.copyOfRange(tokens, from - 1, tokens.length)));
      int end = stop.isEmpty() ? -1 : text.indexOf(stop, Math.max(0, told.length() - stop.length()));
      if (end >= 0) {
        text = text.substring(0, end);
        break;
      }
      if (tokens.length - Math.max(from, prompt.length) >= RECENT && !text.endsWith(HALF)) {
        begun = text;
        from = tokens.length;
      }
      String sure = sure(text);
      if (sure.length() > told.length()) {
        pieces.accept(sure.substring(told.length()));
        told = sure;
      }
    }
    if (text.length() > told.length()) {
      pieces.accept(text.substring(told.length()));
    }
    return text;
  }

  /** Several at once, with a seed each, without telling pieces. */
  public List<String> several(int[] prompt, long seed, int texts) {
    int[][] all = new int[texts][];
    Arrays.setAll(all, _ -> prompt);
    boolean[] done = new boolean[texts];
    String[] made = new String[texts];
    Arrays.fill(made, "");
    for (int i = 0; i < count; i++) {
      int[] open = IntStream.range(0, texts).filter(t -> !done[t] && !(whole && all[t].length > scores.window())).toArray();
      if (open.length == 0) {
        break;
      }
      float[][] next = scores.next(IntStream.of(open).mapToObj(t -> all[t]).toList());
      for (int o = 0; o < open.length; o++) {
        int t = open[o];
        int token = choice.of(possible(next[o]), Draws.uniform(Draws.mix(seed, t), i));
        if (vocabulary.number(Vocabulary.END).orElse(-1) == token) {
          done[t] = true;
          continue;
        }
        all[t] = Arrays.copyOf(all[t], all[t].length + 1);
        all[t][all[t].length - 1] = token;
        made[t] = added(prompt, all[t]);
        int end = stop.isEmpty() ? -1 : made[t].indexOf(stop);
        if (end >= 0) {
          made[t] = made[t].substring(0, end);
          done[t] = true;
        }
      }
    }
    return Stream.of(made).toList();
  }

  /** What no text has is never chosen. */
  private float[] possible(float[] scores) {
    float[] possible = Arrays.copyOf(scores, Math.min(scores.length, vocabulary.size()));
    for (String mark : List.of(Vocabulary.PADDING, Vocabulary.BEGIN, Vocabulary.UNKNOWN)) {
      vocabulary.number(mark).ifPresent(n -> possible[n] = Float.NEGATIVE_INFINITY);
    }
    return possible;
  }

  /** What tokens add to a prompt's text: a space between two words belongs to the second. */
  private String added(int[] prompt, int[] tokens) {
    String before = vocabulary.text(prompt);
    String all = vocabulary.text(tokens);
    return all.startsWith(before) ? all.substring(before.length()) : vocabulary.text(Arrays.copyOfRange(tokens, prompt.length, tokens.length));
  }

  /** Without what may still become something else: half a character, or the beginning of what stops it. */
  private String sure(String text) {
    int end = text.endsWith(HALF) ? text.length() - 1 : text.length();
    for (int i = Math.max(0, end - stop.length() + 1); i < end && !stop.isEmpty(); i++) {
      if (stop.startsWith(text.substring(i, end))) {
        return text.substring(0, i);
      }
    }
    return text.substring(0, end);
  }
}
