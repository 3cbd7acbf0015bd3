package dev.lanewise.dsl.check.network;

import dev.lanewise.dsl.check.expression.Foreign;
import dev.lanewise.dsl.check.expression.Formulas;
import dev.lanewise.dsl.check.expression.Functions;
import dev.lanewise.dsl.check.expression.UserCalls;
import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.Problems;
import dev.lanewise.dsl.elsewhere.Room;
import dev.lanewise.dsl.meaning.Constant;
import dev.lanewise.dsl.scope.Prelude;
import dev.lanewise.dsl.scope.Scope;
import dev.lanewise.dsl.syntax.Argument;
import dev.lanewise.dsl.syntax.Expression;
import dev.lanewise.dsl.syntax.Name;
import dev.lanewise.dsl.syntax.Parameter;
import dev.lanewise.dsl.syntax.Statement;
import dev.lanewise.dsl.syntax.Step;
import dev.lanewise.runtime.operation.Computation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Steps that add a {@code layer} that is written in the language: by a script, or by the prelude. */
record DefinedLayers(Building at) {
  private static final String OWN = "show(%s) prints how it is written: copy it and change it";

  /** Arguments that such a layer has in other libraries, but not here. */
  private static final Set<String> WRITTEN = Set.of("bias", "nonlinearity", "activation", "proj_size");

  void add(Step.Apply step, Statement.LayerDefinition layer, Scope.Bound bound, Optional<String> label) {
    String name = layer.name().text();
    boolean memory = Functions.hasMemory(layer);
    List<Parameter> parameters = Functions.parameters(layer);
    boolean foreign = memory && isForeign(step, layer, parameters);
    Optional<Map<String, Constant>> given = foreign
        ? Optional.empty()
        : new UserCalls(at.formulas(), at.problems).bind(layer.name(), parameters, layer.parameters().size(), step.arguments(), step.span());
    at.lost |= given.isEmpty();
    if (!at.started(step, name) || !at.getsNumbers(step, name, at.net.current())) {
      return;
    }
    if (memory && at.net.isInside()) {
      at.fail(Code.L101, step.span(), "`" + name + "` looks at several places, but inside of `each` there is one at a time", "put it before or after `each { … }`");
      return;
    }
    boolean ofPrelude = Prelude.holds(bound);
    // What the prelude says is right, so whatever is wrong is the call's fault.
    Problems inside = ofPrelude ? new Problems(bound.source()) : at.inside(bound.source(), layer.name());
    Map<String, Constant> known = new HashMap<>(given.get());
    at.shape(known);
    for (Parameter p : parameters) {
      if (!known.containsKey(p.name().text())) {
        new Formulas(at.home(bound), known, inside).constant(p.fallback().orElseThrow()).ifPresent(v -> known.put(p.name().text(), v));
      }
    }
    boolean right = Functions.fits(layer, at.net.shape(), known, step.span(), at.problems) && (!ofPrelude || isSized(step, layer, known));
    Optional<Computation> made = right ? new Functions(at.home(bound), inside, known).layer(layer, at.net.shape()) : Optional.empty();
    if (ofPrelude) {
      inside.diagnostics().stream().limit(1).forEach(d -> at.problems.report(d.code(), step.span(), d.message(), ""));
    }
    at.add(label, name, made, step);
  }

  /** Whether an argument is called as other libraries do. */
  private boolean isForeign(Step.Apply step, Statement.LayerDefinition layer, List<Parameter> parameters) {
    List<String> own = parameters.stream().map(p -> p.name().text()).toList();
    List<Name> others = step.arguments().stream().flatMap(a -> a.name().stream()).filter(n -> !own.contains(n.text())).toList();
    List<Argument> places = step.arguments().stream().filter(a -> a.name().isEmpty()).toList();
    boolean saysWhatComesIn = places.size() > layer.parameters().size() && !at.lost && at.net.hasInput()
        && places.getFirst().value() instanceof Expression.Number(var _, double first) && first == at.net.shape().channels();
    if (others.isEmpty() && !saysWhatComesIn) {
      return false;
    }
    if (new Foreign(at.problems).toldOfArguments(Room.LAYER, step.span(), own)) {
      return true;
    }
    others.stream().filter(n -> WRITTEN.contains(n.text())).forEach(n -> at.problems.report(
        Code.L009, n.span(), "`" + layer.name().text() + "` has no parameter `" + n.text() + "`", OWN.formatted(layer.name().text())));
    return others.stream().anyMatch(n -> WRITTEN.contains(n.text()));
  }

  /** Whether the sizes of a layer of the prelude are whole numbers. */
  private boolean isSized(Step.Apply step, Statement.LayerDefinition layer, Map<String, Constant> known) {
    for (Parameter p : layer.parameters()) {
      String name = p.name().text();
      if (!(known.get(name) instanceof Constant.Num n && n.isWhole() && n.value() >= 1)) {
        at.problems.report(Code.L011, step.span(), "`" + name + "` of `" + layer.name().text() + "` is a whole number from 1 on, not " + known.get(name), "");
        return false;
      }
    }
    return true;
  }
}
