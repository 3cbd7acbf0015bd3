package dev.lanewise.runtime.score;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How near translations are to those of people: BLEU of a whole collection (Papineni et al. 2002), as sacrebleu counts it, with its exponential smoothing. Texts are cut into pieces before.
 *
 * <pre>{@code 100 · min(1, e^(1 - r/c)) · (p1 p2 p3 p4)^(1/4) }</pre>
 *
 * where pn is the share of the n pieces in a row that some reference has, too, and as often; c and r are the lengths of all translations and of the references nearest to them.
 */
public final class Bleu {
  private static final int LONGEST = 4;

  private final long[] found = new long[LONGEST];
  private final long[] all = new long[LONGEST];
  private long length;
  private long wanted;

  /** @param references at least one */
  public void add(List<String> translation, List<List<String>> references) {
    length += translation.size();
    int nearest = references.getFirst().size();
    for (List<String> r : references) {
      int difference = Math.abs(r.size() - translation.size()) - Math.abs(nearest - translation.size());
      nearest = difference < 0 || difference == 0 && r.size() < nearest ? r.size() : nearest;
    }
    wanted += nearest;
    for (int n = 1; n <= LONGEST; n++) {
      Map<List<String>, Integer> most = new HashMap<>();
      for (List<String> r : references) {
        counts(r, n).forEach((gram, count) -> most.merge(gram, count, Math::max));
      }
      for (Map.Entry<List<String>, Integer> e : counts(translation, n).entrySet()) {
        all[n - 1] += e.getValue();
        found[n - 1] += Math.min(e.getValue(), most.getOrDefault(e.getKey(), 0));
      }
    }
  }

  private static Map<List<String>, Integer> counts(List<String> pieces, int n) {
    Map<List<String>, Integer> counts = new HashMap<>();
    for (int i = 0; i + n <= pieces.size(); i++) {
      counts.merge(pieces.subList(i, i + n), 1, Integer::sum);
    }
    return counts;
  }

  /** From 0 to 100. */
  public double score() {
    if (Arrays.stream(found).sum() == 0) {
      return 0;
    }
    double logs = 0;
    double smooth = 1;
    int orders = 0;
    for (int n = 0; n < LONGEST && all[n] > 0; n++) {
      smooth *= found[n] == 0 ? 2 : 1;
      logs += Math.log(found[n] == 0 ? 1 / (smooth * all[n]) : (double) found[n] / all[n]);
      orders++;
    }
    if (orders < LONGEST) {
      return 0;
    }
    double brevity = length < wanted ? Math.exp(1 - (double) wanted / length) : 1;
    return 100 * brevity * Math.exp(logs / LONGEST);
  }

  /** The same, shares of one to four pieces in a row that are right. */
  public double share(int n) {
    return all[n - 1] == 0 ? 0 : (double) found[n - 1] / all[n - 1];
  }
}
