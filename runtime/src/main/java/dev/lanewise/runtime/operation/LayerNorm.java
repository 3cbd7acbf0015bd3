package dev.lanewise.runtime.operation;

import dev.lanewise.runtime.spec.Draw;
import dev.lanewise.runtime.spec.Initializer;
import dev.lanewise.runtime.spec.ParameterSpec;
import dev.lanewise.runtime.spec.Type;
import dev.lanewise.runtime.spec.Value;
import dev.lanewise.runtime.tensor.Shape;
import java.util.List;

/**
 * Normalisation of every place by itself (Ba et al. 2016): y = (x - mean) / sqrt(var + eps) weight + bias, mean and variance over the values of the
 * place, which lie beside each other. A sequence is {@code places x channels} here, and has a weight and bias for each channel; a single place is the
 * whole example, and has one for each value. Parameters as in PyTorch's LayerNorm.
 *
 * <p>Further outputs are the mean of each place and what its values were multiplied with, 1 / sqrt(var + eps).
 *
 * @param places that are normalised, each by itself
 */
public record LayerNorm(Shape in, int places, double eps) implements Operation {
  public LayerNorm {
    if (places < 1 || in.size() % places != 0 || places > 1 && in.dim(0) != places) {
      throw new IllegalArgumentException("layernorm: " + in + " is not of " + places + " places");
    }
  }

  @Override
  public String name() {
    return "layernorm";
  }

  /** Values of a place. */
  public int size() {
    return in.size() / places;
  }

  private Shape affine() {
    return places == 1 ? in : Shape.of(size());
  }

  @Override
  public List<ParameterSpec> parameters() {
    return List.of(
        ParameterSpec.of("weight", affine(), new Initializer.Constant(1)), ParameterSpec.of("bias", affine(), new Initializer.Constant(0)));
  }

  @Override
  public List<Type> inputs() {
    return List.of(Type.example(in), Type.shared(affine()), Type.shared(affine()));
  }

  @Override
  public List<Type> outputs() {
    return List.of(Type.example(in), Type.example(Shape.of(places)), Type.example(Shape.of(places)));
  }

  @Override
  public void evaluate(Draw draw, double[][] input, double[][] output) {
    int size = size();
    for (int p = 0; p < places; p++) {
      double mean = 0;
      for (int i = 0; i < size; i++) {
        mean += input[0][p * size + i] / size;
      }
      double variance = 0;
      for (int i = 0; i < size; i++) {
        variance += Math.pow(input[0][p * size + i] - mean, 2) / size;
      }
      double scale = 1 / Math.sqrt(variance + eps);
      for (int i = 0; i < size; i++) {
        output[0][p * size + i] += (input[0][p * size + i] - mean) * scale * input[1][i] + input[2][i];
      }
      output[1][p] += mean;
      output[2][p] += scale;
    }
  }

  @Override
  public List<Value> gradient(Emitter emitter, List<Value> in, List<Value> out, Value dOut, boolean[] needed) {
    String x = in.getFirst().name();
    List<Value> d = emitter.emitAll("d" + x, new Gradient(this), List.of(in.get(0), out.get(1), out.get(2), in.get(1), dOut));
    return Operation.gradients(
        d.getFirst(), needed[1] ? sum(emitter, in.get(1), d.get(1)) : null, needed[2] ? sum(emitter, in.get(2), d.get(2)) : null);
  }

  private static Value sum(Emitter emitter, Value parameter, Value ofExample) {
    return emitter.emit("d" + parameter.name(), new ChannelSum(ofExample.shape(), ofExample.shape()), ofExample);
  }

  /**
   * From x, mean, scale, weight and dy, with n = (x - mean) scale and g = dy weight: dx = scale (g - mean of g - n mean of g n). Further outputs are the
   * example's parts of the gradients of weight and bias, the sums over its places of dy n and of dy.
   */
  public record Gradient(LayerNorm of) implements Operation {
    @Override
    public String name() {
      return "layernorm.dx";
    }

    @Override
    public List<Type> inputs() {
      Type each = Type.example(Shape.of(of.places));
      return List.of(Type.example(of.in), each, each, Type.shared(of.affine()), Type.example(of.in));
    }

    @Override
    public List<Type> outputs() {
      return List.of(Type.example(of.in), Type.example(of.affine()), Type.example(of.affine()));
    }

    @Override
    public void evaluate(Draw draw, double[][] in, double[][] out) {
      int size = of.size();
      for (int p = 0; p < of.places; p++) {
        double mean = in[1][p], scale = in[2][p], sum = 0, product = 0;
        for (int i = 0; i < size; i++) {
          double g = in[4][p * size + i] * in[3][i];
          sum += g / size;
          product += g * (in[0][p * size + i] - mean) * scale / size;
        }
        for (int i = 0; i < size; i++) {
          double dy = in[4][p * size + i], normal = (in[0][p * size + i] - mean) * scale;
          out[0][p * size + i] += scale * (dy * in[3][i] - sum - normal * product);
          out[1][i] += dy * normal;
          out[2][i] += dy;
        }
      }
    }

    @Override
    public List<Value> gradient(Emitter emitter, List<Value> in, List<Value> out, Value dOut, boolean[] needed) {
      return Operation.none(this);
    }
  }
}
