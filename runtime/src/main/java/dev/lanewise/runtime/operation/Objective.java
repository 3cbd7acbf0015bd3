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
 * <p>A network that predicts numbers in a unit of their own is trained by what it gave before its last step brought that into the unit: its
 * first further output, against the label with mean 0 and deviation 1. The loss in the unit is told alone.
 *
 * @param heads in the order of the network's further outputs
 * @param unit the layer with mean and deviation; empty where the loss that is told is trained, too
 */
public record Objective(Computation main, List<Computation> heads, double weight, String unit) implements Computation {
  public Objective {
    heads = List.copyOf(heads);
  }

  public Objective(Computation main, List<Computation> heads, double weight) {
    this(main, heads, weight, "");
  }

  /** What a network is trained by that ends with such a layer, and would be trained by this loss without it. */
  public static Objective inUnit(String unit, Computation loss) {
    if (!(loss instanceof Objective(Computation main, List<Computation> heads, double weight, var _))) {
      return new Objective(loss, List.of(loss), 0, unit);
    }
    List<Computation> all = new ArrayList<>(List.of(main));
    all.addAll(heads);
    return new Objective(main, all, weight, unit);
  }

  /** Whether the sum is more than the loss that is told, in another unit or not. */
  public boolean hasHeads() {
    return heads.size() > (unit.isEmpty() ? 0 : 1);
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

  /** first + weight (second + third + …) of the losses that are trained, the told one among them where there is no unit. */
  public Pointwise sum() {
    int losses = heads.size() + (unit.isEmpty() ? 1 : 0);
    Term sum = Term.variable("loss");
    List<Pointwise.Argument> arguments = new ArrayList<>(List.of(new Pointwise.Argument("loss", Shape.of(1))));
    for (int i = 1; i < losses; i++) {
      sum = sum.plus(Term.number(weight).times(Term.variable("head" + i)));
      arguments.add(new Pointwise.Argument("head" + i, Shape.of(1)));
    }
    return new Pointwise("objective", Shape.of(1), arguments, sum);
  }
}
