package dev.lanewise.dsl;

import java.util.List;
import java.util.Random;

/** Damaged scripts, and noise. */
public final class Mutation {
  private static final String[] PIECES = {
    "{", "}", "(", ")", "[", "]", "->", "=", "\"", "\n", ";", "@", "12", "1x2", "net ", "dense 10", "if ", "\\", "\u0000", "\uD83D\uDE00",
    "\uD83D", "#", ":", ",", ".", "-", "in", "  ", "\r", "é", "$", "1e400", "1x99999999999", "expect ", "train ", "data ", "0x0"
  };

  private Mutation() {}

  public static String of(List<Scripts.Golden> scripts, long seed) {
    Random random = new Random(seed);
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
}
