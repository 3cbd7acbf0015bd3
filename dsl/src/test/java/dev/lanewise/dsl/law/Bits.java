package dev.lanewise.dsl.law;

import java.util.Arrays;
import java.util.Map;

/** Trains networks and prints what bits come of each: what a JVM of its own is asked, with vectors of another width. */
final class Bits {
  private Bits() {}

  /** @param args the first seed, and how many follow */
  public static void main(String[] args) {
    long first = Long.parseLong(args[0]);
    for (int i = 0; i < Integer.parseInt(args[1]); i++) {
      Seeds.each(RandomScript.draw(first + i, Wish.ALL), script -> System.out.println(script.seed() + " " + of(Trial.of(script).trained(1))));
    }
  }

  private static int of(Map<String, float[]> parameters) {
    int bits = 0;
    for (Map.Entry<String, float[]> p : parameters.entrySet()) {
      bits = 31 * bits + p.getKey().hashCode() + 17 * Arrays.hashCode(p.getValue());
    }
    return bits;
  }
}
