package dev.lanewise.runtime.operation;

import dev.lanewise.runtime.operation.Conv.InputGradient;
import dev.lanewise.runtime.operation.Conv.WeightGradient;
import dev.lanewise.runtime.spec.Draw;
import dev.lanewise.runtime.spec.Type;
import dev.lanewise.runtime.spec.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * The gradients of a convolution that is followed by max pooling, from the gradient of the pooled result and the
 * winning positions. Only one position of a window has a gradient, so a kernel that knows the windows need not look
 * at the others.
 *
 * <p>Inputs: the pooled gradient, the winning positions, x, and with {@code input} the weights. Outputs: the gradient
 * of the weights, and with {@code input} that of x.
 *
 * @param input whether the gradient of the convolution's input is wanted
 */
public record PooledConvGradient(Conv of, MaxPool.Gradient pool, boolean input) implements Operation {
  @Override
  public String name() {
    return input ? "maxpool.dx+conv.dWeight+conv.dx" : "maxpool.dx+conv.dWeight";
  }

  private InputGradient inputGradient() {
    return new InputGradient(of);
  }

  private WeightGradient weightGradient() {
    return new WeightGradient(of);
  }

  @Override
  public List<Type> inputs() {
    List<Type> types = new ArrayList<>(pool.inputs());
    types.add(weightGradient().inputs().getFirst());
    if (input) {
      types.add(inputGradient().inputs().getLast());
    }
    return types;
  }

  @Override
  public List<Type> outputs() {
    List<Type> types = new ArrayList<>(weightGradient().outputs());
    if (input) {
      types.addAll(inputGradient().outputs());
    }
    return types;
  }

  @Override
  public void evaluate(Draw draw, double[][] in, double[][] out) {
    double[] dY = new double[of.out().size()];
    pool.evaluate(draw, new double[][] {in[0], in[1]}, new double[][] {dY});
    weightGradient().evaluate(draw, new double[][] {in[2], dY}, new double[][] {out[0]});
    if (input) {
      inputGradient().evaluate(draw, new double[][] {dY, in[3]}, new double[][] {out[1]});
    }
  }

  @Override
  public List<Value> gradient(Emitter emitter, List<Value> in, List<Value> out, Value dOut, boolean[] needed) {
    return Operation.none(this);
  }

  /** Those of the positions that won. */
  @Override
  public long multiplyAdds() {
    return pool.window().out().size() * of.multiplyAdds() / of.out().size() * (input ? 2 : 1);
  }
}
