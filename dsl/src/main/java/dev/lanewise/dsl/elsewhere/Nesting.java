package dev.lanewise.dsl.elsewhere;

import java.util.ArrayList;
import java.util.List;

/** Brackets and quotes of a text. */
public final class Nesting {
  private Nesting() {}

  /** Where the bracket closes that opens at a place; -1 if it does not. */
  public static int closing(String text, int open) {
    int depth = 0;
    for (int i = open; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\'') {
        i = quoted(text, i);
      } else if ("([{".indexOf(c) >= 0) {
        depth++;
      } else if (")]}".indexOf(c) >= 0 && --depth == 0) {
        return i;
      }
    }
    return -1;
  }

  /** What stands between commas outside of brackets, without what is empty. */
  public static List<String> parts(String text) {
    List<String> parts = new ArrayList<>();
    int depth = 0;
    int from = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\'') {
        i = quoted(text, i);
      } else if (c == ',' && depth == 0) {
        parts.add(text.substring(from, i).strip());
        from = i + 1;
      }
      depth += "([{".indexOf(c) >= 0 ? 1 : ")]}".indexOf(c) >= 0 ? -1 : 0;
    }
    parts.add(text.substring(Math.min(from, text.length())).strip());
    return parts.stream().filter(p -> !p.isEmpty()).toList();
  }

  /** The end of what is in quotes: the last letter of the text where the line ends before. */
  private static int quoted(String text, int from) {
    int end = text.indexOf(text.charAt(from), from + 1);
    return end < 0 ? text.length() - 1 : end;
  }
}
