package dev.lanewise.dsl.check.expression;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.Problems;
import dev.lanewise.dsl.diagnostic.Suggestions;
import dev.lanewise.dsl.syntax.Argument;
import dev.lanewise.dsl.syntax.Expression;
import dev.lanewise.runtime.layer.Attention;
import dev.lanewise.runtime.signature.Argument.Type;
import dev.lanewise.runtime.operation.Attend;
import dev.lanewise.runtime.operation.Transpose;
import dev.lanewise.runtime.spec.ShapeException;
import dev.lanewise.runtime.tensor.Shape;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** {@code attend(q, k, v, heads, causal)}: what a body asks of sequences, {@code channels x length}. */
record Attending(Tensors tensors, Formulas formulas, Problems problems) {
  static final String NAME = "attend";
  static final String CALL = "attend(q, k, v, heads = 1, causal = false): what the places of q see at those of k, and take from v";

  private static final List<String> ARGUMENTS = List.of("q", "k", "v", "heads", "causal");
  private static final dev.lanewise.runtime.signature.Argument HEADS =
      dev.lanewise.runtime.signature.Argument.optional("heads", Type.INTEGER, 1, "parts of the channels that look by themselves");
  private static final dev.lanewise.runtime.signature.Argument CAUSAL =
      dev.lanewise.runtime.signature.Argument.optional("causal", Type.FLAG, false, "whether a place sees those before it alone");

  /** @param value what an expression is that is no constant */
  Optional<Traced> call(Expression.Call c, Function<Expression, Optional<Traced>> value) {
    Optional<Map<String, Expression>> placed = placed(c);
    if (placed.isEmpty()) {
      return Optional.empty();
    }
    Map<String, Expression> given = placed.get();
    Optional<Traced> q = value.apply(given.get("q")), k = value.apply(given.get("k")), v = value.apply(given.get("v"));
    Optional<Object> heads = constant(HEADS, Type.INTEGER, given);
    Optional<Object> causal = constant(CAUSAL, Type.FLAG, given);
    if (q.isEmpty() || k.isEmpty() || v.isEmpty() || heads.isEmpty() || causal.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(attend(tensors.read(q.get()), tensors.read(k.get()), tensors.read(v.get()), (Integer) heads.get(), (Boolean) causal.get()));
    } catch (ShapeException e) {
      return problems.report(c.span(), e);
    }
  }

  private Optional<Map<String, Expression>> placed(Expression.Call c) {
    Map<String, Expression> given = new HashMap<>();
    int position = 0;
    for (Argument a : c.arguments()) {
      if (a.name().isEmpty() && position >= ARGUMENTS.size()) {
        return problems.report(Code.L019, a.span(), "this argument is one too many", CALL);
      }
      String name = a.name().isPresent() ? a.name().get().text() : ARGUMENTS.get(position++);
      if (!ARGUMENTS.contains(name)) {
        return problems.report(Code.L009, a.span(), "`attend` has no argument `" + name + "`", Suggestions.remedy(a.name().isPresent() ? a.name().get().span() : a.span(), name, ARGUMENTS));
      }
      if (given.put(name, a.value()) != null) {
        return problems.report(Code.L019, a.span(), "`" + name + "` is given twice", "remove one of the two");
      }
    }
    for (String needed : ARGUMENTS.subList(0, 3)) {
      if (!given.containsKey(needed)) {
        return problems.report(Code.L010, c.span(), "`attend` needs `" + needed + "`", CALL);
      }
    }
    return Optional.of(given);
  }

  private Optional<Object> constant(dev.lanewise.runtime.signature.Argument argument, Type type, Map<String, Expression> given) {
    return given.containsKey(argument.name())
        ? new Calls(formulas, problems).value(NAME, argument, type, given.get(argument.name()))
        : Optional.of(argument.fallback());
  }

  private Traced attend(Traced q, Traced k, Traced v, int heads, boolean causal) {
    Attention.check(NAME, heads, shape(q), shape(k), shape(v));
    Traced[] turned = {turned(q), turned(k), turned(v)};
    Attend operation = Attend.apart(turned[0].shape(), turned[1].shape(), turned[2].shape(), heads, causal, false);
    return turned(tensors.step(NAME, operation, List.of(turned)));
  }

  private static Shape shape(Traced value) {
    return value.isNumber() ? Shape.of(1) : value.shape();
  }

  private Traced turned(Traced x) {
    return tensors.step("transpose", new Transpose(x.shape()), x);
  }
}
