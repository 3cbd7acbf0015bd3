package dev.lanewise.runtime.data.table;

import dev.lanewise.runtime.data.format.TableFields;
import java.util.Set;

/** What stands where a value is missing. */
final class Gaps {
  private static final Set<String> WORDS = Set.of("", "NA", "N/A", "n/a", "NaN", "nan", "NAN", "null", "NULL", "Null", "None", "none", "?", "-");
  private static final int LONGEST = 4;

  private Gaps() {}

  /** The same of a text. */
  static boolean is(String text) {
    return WORDS.contains(text);
  }

  static boolean is(TableFields fields, int at) {
    int length = fields.length(at);
    if (length == 0 || length > LONGEST) {
      return length == 0;
    }
    StringBuilder text = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      text.append(fields.letter(at, i));
    }
    return WORDS.contains(text.toString());
  }
}
