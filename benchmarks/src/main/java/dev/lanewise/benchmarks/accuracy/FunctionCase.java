package dev.lanewise.benchmarks.accuracy;

import dev.lanewise.dsl.syntax.Statement;
import dev.lanewise.runtime.operation.Pointwise;
import dev.lanewise.runtime.symbolic.Function;
import dev.lanewise.runtime.symbolic.Term;
import dev.lanewise.runtime.tensor.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A function of one number, by its name in the language; its formula is one of the variable x. */
record FunctionCase(String name, Term formula) {
  /**
   * Where a derivative crosses zero because two terms cancel. No formula in float32 is good to the last place there: within 1/16 of it
   * the unit is that of 1/32.
   */
  private static final Map<String, Double> ROOTS =
      Map.of("silu", -1.2784645, "gelu", -0.7517916, "mish", -1.1924312, "hard_swish", -1.5);

  private static final double AROUND = 1.0 / 16;
  private static final double LEAST = 1.0 / 32;

  /** Every elementary function, then what the prelude defines. A function that is added to either is here by itself. */
  static List<FunctionCase> all() {
    Map<String, Term> all = new LinkedHashMap<>();
    for (Function f : Function.values()) {
      all.put(f.toString(), new Term.Unary(f, Term.variable("x")));
    }
    all.put("x ^ 1.5", formula("def f(x) = x ^ 1.5", "f"));
    for (Statement.Function f : Language.prelude()) {
      if (!Language.isLoss(f) && Language.layer("", f.name().text(), Shape.of(4)) instanceof Pointwise p) {
        all.putIfAbsent(f.name().text(), p.formula());
      }
    }
    List<FunctionCase> cases = new ArrayList<>();
    all.forEach((name, formula) -> cases.add(new FunctionCase(name, formula)));
    return cases;
  }

  private static Term formula(String definition, String name) {
    return ((Pointwise) Language.layer(definition, name, Shape.of(4))).formula();
  }

  /** The unit of the derivative's error at a point is at least that of this number. */
  double least(float x) {
    Double root = ROOTS.get(name);
    return root != null && Math.abs(x - root) < AROUND ? LEAST : 0;
  }
}
