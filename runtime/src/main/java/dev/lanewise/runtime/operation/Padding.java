package dev.lanewise.runtime.operation;

import dev.lanewise.runtime.spec.Type;
import dev.lanewise.runtime.symbolic.Relation;
import dev.lanewise.runtime.symbolic.Term;
import dev.lanewise.runtime.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * Sequences of different lengths: tokens of which number 0 is padding, and what was made of them. A mask has 1 for a real place and 0 for padding; it is
 * computed from the tokens wherever it is needed.
 */
public final class Padding {
  private static final Term A = Term.variable("a");
  private static final Term B = Term.variable("b");
  private static final Term ZERO = Term.number(0);

  private Padding() {}

  /** The mask of tokens: 1 where there is a token, 0 where there is padding. */
  public static int mask(Recipe.Builder r, int tokens) {
    return r.formula("mask", r.shape(tokens), Term.where(Relation.GT, A, ZERO, Term.number(1), ZERO), tokens);
  }

  /** A sequence, {@code channels x length}, that has another number where there is padding. */
  static int filled(Recipe.Builder r, String name, int sequence, int mask, double with) {
    Shape shape = r.shape(sequence), turned = Shape.of(shape.dim(1), shape.dim(0));
    int places = r.step(name + ".places", new Transpose(shape), sequence);
    int filled = r.formula(name + ".real", turned, Term.where(Relation.GT, B, ZERO, A, Term.number(with)), places, mask);
    return r.step(name + ".filled", new Transpose(turned), filled);
  }

  /** The same layer, whose inputs of that length are 0 where there is padding; the tokens stand behind its data. */
  public static Recipe zeroed(Computation of, int length) {
    Recipe.Builder r = new Recipe.Builder(of.name());
    int data = of.inputs().size() - of.parameters().size();
    List<Integer> read = new ArrayList<>();
    for (Type type : of.inputs().subList(0, data)) {
      read.add(r.input(type));
    }
    int tokens = r.input(Shape.of(length));
    List<Integer> parameters = of.parameters().stream().map(r::parameter).toList();
    int mask = mask(r, tokens);
    for (int i = 0; i < data; i++) {
      Shape shape = r.shape(read.get(i));
      if (shape.isSequence() && shape.dim(1) == length) {
        read.set(i, filled(r, "in" + i, read.get(i), mask, 0));
      }
    }
    read.addAll(parameters);
    return r.build(r.all("of", of, read));
  }

  /** Which axis of a value is that of the places. */
  private enum Axis {
    /** Rows, one for each place. */
    ROWS,
    COLUMNS,
    /** It is the same whatever stands at the places. */
    NONE,
    /** What is at a place depends on other places. */
    MIXED
  }

  /** Whether a layer of {@code channels x length} makes such a sequence, each place of that place alone. */
  public static boolean keepsPlaces(Computation of, int length) {
    return switch (of) {
      case Decorator decorator -> keepsPlaces(decorator.of(), length);
      case Recipe recipe -> keeps(recipe, length);
      case Operation operation -> {
        List<Axis> in = new ArrayList<>();
        operation.inputs().forEach(t -> in.add(given(t, length)));
        yield axis(operation, in, length) == Axis.COLUMNS;
      }
      case Objective _, Given _ -> false;
    };
  }

  /** Whether a layer takes means or sums over more than a place, as batch normalisation does: what is padding counts in them, with its zeros. */
  public static boolean counts(Computation of, int length) {
    return switch (of) {
      case Decorator decorator -> counts(decorator.of(), length);
      case Recipe recipe -> recipe.steps().stream().anyMatch(s -> counts(s.operation(), length));
      case LayerNorm norm -> norm.places() != length;
      case Reduce _ -> true;
      case Operation _, Objective _, Given _ -> false;
    };
  }

  private static boolean keeps(Recipe recipe, int length) {
    List<Axis> values = new ArrayList<>();
    recipe.inputs().forEach(t -> values.add(given(t, length)));
    for (Recipe.Step step : recipe.steps()) {
      values.add(axis(step.operation(), step.inputs().stream().map(i -> i == Recipe.WEIGHT ? Axis.MIXED : values.get(i)).toList(), length));
    }
    return values.get(recipe.result()) == Axis.COLUMNS;
  }

  private static Axis given(Type type, int length) {
    Shape shape = type.shape();
    return type.kind() == Type.Kind.EXAMPLE && shape.isSequence() && shape.dim(1) == length ? Axis.COLUMNS : Axis.NONE;
  }

  private static Axis axis(Operation operation, List<Axis> in, int length) {
    Axis first = in.isEmpty() ? Axis.NONE : in.getFirst();
    if (in.stream().allMatch(a -> a == Axis.NONE)) {
      return Axis.NONE;
    }
    return switch (operation) {
      case Transpose _ -> first == Axis.ROWS ? Axis.COLUMNS : first == Axis.COLUMNS ? Axis.ROWS : Axis.MIXED;
      case Pointwise p -> pointwise(p, in);
      case Concat _ -> all(in, Axis.COLUMNS);
      case Slice _ -> all(in, Axis.COLUMNS);
      case LogSoftmax _ -> all(in, Axis.COLUMNS);
      case Dropout d -> d.wholeChannels() ? Axis.MIXED : first;
      case LayerNorm n when n.places() == length -> all(in.subList(0, 1), Axis.ROWS);
      case Dense d when d.places() == length -> all(in.subList(0, 1), Axis.ROWS);
      case AtPlaces a when a.places() == length -> in.stream().allMatch(x -> x == Axis.ROWS || x == Axis.NONE) ? Axis.ROWS : Axis.MIXED;
      default -> Axis.MIXED;
    };
  }

  private static Axis all(List<Axis> in, Axis wanted) {
    return in.stream().allMatch(wanted::equals) ? wanted : Axis.MIXED;
  }

  /** Element by element; what has a number for each row goes with rows that are places. */
  private static Axis pointwise(Pointwise p, List<Axis> in) {
    Axis found = Axis.NONE;
    for (Axis axis : in) {
      if (axis == Axis.MIXED || axis != Axis.NONE && found != Axis.NONE && axis != found) {
        return Axis.MIXED;
      }
      found = axis == Axis.NONE ? found : axis;
    }
    return found;
  }
}
