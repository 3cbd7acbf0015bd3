package dev.lanewise.runtime.kernel.conv;

import dev.lanewise.runtime.kernel.code.Condition;
import dev.lanewise.runtime.kernel.code.Condition.Compare;
import dev.lanewise.runtime.kernel.code.Index;
import dev.lanewise.runtime.kernel.code.Statement;
import dev.lanewise.runtime.kernel.code.Statement.Set;
import dev.lanewise.runtime.kernel.code.Statement.SetCondition;
import dev.lanewise.runtime.kernel.code.Statement.Store;
import dev.lanewise.runtime.kernel.code.Vector;
import dev.lanewise.runtime.kernel.code.Vector.Blend;
import dev.lanewise.runtime.kernel.code.Vector.Constant;
import dev.lanewise.runtime.symbolic.Relation;
import java.util.List;

/** Writes the maximum of a 2x2 window whose four values are in registers. */
final class PooledWindow {
  private PooledWindow() {}

  /** The first variable becomes the largest of the four; where it was, 0 to 3, the first of equals, is stored. */
  static List<Statement> largest(List<String> window, String argmax, Index at) {
    Vector a = new Vector.Variable(window.get(0));
    Vector b = new Vector.Variable(window.get(1));
    Vector c = new Vector.Variable(window.get(2));
    Vector d = new Vector.Variable(window.get(3));
    Vector upper = new Blend(new Constant(0), new Constant(1), new Condition.Variable("right"));
    Vector lower = new Blend(new Constant(2), new Constant(3), new Condition.Variable("belowRight"));
    Condition below = new Condition.Variable("below");
    return List.of(
        new SetCondition("right", new Compare(Relation.GT, b, a)),
        new SetCondition("belowRight", new Compare(Relation.GT, d, c)),
        new Set(window.get(0), new Blend(a, b, new Condition.Variable("right"))),
        new Set(window.get(2), new Blend(c, d, new Condition.Variable("belowRight"))),
        new SetCondition("below", new Compare(Relation.GT, c, a)),
        new Set(window.get(0), new Blend(a, c, below)),
        new Store(argmax, at, new Blend(upper, lower, below)));
  }
}
