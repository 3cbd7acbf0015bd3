package dev.lanewise.runtime.explain;

import dev.lanewise.runtime.data.Aimed;
import dev.lanewise.runtime.data.Dataset;
import dev.lanewise.runtime.data.Points;
import dev.lanewise.runtime.train.Asking;
import dev.lanewise.runtime.train.Engine;
import dev.lanewise.runtime.train.InputGradients;
import dev.lanewise.runtime.train.Model;
import java.util.Arrays;

/**
 * The score of a class that a network gives an example, in evaluation mode, with the parameters that it has whenever it is asked.
 *
 * <pre>{@code
 * ScoreFunction seven = new NetworkScore(engine, model, ClassScore.of(Shape.of(10), 7, 10));
 * seven.gradient(image);     // which pixels make it larger
 * }</pre>
 */
public final class NetworkScore implements ScoreFunction {
  /** Examples at once. */
  private static final int MOST = 64;

  private final Engine engine;
  private final Model model;
  private final ClassScore score;
  private Asking asking;
  private InputGradients gradients;

  public NetworkScore(Engine engine, Model model, ClassScore score) {
    this.engine = engine;
    this.model = model;
    this.score = score;
  }

  private Dataset examples(float[][] inputs) {
    return new Points(model.graph().input().shape(), inputs, new int[inputs.length], 2);
  }

  @Override
  public double[] values(float[][] inputs) {
    Dataset examples = examples(inputs);
    if (asking == null) {
      asking = engine.asking(model, examples, 0, MOST);
    }
    return Arrays.stream(asking.of(examples)).mapToDouble(score::of).toArray();
  }

  @Override
  public float[][] gradients(float[][] inputs) {
    if (gradients == null) {
      gradients = engine.differentiating(model, score.computation(), MOST);
    }
    float[][] all = gradients.of(Aimed.all(examples(inputs), score.target(), Math.max(2, score.output().channels())));
    for (float[] each : all) {
      for (int i = 0; i < each.length && score.sign() < 0; i++) {
        each[i] = -each[i];
      }
    }
    return all;
  }
}
