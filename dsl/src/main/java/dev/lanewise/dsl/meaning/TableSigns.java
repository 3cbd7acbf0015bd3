package dev.lanewise.dsl.meaning;

import static dev.lanewise.runtime.signature.Argument.optional;

import dev.lanewise.runtime.data.table.TableSettings;
import dev.lanewise.runtime.signature.Argument;
import dev.lanewise.runtime.signature.Argument.Type;
import java.util.Optional;

/** The signs of a table, as every call names them that reads one. */
public final class TableSigns {
  public static final Argument DECIMAL = optional("decimal", Type.TEXT, ".", "the sign before decimals, or \",\"");
  public static final Argument SEPARATOR = optional(
      "separator", Type.TEXT, "",
      "what stands between columns, \" \" for runs of spaces; a comma, or a semicolon or tab if the first line has these alone");

  private TableSigns() {}

  /**
   * Settings that say the signs, and nothing else.
   *
   * @throws IllegalArgumentException if a sign is none
   */
  public static TableSettings settings(String decimal, String separator) {
    char point = decimal(decimal);
    Optional<Character> between = separator(separator);
    if (between.isPresent() && between.get() == point && point == '.') {
      throw new IllegalArgumentException("separator and decimal are both \".\"");
    }
    TableSettings plain = TableSettings.PLAIN;
    return new TableSettings(plain.drop(), plain.parts(), plain.group(), plain.words(), plain.missing(), point, between);
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
