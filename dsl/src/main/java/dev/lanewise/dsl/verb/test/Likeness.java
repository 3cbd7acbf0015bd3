package dev.lanewise.dsl.verb.test;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.dsl.verb.Bench;
import dev.lanewise.runtime.data.Dataset;
import dev.lanewise.runtime.data.source.OwnImages;
import java.util.stream.IntStream;

/** Images that are much lighter or darker than all that a network has learnt from: mostly dark ink on light ground where it knows the opposite. */
final class Likeness {
  /** So many deviations from the mean of the examples that were learnt. Black or white paper is beyond it, a photo of snow or of night is not. */
  private static final double FAR = 2;

  private Likeness() {}

  /** @param seen normalised as those examples were */
  static void check(Bench bench, Span at, String net, OwnImages own, Dataset seen) {
    IntStream.range(0, seen.size()).filter(i -> Math.abs(mean(seen, i)) > FAR).findFirst().ifPresent(i -> bench.warn(
        Code.L062, at, own.names().get(i) + " is much " + (mean(seen, i) > 0 ? "lighter" : "darker") + " than the images that " + net + " has learnt from",
        "if these are light on dark, and it is dark on light, or the other way round, turn its colours round first"));
  }

  private static double mean(Dataset seen, int example) {
    float[] values = new float[seen.shape().size()];
    seen.read(example, values, 0, 1);
    return IntStream.range(0, values.length).mapToDouble(i -> values[i]).average().orElse(0);
  }
}
