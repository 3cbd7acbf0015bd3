package dev.lanewise.runtime.operation;

import dev.lanewise.runtime.spec.Draw;
import dev.lanewise.runtime.spec.Type;
import dev.lanewise.runtime.spec.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * A chain of operations that one kernel computes without writing what lies between them: {@code conv -> maxpool -> relu}. The main output
 * of each part is the first input of the next; what further inputs and outputs the parts have are the fused operation's, in order.
 */
public record Fused(List<Operation> parts) implements Operation {
  public Fused {
    parts = List.copyOf(parts);
  }

  @Override
  public String name() {
    return String.join("+", parts.stream().map(Operation::name).toList());
  }

  @Override
  public List<Type> inputs() {
    List<Type> types = new ArrayList<>(parts.getFirst().inputs());
    parts.stream().skip(1).forEach(p -> types.addAll(p.inputs().subList(1, p.inputs().size())));
    return types;
  }

  @Override
  public List<Type> outputs() {
    List<Type> types = new ArrayList<>(List.of(parts.getLast().outputs().getFirst()));
    parts.forEach(p -> types.addAll(p.outputs().subList(1, p.outputs().size())));
    return types;
  }

  @Override
  public void evaluate(Draw draw, double[][] in, double[][] out) {
    double[] value = in[0];
    int input = 1;
    int output = 1;
    for (Operation part : parts) {
      double[][] partIn = new double[part.inputs().size()][];
      double[][] partOut = new double[part.outputs().size()][];
      partIn[0] = value;
      for (int i = 1; i < partIn.length; i++) {
        partIn[i] = in[input++];
      }
      partOut[0] = part == parts.getLast() ? out[0] : new double[part.outputs().getFirst().shape().size()];
      for (int i = 1; i < partOut.length; i++) {
        partOut[i] = out[output++];
      }
      part.evaluate(draw, partIn, partOut);
      value = partOut[0];
    }
  }

  @Override
  public List<Value> gradient(Emitter emitter, List<Value> in, List<Value> out, Value dOut, boolean[] needed) {
    return Operation.none(this);
  }

  @Override
  public long multiplyAdds() {
    return parts.stream().mapToLong(Operation::multiplyAdds).sum();
  }
}
