package dev.lanewise.dsl.law;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;

/** Where randomness begins: fresh in every run, printed, and {@code -Dlanewise.seed=7} for one that is known. */
final class Seeds {
  private static final boolean GIVEN = System.getProperty("lanewise.seed") != null;
  private static final long FIRST = GIVEN ? Long.getLong("lanewise.seed") : System.nanoTime() / 1000 % 1_000_000_000 * 1000;

  /** Whose files stay, though other laws hold for them. */
  private static final Set<Long> FAILED = new HashSet<>();

  private Seeds() {}

  static long first() {
    return FIRST;
  }

  /**
   * How many networks a law is tried with: one for a seed that is given, unless {@code -Dlanewise.networks=} says otherwise.
   */
  static int count(int usual) {
    return Integer.getInteger("lanewise.networks", GIVEN ? 1 : usual);
  }

  /** Tries one law with several networks. */
  static void all(String law, int usual, Wish wish, Consumer<Trial> check) {
    System.out.println(law + ": " + count(usual) + " networks from seed " + FIRST);
    for (int i = 0; i < count(usual); i++) {
      RandomScript script = RandomScript.draw(FIRST + i, wish);
      each(script, s -> check.accept(Trial.of(s)));
    }
  }

  /** What fails names its seed and its script, whose files stay. */
  static void each(RandomScript script, Consumer<RandomScript> check) {
    Trial.save(script);
    try {
      check.accept(script);
    } catch (RuntimeException | Error e) {
      FAILED.add(script.seed());
      throw new AssertionError(
          "seed " + script.seed() + " (-Dlanewise.seed=" + script.seed() + "), " + Trial.FOLDER.resolve("seed" + script.seed() + ".net") + ":\n"
              + script.text() + e.getMessage(), e);
    }
    if (!FAILED.contains(script.seed())) {
      Trial.remove(script);
    }
  }
}
