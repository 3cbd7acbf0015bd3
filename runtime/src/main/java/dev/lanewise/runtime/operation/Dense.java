package dev.lanewise.runtime.operation;

import static dev.lanewise.runtime.signature.Argument.optional;
import static dev.lanewise.runtime.signature.Argument.required;

import dev.lanewise.runtime.signature.Argument;
import dev.lanewise.runtime.signature.Arguments;
import dev.lanewise.runtime.signature.Signature;
import dev.lanewise.runtime.spec.Checks;
import dev.lanewise.runtime.spec.Draw;
import dev.lanewise.runtime.spec.Initialization;
import dev.lanewise.runtime.spec.ParameterSpec;
import dev.lanewise.runtime.spec.Type;
import dev.lanewise.runtime.spec.Value;
import dev.lanewise.runtime.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A linear layer: y[o] = b[o] + Σ_i W[o][i] x[i]. Parameters as in PyTorch's Linear: weight [out, in], bias [out].
 *
 * @param places of a sequence, {@code places x in}, at each of which it does so; 0 for a value that has none
 */
public record Dense(int in, int out, boolean bias, int places) implements Operation {
  public static final Layer LAYER =
      new Layer(
          Signature.of(
              "dense",
              "every output is a weighted sum of all inputs",
              required("features", Argument.Type.INTEGER, "number of outputs"),
              optional("bias", Argument.Type.FLAG, true, "whether a bias is added"),
              Initialization.ARGUMENT),
          Dense::bind);

  /** Of a value without places. */
  public Dense(int in, int out, boolean bias) {
    this(in, out, bias, 0);
  }

  /** The same at every place of a sequence. */
  public Dense at(int ofPlaces) {
    return new Dense(in, out, bias, ofPlaces);
  }

  /** How many times it multiplies for an example. */
  public int times() {
    return Math.max(1, places);
  }

  private Type values(int features) {
    return Type.example(places == 0 ? Shape.of(features) : Shape.of(places, features));
  }

  private static Dense bind(Arguments arguments, Shape in) {
    String call = "dense(" + arguments.integer("features") + ")";
    Dense dense =
        new Dense(
            Checks.flat(call, in),
            Checks.positive(call, "features", arguments.integer("features")),
            arguments.flag("bias"));
    Checks.storable(call, (double) dense.in * dense.out);
    return dense;
  }

  @Override
  public String name() {
    return "dense";
  }

  @Override
  public List<ParameterSpec> parameters() {
    ParameterSpec weight = ParameterSpec.fanIn("weight", in, Shape.of(out, in));
    return bias ? List.of(weight, ParameterSpec.fanIn("bias", in, Shape.of(out))) : List.of(weight);
  }

  @Override
  public List<Type> inputs() {
    List<Type> types = new ArrayList<>(List.of(values(in)));
    parameters().forEach(p -> types.add(Type.shared(p.shape())));
    return types;
  }

  @Override
  public List<Type> outputs() {
    return List.of(values(out));
  }

  @Override
  public void evaluate(Draw draw, double[][] input, double[][] output) {
    double[] x = input[0];
    double[] weight = input[1];
    for (int p = 0; p < times(); p++) {
      for (int o = 0; o < out; o++) {
        double y = bias ? input[2][o] : 0;
        for (int i = 0; i < in; i++) {
          y += weight[o * in + i] * x[p * in + i];
        }
        output[0][p * out + o] += y;
      }
    }
  }

  @Override
  public List<Value> gradient(Emitter emitter, List<Value> inputs, List<Value> outputs, Value dOut, boolean[] needed) {
    Value x = inputs.get(0);
    Value weight = inputs.get(1);
    Value dX = needed[0] ? emitter.emit("d" + x.name(), new InputGradient(this), dOut, weight) : null;
    Value dWeight = needed[1] ? emitter.emit("d" + weight.name(), new WeightGradient(this), x, dOut) : null;
    Value dBias = bias && needed[2] ? overPlaces(emitter, "d" + inputs.get(2).name(), dOut) : null;
    return bias ? Operation.gradients(dX, dWeight, dBias) : Operation.gradients(dX, dWeight);
  }

  private Value overPlaces(Emitter emitter, String name, Value dOut) {
    Value each = places == 0 ? dOut : emitter.emit(name, new Reduce(Shape.of(places, out), 1, out, 1), dOut);
    return emitter.emit(name, new ChannelSum(Shape.of(out)), each);
  }

  @Override
  public Optional<LinearMap> linearMap() {
    return Optional.of(new LinearMap(1, 1, true));
  }

  @Override
  public long multiplyAdds() {
    return (long) in * out * times();
  }

  /** From dy and W: dx[i] = Σ_o W[o][i] dy[o]; as a layer of its own it is the product of a row with a matrix [in, out]. */
  public record InputGradient(Dense of) implements Operation {
    @Override
    public String name() {
      return "dense.dx";
    }

    @Override
    public List<Type> inputs() {
      return List.of(of.values(of.out), Type.shared(Shape.of(of.out, of.in)));
    }

    @Override
    public List<Type> outputs() {
      return List.of(of.values(of.in));
    }

    @Override
    public void evaluate(Draw draw, double[][] in, double[][] out) {
      for (int p = 0; p < of.times(); p++) {
        for (int o = 0; o < of.out; o++) {
          for (int i = 0; i < of.in; i++) {
            out[0][p * of.in + i] += in[1][o * of.in + i] * in[0][p * of.out + o];
          }
        }
      }
    }

    @Override
    public long multiplyAdds() {
      return of.multiplyAdds();
    }

    @Override
    public Optional<LinearMap> linearMap() {
      return Optional.of(new LinearMap(1, 1, false));
    }

    /** The same rules with the roles changed: what was dx is now the output. */
    @Override
    public List<Value> gradient(Emitter emitter, List<Value> in, List<Value> out, Value dOut, boolean[] needed) {
      Value dy = in.get(0);
      Value weight = in.get(1);
      Dense product = new Dense(of.in, of.out, false, of.places);
      return Operation.gradients(
          needed[0] ? emitter.emit("d" + dy.name(), product, dOut, weight) : null,
          needed[1] ? emitter.emit("d" + weight.name(), new WeightGradient(product), dOut, dy) : null);
    }
  }

  /** From x and dy: dW[o][i] = Σ over examples, and their places, of dy[o] x[i]. */
  public record WeightGradient(Dense of) implements Operation {
    @Override
    public String name() {
      return "dense.dWeight";
    }

    @Override
    public List<Type> inputs() {
      return List.of(of.values(of.in), of.values(of.out));
    }

    @Override
    public List<Type> outputs() {
      return List.of(Type.shared(Shape.of(of.out, of.in)));
    }

    @Override
    public void evaluate(Draw draw, double[][] in, double[][] out) {
      for (int p = 0; p < of.times(); p++) {
        for (int o = 0; o < of.out; o++) {
          for (int i = 0; i < of.in; i++) {
            out[0][o * of.in + i] += in[1][p * of.out + o] * in[0][p * of.in + i];
          }
        }
      }
    }

    @Override
    public long multiplyAdds() {
      return of.multiplyAdds();
    }

    @Override
    public List<Value> gradient(Emitter emitter, List<Value> in, List<Value> out, Value dOut, boolean[] needed) {
      return Operation.none(this);
    }
  }
}
