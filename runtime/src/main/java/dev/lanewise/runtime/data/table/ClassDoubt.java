package dev.lanewise.runtime.data.table;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What is likely to be wrong with the classes of a table: they are numbers to predict, one is a gap, or two are the same in other letters.
 *
 * @param warning empty if nothing is
 */
record ClassDoubt(String warning, String remedy) {
  private static final ClassDoubt NONE = new ClassDoubt("", "");
  /** Fewer numbers may be classes. */
  private static final int MANY = 20;

  /**
   * @param name of the column
   * @param written how a script names it
   * @param rows how many examples there are
   */
  static ClassDoubt of(String name, String written, List<String> classes, int rows) {
    if (classes.size() > MANY && 2 * classes.size() > rows) {
      return new ClassDoubt(
          "`" + name + "` has " + classes.size() + " classes in " + rows + " lines", "write target = " + written + " in place of label =, if it has numbers to predict");
    }
    Map<String, String> seen = new HashMap<>();
    for (String one : classes) {
      if (Gaps.is(one)) {
        return new ClassDoubt("`" + one + "` is a class of `" + name + "`, but may mean that it is missing", "leave such cells empty, and say missing = skip");
      }
      String before = seen.putIfAbsent(alike(one), one);
      if (before != null) {
        return new ClassDoubt("`" + before + "` and `" + one + "` are two classes of `" + name + "`", "write them alike in the file, if they are the same");
      }
    }
    return NONE;
  }

  /** What is written differently, and meant to be the same, is alike: {@code Red} and {@code red}, {@code 1} and {@code 1.0}. */
  private static String alike(String text) {
    String small = text.strip().toLowerCase(Locale.ROOT).replaceAll("[\\s_-]+", " ");
    return small.matches("[-+]?[0-9]{1,15}(\\.[0-9]{0,15})?") ? Double.toString(Double.parseDouble(small)) : small;
  }
}
