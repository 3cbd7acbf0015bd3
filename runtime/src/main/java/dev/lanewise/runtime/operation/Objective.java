package dev.lanewise.runtime.operation;

import dev.lanewise.runtime.spec.Type;
import dev.lanewise.runtime.symbolic.Term;
import dev.lanewise.runtime.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * What a network with further outputs is trained by: the loss of its own output, and those of its heads with a weight, all against the
 * same label (auxiliary classifiers, Szegedy et al. 2015). Tests look at the first alone.
 *
 * @param heads in the order of the network's further outputs
 */
public record Objective(Computation main, List<Computation> heads, double weight) implements Computation {
  public Objective {
    heads = List.copyOf(heads);
  }

  @Override
  public String name() {
    return main.name();
  }

  /** The output and the label, then the heads' outputs. */
  @Override
  public List<Type> inputs() {
    List<Type> types = new ArrayList<>(main.inputs());
    heads.forEach(h -> types.add(h.inputs().getFirst()));
    return types;
  }

  @Override
  public List<Type> outputs() {
    return List.of(Type.example(Shape.of(1)));
  }

  @Override
  public double weight(int label) {
    return main.weight(label);
  }

  /** main + weight (head + head + …). */
  public Pointwise sum() {
    Term sum = Term.variable("loss");
    List<Pointwise.Argument> arguments = new ArrayList<>(List.of(new Pointwise.Argument("loss", Shape.of(1))));
    for (int i = 1; i <= heads.size(); i++) {
      sum = sum.plus(Term.number(weight).times(Term.variable("head" + i)));
      arguments.add(new Pointwise.Argument("head" + i, Shape.of(1)));
    }
    return new Pointwise("objective", Shape.of(1), arguments, sum);
  }
}
