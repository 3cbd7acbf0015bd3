package dev.lanewise.runtime.decode;

import dev.lanewise.runtime.data.Field;
import dev.lanewise.runtime.train.Asking;
import dev.lanewise.runtime.train.Engine;
import dev.lanewise.runtime.train.Model;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Runs a network over the last tokens of each text, as many as it takes, and reads what it says at the last one. */
public final class WindowScores implements NextScores, SourcedScores {
  private final Asking asking;
  private final List<Field> inputs;
  private final int written;
  /** Of the inputs but the written one, what stands there; of each text its own. */
  private final List<float[]> given;
  private final int window;

  /** @param written which input is the text that goes on */
  private WindowScores(Asking asking, List<Field> inputs, int written, List<float[]> given) {
    this.asking = asking;
    this.inputs = inputs;
    this.written = written;
    this.given = given;
    this.window = inputs.get(written).shape().size();
  }

  /** Of a network that takes nothing but a text. @param most texts at once */
  public static WindowScores of(Engine engine, Model model, Field input, int most) {
    List<Field> inputs = List.of(input);
    return new WindowScores(engine.asking(model, like(inputs), 0, most), inputs, 0, List.of());
  }

  /** Of a network that takes a text and another one, which is to be made of it. @param inputs that one first */
  public static WindowScores of(Engine engine, Model model, Field source, Field target, int most) {
    List<Field> inputs = List.of(source, target);
    return new WindowScores(engine.asking(model, like(inputs), 0, most), inputs, 1, List.of());
  }

  static Prefixes like(List<Field> inputs) {
    return new Prefixes(inputs, inputs.stream().map(f -> new float[1][f.shape().size()]).toList());
  }

  @Override
  public WindowScores beside(List<float[]> sources) {
    return new WindowScores(asking, inputs, written, sources);
  }

  @Override
  public List<NextScores> each(List<float[]> sources) {
    return sources.stream().<NextScores>map(Beside::new).toList();
  }

  /** One source, beside any number of texts. */
  private final class Beside implements NextScores {
    private final float[] source;

    private Beside(float[] source) {
      this.source = source;
    }

    @Override
    public int window() {
      return window;
    }

    @Override
    public float[][] next(List<int[]> prefixes) {
      return beside(Collections.nCopies(prefixes.size(), source)).next(prefixes);
    }
  }

  @Override
  public boolean isTogether() {
    return true;
  }

  /** Stops if it is told to. */
  void check() {
    asking.check();
  }

  @Override
  public int window() {
    return window;
  }

  @Override
  public float[][] next(List<int[]> prefixes) {
    float[][] texts = new float[prefixes.size()][window];
    for (int i = 0; i < texts.length; i++) {
      int[] prefix = prefixes.get(i);
      int from = Math.max(0, prefix.length - window);
      for (int p = from; p < prefix.length; p++) {
        texts[i][p - from] = prefix[p];
      }
    }
    List<float[][]> values = new ArrayList<>();
    if (written > 0) {
      values.add(given.toArray(float[][]::new));
    }
    values.add(texts);
    float[][] outputs = asking.of(new Prefixes(inputs, values));
    float[][] scores = new float[texts.length][];
    for (int i = 0; i < texts.length; i++) {
      int last = Math.min(window, prefixes.get(i).length) - 1;
      float[] own = new float[outputs[i].length / window];
      for (int v = 0; v < own.length; v++) {
        own[v] = outputs[i][v * window + last];
      }
      scores[i] = own;
    }
    return scores;
  }

}
