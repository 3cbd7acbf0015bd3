package dev.lanewise.runtime.walk;

import dev.lanewise.runtime.operation.AtPlaces;
import dev.lanewise.runtime.operation.CrossEntropy;
import dev.lanewise.runtime.operation.MaxPool;
import dev.lanewise.runtime.operation.Operation;
import dev.lanewise.runtime.operation.Pointwise;
import dev.lanewise.runtime.spec.Draw;
import dev.lanewise.runtime.symbolic.Derivative;
import dev.lanewise.runtime.symbolic.Operator;
import dev.lanewise.runtime.symbolic.Term;
import dev.lanewise.runtime.walk.Account.Formula;
import dev.lanewise.runtime.walk.Account.Same;
import dev.lanewise.runtime.walk.Quantity.Fixed;
import dev.lanewise.runtime.walk.Quantity.Made;
import dev.lanewise.runtime.walk.Quantity.Read;
import dev.lanewise.runtime.walk.Quantity.Result;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The chain rule for one number that an operation reads: by how much each number that it makes changes with it. A formula is differentiated. What multiplies
 * and adds is asked what it makes of 1 at that place and 0 elsewhere. Everything else is asked for its gradient, of one number that it makes after the other.
 */
final class Links {
  /** Multiply-adds from which on the numbers that an operation makes are not asked one by one. */
  private static final double MOST = 2e9;

  /** Stands for what an operation makes. */
  private static final String RESULT = "y";

  private Links() {}

  /**
   * A number that is made, and how it changes.
   *
   * @param element of the operation's output
   * @param slope its derivative: a number as it is, one that the operation reads, or a formula of them
   */
  record Link(int element, Account slope) {
    Link(int element, double slope) {
      this(element, new Same(new Fixed(slope)));
    }
  }

  /** Those whose slope is not 0; empty if it would take too long to tell them. */
  static Optional<List<Link>> of(Operation operation, double[][] in, double[][] out, int input, int element) {
    return switch (operation) {
      case Pointwise p -> Optional.of(formula(p, in, out, input, element));
      case CrossEntropy entropy when input == 0 -> Optional.of(loss(entropy, in, element));
      case MaxPool _ -> Optional.of(moved(operation, in, out, input, element));
      case AtPlaces(Operation of, int _) when isLinear(of, input) -> Optional.of(linear(operation, in, out, input, element));
      default -> isLinear(operation, input) ? Optional.of(linear(operation, in, out, input, element)) : oneByOne(operation, in, out, input, element);
    };
  }

  private static List<Link> formula(Pointwise p, double[][] in, double[][] out, int input, int element) {
    Pointwise.Argument argument = p.arguments().get(input);
    Term slope = doubled(Derivative.of(p.formula(), argument.name())).replace(p.formula(), Term.variable(RESULT));
    int each = p.shape().size() / argument.shape().size();
    List<Link> links = new ArrayList<>();
    for (int e = element * each; e < (element + 1) * each; e++) {
      Formula how = new Formula(slope, names(p, in, out, e));
      if (how.value() != 0) {
        links.add(new Link(e, slope instanceof Term.Number(double alone) ? new Same(new Fixed(alone)) : how));
      }
    }
    return links;
  }

  /** What is added to itself, as the derivative of a square is, taken twice. */
  private static Term doubled(Term term) {
    return term instanceof Term.Binary(Operator o, Term a, Term b) && o == Operator.ADD && a.equals(b) ? Term.number(2).times(a) : term;
  }

  /** What a formula's names stand for at an element, and y. */
  private static Map<String, Quantity> names(Pointwise p, double[][] in, double[][] out, int element) {
    Map<String, Quantity> names = new HashMap<>();
    for (int i = 0; i < in.length; i++) {
      int at = element / (p.shape().size() / in[i].length);
      names.put(p.arguments().get(i).name(), new Read(i, at, in[i][at]));
    }
    names.put(RESULT, new Result(element, out[0][element]));
    return names;
  }

  /** The share of a class (softmax), less what is right of it: each counted as the loss counts it. */
  private static List<Link> loss(CrossEntropy of, double[][] in, int element) {
    int place = element % of.places(), right = (int) in[1][place];
    if (right == of.ignore()) {
      return List.of();
    }
    double all = IntStream.range(0, of.classes()).mapToDouble(i -> of.target(i, right)).sum() / of.places();
    double own = of.target(element / of.places(), right) / of.places();
    Term share = Term.number(all).times(Term.variable("softmax"));
    String name = "softmax[" + element / of.places() + (of.places() == 1 ? "]" : "," + place + "]");
    Formula how = new Formula(own == 0 ? share : share.minus(Term.number(own)), Map.of("softmax", new Made(name, Accounts.share(of, in, element))));
    return List.of(new Link(0, how));
  }

  /** Those places that take it as it is. */
  private static List<Link> moved(Operation operation, double[][] in, double[][] out, int input, int element) {
    List<Link> links = new ArrayList<>();
    for (int k = 0; k < out[0].length; k++) {
      // Only those that have its value can have taken it.
      if (out[0][k] == in[input][element]) {
        double slope = Eager.gradient(operation, in, out, Eager.one(out[0].length, k), input)[element];
        if (slope != 0) {
          links.add(new Link(k, slope));
        }
      }
    }
    return links;
  }

  /** Whether what it makes is that input times something, and something else added. */
  private static boolean isLinear(Operation operation, int input) {
    return operation.linearMap().isPresent() || Linear.is(operation, input);
  }

  private static List<Link> linear(Operation operation, double[][] in, double[][] out, int input, int element) {
    double[] slopes = change(operation, in, input, element);
    int meets = operation.bound(0) > 0 ? -1 : operation.linearMap().map(m -> input == 0 ? m.matrix() : input == m.matrix() ? 0 : -1).orElse(-1);
    double[] which = meets < 0 ? null : change(operation, numbered(in, meets), input, element);
    List<Link> links = new ArrayList<>();
    for (int k = 0; k < slopes.length; k++) {
      if (slopes[k] != 0) {
        links.add(which == null ? new Link(k, slopes[k]) : new Link(k, new Same(new Read(meets, (int) Math.round(which[k]) - 1, slopes[k]))));
      }
    }
    return links;
  }

  private static double[][] numbered(double[][] in, int input) {
    double[][] numbered = in.clone();
    numbered[input] = Eager.numbers(in[input].length);
    return numbered;
  }

  /** What is made of 1 at an element of an input and 0 elsewhere, without what is made of zeros. */
  private static double[] change(Operation operation, double[][] in, int input, int element) {
    double[] with = made(operation, in, input, Eager.one(in[input].length, element)), without = made(operation, in, input, new double[in[input].length]);
    Arrays.setAll(with, k -> with[k] - without[k]);
    return with;
  }

  private static double[] made(Operation operation, double[][] in, int input, double[] instead) {
    double[][] with = in.clone();
    with[input] = instead;
    double[][] out = Eager.made(operation);
    operation.evaluate(Draw.NONE, with, out);
    return out[0];
  }

  private static Optional<List<Link>> oneByOne(Operation operation, double[][] in, double[][] out, int input, int element) {
    int size = out[0].length;
    if ((double) size * (operation.multiplyAdds() + in[input].length + size) > MOST) {
      return Optional.empty();
    }
    if (Eager.gradient(operation, in, out, new double[size], input) == null) {
      // What is drawn, or a whole number, changes with nothing.
      return Optional.of(List.of());
    }
    return Optional.of(IntStream.range(0, size)
        .mapToObj(k -> new Link(k, Eager.gradient(operation, in, out, Eager.one(size, k), input)[element]))
        .filter(l -> l.slope().value() != 0).toList());
  }
}
