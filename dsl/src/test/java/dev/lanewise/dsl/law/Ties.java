package dev.lanewise.dsl.law;

import java.util.List;
import java.util.Set;

/** Whether values may lie where a kink lies, so that their derivative is a matter of convention, or of rounding. */
enum Ties {
  NONE,
  /** Exactly 0, as behind a rectifier. */
  ZEROS,
  /** What should be 0 but for rounding: a normalised value of what is always the same. */
  NOISE;

  private static final Set<String> ZEROING = Set.of("relu", "relu6", "hard_sigmoid", "hard_swish", "dropout", "dropout2d", "pad");

  /** Behind a layer that leaves ties as they are, or makes zeros. */
  Ties behind(String layer) {
    return this == NONE && ZEROING.contains(layer) ? ZEROS : this;
  }

  /** What is always the same is brought to about 0, and its rounding enlarged. */
  Ties normalised() {
    return this == NONE ? NONE : NOISE;
  }

  /** A sum is 0 where all are. */
  static Ties joined(String word, List<Ties> all) {
    boolean noise = all.contains(NOISE);
    boolean none = word.equals("add") || word.equals("gap") ? all.contains(NONE) : !all.contains(ZEROS);
    return noise ? NOISE : none ? NONE : ZEROS;
  }
}
