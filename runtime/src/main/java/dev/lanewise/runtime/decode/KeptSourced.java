package dev.lanewise.runtime.decode;

import dev.lanewise.runtime.data.Field;
import dev.lanewise.runtime.train.Asking;
import dev.lanewise.runtime.train.Engine;
import dev.lanewise.runtime.train.Model;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads each source once, and asks the network for one place of what is made of it after the other: {@link KeptScores} beside sources. It says the same as {@link WindowScores} but for rounding. Several
 * texts beside one source, as those of a beam, share what they begin with.
 */
public final class KeptSourced implements SourcedScores {
  private final PlaceNet net;
  private final Asking before;
  private final List<Field> inputs;
  private final WindowScores others;
  /** What is beside the net at the moment. */
  private Beside now;

  private KeptSourced(PlaceNet net, Asking before, List<Field> inputs, WindowScores others) {
    this.net = net;
    this.before = before;
    this.inputs = inputs;
    this.others = others;
  }

  /**
   * Of a network that takes a text and another one, which is to be made of it; nothing if it cannot be done, since a layer looks at later places, say.
   *
   * @param most sources that are read at once
   */
  public static Optional<SourcedScores> of(Engine engine, Model model, Field source, Field target, int most, WindowScores others) {
    List<Field> inputs = List.of(source, target);
    return model.graph().inputs().stream().filter(v -> v.name().equals(target.name())).findFirst()
        .flatMap(v -> PlaceNet.of(model.graph(), model.parameters(), v))
        .flatMap(net -> net.before().map(graph -> new KeptSourced(net, engine.asking(model.on(graph), WindowScores.like(inputs), 0, most), inputs, others)));
  }

  @Override
  public NextScores beside(List<float[]> sources) {
    return others.beside(sources);
  }

  @Override
  public boolean isTogether() {
    return false;
  }

  @Override
  public int window() {
    return net.places();
  }

  @Override
  public List<NextScores> each(List<float[]> sources) {
    float[][] empty = new float[sources.size()][inputs.getLast().shape().size()];
    float[][] made = before.of(new Prefixes(inputs, List.of(sources.toArray(float[][]::new), empty)));
    List<NextScores> each = new ArrayList<>();
    for (float[] of : made) {
      each.add(new Beside(of));
    }
    return each;
  }

  /** Beside one source. */
  private final class Beside implements NextScores {
    private final float[] made;

    private Beside(float[] made) {
      this.made = made;
    }

    @Override
    public int window() {
      return net.places();
    }

    @Override
    public float[][] next(List<int[]> prefixes) {
      if (now != this) {
        net.give(made);
        now = this;
      }
      return prefixes.stream().map(p -> net.behind(p, before::check).clone()).toArray(float[][]::new);
    }
  }
}
