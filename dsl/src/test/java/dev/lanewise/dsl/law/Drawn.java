package dev.lanewise.dsl.law;

/** Tells the scripts of some seeds: what a JVM of its own is asked, whose sets and maps have another order. */
final class Drawn {
  private Drawn() {}

  /** @param args the first seed, and how many follow */
  public static void main(String[] args) {
    System.out.print(of(Long.parseLong(args[0]), Integer.parseInt(args[1])));
  }

  static String of(long first, int count) {
    StringBuilder texts = new StringBuilder();
    for (long seed = first; seed < first + count; seed++) {
      texts.append(RandomScript.draw(seed, Wish.ALL).text()).append(PartedScript.draw(seed).text());
    }
    return texts.toString();
  }
}
