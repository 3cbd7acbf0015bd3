package dev.lanewise.dsl.check;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.meaning.CheckedNet;
import dev.lanewise.dsl.syntax.Argument;
import dev.lanewise.dsl.syntax.Expression;
import dev.lanewise.runtime.tensor.Shape;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Checks {@code load(Net, from = Other)}: the parameters that are in both networks, by their names. What is taken may be a part,
 * {@code from = Other.enc}, or come from a file, {@code from = "other.safetensors"}.
 */
record Loads(Verbs verbs) {
  /** Whether a call of load says from what. */
  static boolean isFrom(List<Argument> arguments) {
    return arguments.size() == 2 && arguments.getFirst().name().isEmpty()
        && arguments.getLast().name().filter(n -> n.text().equals("from")).isPresent();
  }

  /** Layers and blocks that have parameters, by the names that stand first. */
  static Set<String> parts(CheckedNet net) {
    Set<String> parts = new TreeSet<>();
    net.parameterShapes().keySet().forEach(p -> parts.add(p.substring(0, p.indexOf('.'))));
    return parts;
  }

  Optional<Formula> formula(Expression.Call c) {
    Optional<CheckedNet> net = verbs.formulas().lookups().net(c.arguments().getFirst().value());
    Expression from = c.arguments().getLast().value();
    if (net.isEmpty()) {
      return Optional.empty();
    }
    if (from instanceof Expression.Text(var _, String path)) {
      return Optional.of(new Formula.Adopt(c.span(), net.get(), new Formula.Adopt.Source.File(path), ""));
    }
    Optional<Lookups.Part> part = verbs.formulas().lookups().part(from);
    Optional<CheckedNet> other = part.isPresent() ? part.map(Lookups.Part::net) : verbs.formulas().lookups().net(from);
    String name = part.map(Lookups.Part::name).orElse("");
    return other.filter(o -> meets(from, net.get(), o, name))
        .map(o -> new Formula.Adopt(c.span(), net.get(), new Formula.Adopt.Source.Net(o), name));
  }

  private boolean meets(Expression from, CheckedNet net, CheckedNet other, String part) {
    Map<String, Shape> own = net.parameterShapes();
    boolean met = false;
    for (Map.Entry<String, Shape> p : other.parameterShapes().entrySet()) {
      Shape shape = CheckedNet.isIn(part, p.getKey()) ? own.get(p.getKey()) : null;
      if (shape != null && !shape.equals(p.getValue())) {
        verbs.problems().report(
            Code.L031, from.span(),
            p.getKey() + " is " + shape.dims() + " in " + net.name() + ", but " + p.getValue().dims() + " in " + other.name(),
            "give layers that are not meant other labels, or name the part that is: from = " + other.name() + "." + first(other));
        return false;
      }
      met |= shape != null;
    }
    if (!met) {
      verbs.problems().report(
          Code.L031, from.span(), "no parameter of " + net.name() + " has a name that is in "
              + (part.isEmpty() ? other.name() : other.name() + "." + part) + " too",
          net.name() + " has " + String.join(", ", parts(net)) + "; " + other.name() + " has " + String.join(", ", parts(other)));
    }
    return met;
  }

  private static String first(CheckedNet net) {
    String parameter = net.parameterShapes().keySet().iterator().next();
    return parameter.substring(0, parameter.indexOf('.'));
  }
}
