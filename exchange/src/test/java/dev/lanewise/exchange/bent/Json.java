package dev.lanewise.exchange.bent;

import java.util.List;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** JSON that can be read, but whose numbers, texts and lists are others. */
final class Json {
  private static final int MOST_CHANGES = 4;
  private static final Pattern VALUE = Pattern.compile("(?<=[:\\[,] ?)(-?[0-9][0-9.eE+-]*|\"[^\"]*\"|true|false|null|\\[\\]|\\{\\})");
  private static final List<String> OTHERS = List.of(
      "null", "-1", "0", "1", "3", "2147483647", "9223372036854775807", "1e400", "0.5", "true", "false", "\"\"", "\"Lambda\"", "\"same\"", "\"valid\"", "[]", "{}", "[1, 2]", "[[[]]]", "[null, 100000, 100000]",
      "[0, 9223372036854775807]", "\"softmax\"", "\"F32\"", "\"../../etc/passwd\"");

  private Json() {}

  static String bent(String text, Random random) {
    String bent = text;
    for (int changes = 1 + random.nextInt(MOST_CHANGES); changes > 0; changes--) {
      List<MatchResult> values = VALUE.matcher(bent).results().toList();
      if (values.isEmpty()) {
        return bent;
      }
      MatchResult at = values.get(random.nextInt(values.size()));
      String other = switch (random.nextInt(12)) {
        case 0 -> "[".repeat(100_000);
        case 1 -> "[".repeat(150) + "]".repeat(150);
        case 2 -> "{\"a\": ".repeat(150) + "1" + "}".repeat(150);
        case 3, 4, 5 -> values.get(random.nextInt(values.size())).group();
        default -> OTHERS.get(random.nextInt(OTHERS.size()));
      };
      bent = bent.substring(0, at.start()) + other + bent.substring(at.end());
    }
    return bent;
  }
}
