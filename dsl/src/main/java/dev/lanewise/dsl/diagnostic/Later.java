package dev.lanewise.dsl.diagnostic;

import java.util.Locale;
import java.util.Map;

/** Words for what is to come, with what serves meanwhile: each is told in one way, wherever it stands, with capitals or without. */
public final class Later {
  private static final Map<String, String> WORDS = Map.of("init", "");

  private Later() {}

  public static boolean has(String word) {
    return WORDS.containsKey(word.toLowerCase(Locale.ROOT));
  }

  /** @param word one of them */
  public static String message(String word) {
    return sentence("`" + word.toLowerCase(Locale.ROOT) + "`");
  }

  /** @param what in backticks where it is code */
  static String sentence(String what) {
    return what + " is not there yet";
  }

  /** What serves meanwhile; empty where nothing does. */
  public static String remedy(String word) {
    return WORDS.get(word.toLowerCase(Locale.ROOT));
  }
}
