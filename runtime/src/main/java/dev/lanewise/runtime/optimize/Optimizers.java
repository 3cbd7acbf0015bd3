package dev.lanewise.runtime.optimize;

import dev.lanewise.runtime.signature.Argument;
import dev.lanewise.runtime.signature.Arguments;
import dev.lanewise.runtime.signature.Signature;
import dev.lanewise.runtime.symbolic.Relation;
import dev.lanewise.runtime.symbolic.Term;
import dev.lanewise.runtime.symbolic.Update;
import dev.lanewise.runtime.symbolic.Update.Assignment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Every optimiser there is, each with the definition and the defaults that PyTorch has: p is a parameter, g its gradient,
 * every other name state that is kept for it and begins at zero.
 */
public final class Optimizers {
  private static final Term P = Term.variable("p");
  private static final Term G = Term.variable("g");
  private static final Term V = Term.variable("v");
  private static final Term M = Term.variable("m");
  private static final Term U = Term.variable("u");
  private static final Term LR = Term.variable("lr");
  private static final Optimizer.Scalars RATE = (lr, _, values) -> values[0] = (float) lr;

  private static final List<OptimizerDefinition> ALL =
      List.of(
          new OptimizerDefinition(
              Signature.of(
                  "sgd", "gradient descent, with momentum (Sutskever et al. 2013) and Nesterov's variant of it",
                  number("lr", 0.01, "learning rate"),
                  number("momentum", 0.0, "share of the last step that is kept"),
                  number("decay", 0.0, "share of a parameter that is added to its gradient"),
                  Argument.optional("nesterov", Argument.Type.FLAG, false, "whether the step looks ahead")),
              1e-6, 4, a -> sgd(rate(a), share(a, "momentum"), positive(a, "decay", 0), a.flag("nesterov"))),
          new OptimizerDefinition(
              Signature.of(
                  "adam", "steps of a size that each parameter's past gradients suggest (Kingma and Ba 2015)",
                  number("lr", 0.001, "learning rate"),
                  number("beta1", 0.9, "share of the mean gradient that is kept"),
                  number("beta2", 0.999, "share of the mean square that is kept"),
                  number("eps", 1e-8, "keeps the divisor above zero"),
                  number("decay", 0.0, "share of a parameter that is added to its gradient"),
                  Argument.optional("lazy", Argument.Type.FLAG, false, "whether rows of an embed that a batch does not touch stay as they are")),
              1e-7, 0.2, a -> adam("adam", a, P, decayed(positive(a, "decay", 0)))),
          new OptimizerDefinition(
              Signature.of(
                  "adamw", "adam with weight decay apart from the gradient (Loshchilov and Hutter 2019)",
                  number("lr", 0.001, "learning rate"),
                  number("beta1", 0.9, "share of the mean gradient that is kept"),
                  number("beta2", 0.999, "share of the mean square that is kept"),
                  number("eps", 1e-8, "keeps the divisor above zero"),
                  number("decay", 0.01, "share of a parameter that a step with lr = 1 takes away"),
                  Argument.optional("lazy", Argument.Type.FLAG, false, "whether rows of an embed that a batch does not touch stay as they are")),
              1e-7, 0.2, a -> adam("adamw", a, shrunk(positive(a, "decay", 0)), G)),
          new OptimizerDefinition(
              Signature.of(
                  "rmsprop", "gradients divided by their root mean square (Tieleman and Hinton 2012)",
                  number("lr", 0.01, "learning rate"),
                  number("alpha", 0.99, "share of the mean square that is kept"),
                  number("eps", 1e-8, "keeps the divisor above zero"),
                  number("momentum", 0.0, "share of the last step that is kept"),
                  number("decay", 0.0, "share of a parameter that is added to its gradient")),
              1e-7, 0.2, Optimizers::rmsprop),
          new OptimizerDefinition(
              Signature.of(
                  "adagrad", "gradients divided by the root of the sum of all squares so far (Duchi et al. 2011)",
                  number("lr", 0.01, "learning rate"),
                  number("eps", 1e-10, "keeps the divisor above zero")),
              1e-6, 4, Optimizers::adagrad),
          new OptimizerDefinition(
              Signature.of(
                  "adadelta", "steps as large as the past steps, relative to the gradients (Zeiler 2012)",
                  number("lr", 1.0, "learning rate"),
                  number("rho", 0.9, "share of the mean squares that is kept"),
                  number("eps", 1e-6, "keeps the divisor above zero")),
              1e-3, 20, Optimizers::adadelta),
          new OptimizerDefinition(
              Signature.of(
                  "lion", "steps of one size, in the direction of the sign of the momentum (Chen et al. 2023)",
                  number("lr", 1e-4, "learning rate"),
                  number("beta1", 0.9, "share of the momentum in the direction"),
                  number("beta2", 0.99, "share of the momentum that is kept"),
                  number("decay", 0.0, "share of a parameter that a step with lr = 1 takes away")),
              1e-8, 0.02, Optimizers::lion),
          new OptimizerDefinition(
              Signature.of(
                  "muon", "orthogonal steps of the hidden weights of dense, conv and @ (Jordan et al. 2024); adam for all others, and the first and last layer",
                  number("lr", 0.02, "learning rate of the matrices"),
                  number("momentum", 0.95, "share of the momentum that is kept"),
                  number("decay", 0.0, "share of a matrix that a step with lr = 1 takes away"),
                  number("rest", 3e-4, "learning rate of all else, by the same schedule")),
              1e-5, 0.5, Optimizers::muon));

  private Optimizers() {}

  public static List<OptimizerDefinition> all() {
    return ALL;
  }

  public static Optional<OptimizerDefinition> named(String name) {
    return ALL.stream().filter(o -> o.signature().name().equals(name)).findFirst();
  }

  /** v = momentum v + g; p = p - lr v. */
  public static Optimizer sgd(double lr, double momentum) {
    return sgd(lr, momentum, 0, false);
  }

  private static Optimizer sgd(double lr, double momentum, double decay, boolean nesterov) {
    Term g = decayed(decay);
    if (momentum == 0) {
      return new Optimizer("sgd", lr, new Update(List.of(new Assignment("p", P.minus(LR.times(g)))), List.of("lr")), RATE);
    }
    Term step = nesterov ? g.plus(number(momentum).times(V)) : V;
    List<Assignment> assignments =
        List.of(
            new Assignment("v", number(momentum).times(V).plus(g)), new Assignment("p", P.minus(LR.times(step))));
    return new Optimizer("sgd", lr, new Update(assignments, List.of("lr")), RATE);
  }

  /** m and v are running means of g and g², divided by 1 - beta^step, since they begin at zero; p = p - lr m / (sqrt(v) + eps). */
  private static Optimizer adam(String name, Arguments a, Term p, Term g) {
    double beta1 = share(a, "beta1");
    double beta2 = share(a, "beta2");
    Term root = V.sqrt().times(Term.variable("root")).plus(number(positive(a, "eps", 0)));
    List<Assignment> assignments =
        List.of(
            new Assignment("m", mean(beta1, M, g)),
            new Assignment("v", mean(beta2, V, g.times(g))),
            new Assignment("p", p.minus(Term.variable("step").times(M).over(root))));
    return new Optimizer(
        name,
        rate(a),
        new Update(assignments, List.of("lr", "step", "root")),
        (lr, step, values) -> {
          values[0] = (float) lr;
          values[1] = (float) (lr / (1 - StrictMath.pow(beta1, step)));
          values[2] = (float) (1 / Math.sqrt(1 - StrictMath.pow(beta2, step)));
        },
        null,
        a.flag("lazy"));
  }

  private static Optimizer rmsprop(Arguments a) {
    double momentum = share(a, "momentum");
    Term g = decayed(positive(a, "decay", 0));
    Term step = g.over(V.sqrt().plus(number(positive(a, "eps", 0))));
    List<Assignment> assignments = new ArrayList<>();
    assignments.add(new Assignment("v", mean(share(a, "alpha"), V, g.times(g))));
    if (momentum > 0) {
      assignments.add(new Assignment("m", number(momentum).times(M).plus(step)));
    }
    assignments.add(new Assignment("p", P.minus(LR.times(momentum > 0 ? M : step))));
    return new Optimizer("rmsprop", rate(a), new Update(assignments, List.of("lr")), RATE);
  }

  private static Optimizer adagrad(Arguments a) {
    List<Assignment> assignments =
        List.of(
            new Assignment("v", V.plus(G.times(G))),
            new Assignment("p", P.minus(LR.times(G).over(V.sqrt().plus(number(positive(a, "eps", 0)))))));
    return new Optimizer("adagrad", rate(a), new Update(assignments, List.of("lr")), RATE);
  }

  /** u is the running mean of the squares of the steps; the step itself reads it before it is brought up to date. */
  private static Optimizer adadelta(Arguments a) {
    double rho = share(a, "rho");
    Term eps = number(positive(a, "eps", 0));
    Term step = U.plus(eps).sqrt().over(V.plus(eps).sqrt()).times(G);
    List<Assignment> assignments =
        List.of(
            new Assignment("v", mean(rho, V, G.times(G))),
            new Assignment("p", P.minus(LR.times(step))),
            new Assignment("u", mean(rho, U, step.times(step))));
    return new Optimizer("adadelta", rate(a), new Update(assignments, List.of("lr")), RATE);
  }

  private static Optimizer lion(Arguments a) {
    Term zero = number(0);
    Term direction = mean(share(a, "beta1"), M, G);
    Term sign = Term.where(Relation.GT, direction, zero, number(1), Term.where(Relation.LT, direction, zero, number(-1), zero));
    List<Assignment> assignments =
        List.of(
            new Assignment("p", shrunk(positive(a, "decay", 0)).minus(LR.times(sign))),
            new Assignment("m", mean(share(a, "beta2"), M, G)));
    return new Optimizer("lion", rate(a), new Update(assignments, List.of("lr")), RATE);
  }

  /** All but the matrices as adam with Jordan's constants: beta1 0.9, beta2 0.95, eps 1e-10. */
  private static Optimizer muon(Arguments a) {
    double lr = rate(a);
    double rest = positive(a, "rest", 0) / lr;
    Optimizer adam = named("adam").orElseThrow().bind(
        Arguments.of(named("adam").orElseThrow().signature(), Map.of("beta1", 0.9, "beta2", 0.95, "eps", 1e-10)));
    return new Optimizer(
        "muon", lr, adam.update(), (rate, step, values) -> adam.scalars().at(rate * rest, step, values),
        new Muon.Settings(share(a, "momentum"), positive(a, "decay", 0)), false);
  }

  private static Term mean(double kept, Term before, Term now) {
    return number(kept).times(before).plus(number(1 - kept).times(now));
  }

  /** The gradient with that of decay/2 p² added. */
  private static Term decayed(double decay) {
    return decay == 0 ? G : G.plus(number(decay).times(P));
  }

  /** The parameter less lr decay p. */
  private static Term shrunk(double decay) {
    return decay == 0 ? P : P.minus(LR.times(number(decay)).times(P));
  }

  private static Term number(double value) {
    return Term.number((float) value);
  }

  private static Argument number(String name, double fallback, String doc) {
    return Argument.optional(name, Argument.Type.NUMBER, fallback, doc);
  }

  private static double rate(Arguments a) {
    double lr = a.number("lr");
    if (!(lr > 0) || Double.isInfinite(lr)) {
      throw new IllegalArgumentException("lr must be above 0, not " + lr);
    }
    return lr;
  }

  private static double positive(Arguments a, String name, double least) {
    double value = a.number(name);
    if (!(value >= least) || Double.isInfinite(value)) {
      throw new IllegalArgumentException(name + " must be at least " + least + ", not " + value);
    }
    return value;
  }

  private static double share(Arguments a, String name) {
    double value = a.number(name);
    if (!(value >= 0 && value < 1)) {
      throw new IllegalArgumentException(name + " must be at least 0 and below 1, not " + value);
    }
    return value;
  }
}
