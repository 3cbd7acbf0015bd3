package dev.lanewise.runtime.decode;

import dev.lanewise.runtime.train.Model;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Asks a network for one place after the other, which is much faster than {@link WindowScores}, and says the same but for rounding. When the window is full it forgets the older half, so that
 * a long text does not begin anew with every token.
 */
public final class KeptScores implements NextScores {
  private final PlaceNet net;
  private final WindowScores others;

  private KeptScores(PlaceNet net, WindowScores others) {
    this.net = net;
    this.others = others;
  }

  /**
   * Of a network that takes nothing but a text; nothing if it cannot be done, since a layer looks at later places, say.
   *
   * @param others what answers for several texts at once
   */
  public static Optional<NextScores> of(Model model, WindowScores others) {
    return PlaceNet.of(model.graph(), model.parameters()).map(n -> new KeptScores(n, others));
  }

  @Override
  public int window() {
    return net.places();
  }

  @Override
  public float[][] next(List<int[]> prefixes) {
    if (prefixes.size() > 1) {
      return others.next(prefixes);
    }
    int[] prefix = prefixes.getFirst();
    return new float[][] {net.behind(Arrays.copyOfRange(prefix, begin(prefix.length), prefix.length), others::check).clone()};
  }

  /** The first token that is looked at. */
  private int begin(int length) {
    int half = Math.max(1, net.places() / 2);
    return length <= net.places() ? 0 : (length - net.places() + half - 1) / half * half;
  }
}
