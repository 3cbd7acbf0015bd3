package dev.lanewise.dsl.check.data;

import dev.lanewise.runtime.data.table.TableSettings;
import dev.lanewise.runtime.data.table.TableSettings.Missing;
import dev.lanewise.runtime.data.table.TableSettings.Words;
import dev.lanewise.runtime.signature.Arguments;
import java.util.Optional;

/** How a call of {@code csv} says that its table is to be read. */
final class TableCalls {
  private TableCalls() {}

  /**
   * @throws IllegalArgumentException if a sign is none
   */
  static TableSettings settings(Arguments a) {
    char decimal = decimal(a.text("decimal"));
    Optional<Character> separator = separator(a.text("separator"));
    if (separator.isPresent() && separator.get() == decimal && decimal == '.') {
      throw new IllegalArgumentException("separator and decimal are both \".\"");
    }
    return new TableSettings(a.texts("drop"), words(a.text("words")), missing(a), decimal, separator);
  }

  private static Words words(String word) {
    return switch (word) {
      case "onehot" -> Words.ONE_HOT;
      case "index" -> Words.INDEX;
      default -> Words.REFUSE;
    };
  }

  private static Missing missing(Arguments a) {
    return switch (a.text("missing")) {
      case "" -> Missing.REFUSE;
      case "skip" -> Missing.SKIP;
      case "mean" -> Missing.MEAN;
      default -> Missing.of((float) a.number("missing"));
    };
  }

  private static char decimal(String text) {
    if (!text.equals(".") && !text.equals(",")) {
      throw new IllegalArgumentException("decimal is \".\" or \",\", not \"" + text + "\"");
    }
    return text.charAt(0);
  }

  private static Optional<Character> separator(String text) {
    if (text.isEmpty()) {
      return Optional.empty();
    }
    String sign = text.equals("tab") ? "\t" : text;
    if (sign.length() != 1 || "\"\r\n".contains(sign) || sign.charAt(0) > 126) {
      throw new IllegalArgumentException("separator must be a single character, or \"tab\", not \"" + text + "\"");
    }
    return Optional.of(sign.charAt(0));
  }
}
