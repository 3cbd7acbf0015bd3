package dev.lanewise.dsl.check.expression;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.Edit;
import dev.lanewise.dsl.diagnostic.Problems;
import dev.lanewise.dsl.diagnostic.Remedy;
import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.dsl.meaning.Constant;
import dev.lanewise.dsl.scope.Scope;
import dev.lanewise.dsl.syntax.Name;
import dev.lanewise.dsl.syntax.Expression;
import dev.lanewise.dsl.syntax.Parameter;
import dev.lanewise.dsl.syntax.Statement;
import dev.lanewise.runtime.operation.Computation;
import dev.lanewise.runtime.operation.Pointwise;
import dev.lanewise.runtime.operation.Recipe;
import dev.lanewise.runtime.symbolic.Derivative;
import dev.lanewise.runtime.symbolic.Term;
import dev.lanewise.runtime.tensor.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What {@code def}s and {@code layer}s are: formulas of a number, layers, losses. The runtime differentiates what comes out, and
 * compiles it.
 */
public final class Functions {
  private static final Term X = Term.variable("x");

  private final Scope scope;
  private final Problems problems;
  private final Map<String, Constant> known;
  private Tensors tensors = new Tensors("");
  private Bodies bodies;

  public Functions(Scope scope, Problems problems) {
    this(scope, problems, Map.of());
  }

  /** @param known constants that bodies may read */
  public Functions(Scope scope, Problems problems, Map<String, Constant> known) {
    this.scope = scope;
    this.problems = problems;
    this.known = known;
  }

  private void begin(String name) {
    tensors = new Tensors(name);
    bodies = new Bodies(tensors, scope, problems, known);
  }

  /**
   * The formula of a function of one number, its first parameter as the variable x.
   *
   * @param given values for the other parameters; those that have a default may be missing
   * @param call where it is called
   */
  public Optional<Term> formula(Statement.Function function, Map<String, Constant> given, Span call) {
    begin(function.name().text());
    Optional<Traced> result = followed(function, first(function, tensors.input(Shape.of(1))), given, call);
    if (result.isPresent() && !tensors.isFormula()) {
      return problems.report(
          Code.L029, call, "`" + function.name().text() + "` looks at several values at once: it is no function of one number", "");
    }
    return result.map(r -> r.term().replace(Term.variable("%0"), X)).flatMap(t -> small(function, t));
  }

  /**
   * A function as a layer: its first parameter is the value that comes.
   *
   * @param others the shapes of further values, by the parameters that they are given for, in their order
   */
  public Optional<Computation> layer(
      Statement.Function function, Map<String, Constant> given, Span call, Shape in, Map<String, Shape> others) {
    begin(function.name().text());
    Map<String, Traced> values = first(function, tensors.input(in));
    others.forEach((name, shape) -> values.put(name, tensors.input(shape)));
    Optional<Traced> result = followed(function, values, given, call);
    return tensors.isFormula() && others.isEmpty()
        ? result.map(r -> r.term().replace(Term.variable("%0"), X)).flatMap(t -> small(function, t))
            .map(t -> Pointwise.of(function.name().text(), in, t))
        : result.flatMap(r -> recipe(function, r)).map(r -> r);
  }

  /** A function as a loss: of a network's output, and of the label, a class or numbers, of that shape. */
  public Optional<Computation> loss(
      Statement.Function function, Map<String, Constant> given, Span call, Shape output, Shape label) {
    if (function.parameters().size() < 2) {
      return problems.report(
          Code.L040, call, "a loss needs two parameters, the network's output and the label",
          "def " + function.name().text() + "(output, label) = …");
    }
    return loss(function, given, call, List.of(new LossValue(output, 0), new LossValue(label, output.size())), List.of(0));
  }

  /**
   * The same of what its parameters stand for, one after the other; those that have a default are constants, unless they are among the first.
   *
   * @param outputs which of the values the network gives: the loss must depend on one
   */
  public Optional<Computation> loss(
      Statement.Function function, Map<String, Constant> given, Span call, List<LossValue> read, List<Integer> outputs) {
    begin(function.name().text());
    List<Parameter> parameters = function.parameters();
    Map<String, Traced> values = new HashMap<>();
    Iterator<LossValue> next = read.iterator();
    for (int i = 0; i < parameters.size() && next.hasNext(); i++) {
      Parameter p = parameters.get(i);
      if (!given.containsKey(p.name().text()) && (i < read.size() || p.fallback().isEmpty())) {
        LossValue v = next.next();
        values.put(p.name().text(), v.classes() > 0 ? tensors.label(v.shape(), v.classes()) : tensors.input(v.shape()));
      }
    }
    Optional<Traced> result = followed(function, values, given, call);
    if (result.isPresent() && !result.get().isNumber() && result.get().shape().size() > 1) {
      return problems.report(
          Code.L040, call, "a loss is one number for each example, but `" + function.name().text() + "` gives " + result.get().shape(),
          mean(function));
    }
    Optional<Recipe> loss = result.flatMap(r -> recipe(function, r));
    return loss.isPresent() && outputs.stream().noneMatch(loss.get()::dependsOn)
        ? problems.report(
            Code.L080, call, "the loss `" + function.name().text() + "` is the same whatever the network gives: nothing can be learned by it",
            "let it read `" + function.parameters().getFirst().name().text() + "`")
        : loss.map(l -> l);
  }

  /** The mean of what a function gives, where it is written in this script. */
  private Remedy mean(Statement.Function function) {
    Expression result = function.lines().isEmpty() ? null : function.lines().getLast() instanceof Statement.Evaluate(Span _, Expression value) ? value : null;
    boolean plain = result != null && !problems.source().text(result.span()).contains("\n");
    return plain ? Remedy.of("take its mean(…)", Edit.insert(result.span().start(), "mean("), Edit.insert(result.span().end(), ")")) : Remedy.say("take its mean(…)");
  }

  /** What a call of a layer may give: its parameters, and by their names those that come with a memory. */
  public static List<Parameter> parameters(Statement.LayerDefinition layer) {
    return Memories.parameters(layer);
  }

  /** What those that come with a memory do, by name. */
  public static Map<String, String> helpOfMore() {
    return Memories.HELP;
  }

  /** Whether a layer has a {@code state}, and so goes through a sequence. */
  public static boolean hasMemory(Statement.LayerDefinition layer) {
    return Memories.isOne(layer);
  }

  /** Whether a layer goes with such an input and arguments, as far as its call tells. @param problems where the call stands */
  public static boolean fits(Statement.LayerDefinition layer, Shape in, Map<String, Constant> known, Span call, Problems problems) {
    return !hasMemory(layer) || Memories.fits(layer, in, known, call, problems);
  }

  /** A {@code layer} with weights of its own, that {@link #fits}. */
  public Optional<Computation> layer(Statement.LayerDefinition layer, Shape in) {
    if (!named(layer)) {
      return Optional.empty();
    }
    if (hasMemory(layer)) {
      return new Memories(scope, problems, known).over(layer, in);
    }
    begin(layer.name().text());
    Map<String, Traced> values = new HashMap<>();
    values.put("in", tensors.input(in));
    Weights weights = new Weights(new Formulas(scope, known, problems), problems);
    List<Statement.Weight> named = new ArrayList<>();
    for (Statement line : layer.lines()) {
      if (line instanceof Statement.Weight w) {
        var spec = weights.spec(w);
        if (spec.isEmpty()) {
          return Optional.empty();
        }
        values.put(w.name().text(), tensors.parameter(spec.get()));
        named.add(w);
      }
    }
    Optional<Traced> result = bodies.follow(layer, layer.lines(), values);
    if (result.isPresent() && result.get().isNumber()) {
      return useless(layer);
    }
    return result.flatMap(r -> recipe(layer.name().span(), r)).flatMap(r -> whole(layer, named, r));
  }

  /** Whether each of its weights and states has a name of its own. */
  private boolean named(Statement.LayerDefinition layer) {
    Set<String> taken = new HashSet<>(List.of("in"));
    layer.parameters().forEach(p -> taken.add(p.name().text()));
    for (Statement line : layer.lines()) {
      Name name = line instanceof Statement.Weight w ? w.name() : line instanceof Statement.State s ? s.name() : null;
      if (name != null && !taken.add(name.text())) {
        problems.report(Code.L007, name.span(), "`" + name.text() + "` is already bound here", "choose another name");
        return false;
      }
    }
    return true;
  }

  private <T> Optional<T> useless(Statement.LayerDefinition layer) {
    return problems.report(Code.L072, layer.name().span(), "the layer does not use what it takes", "begin with `in`");
  }

  /** A layer whose result depends on what it takes, and on each of its weights. */
  private Optional<Computation> whole(Statement.LayerDefinition layer, List<Statement.Weight> weights, Recipe recipe) {
    for (int i = 0; i < weights.size(); i++) {
      if (!recipe.dependsOn(1 + i)) {
        String weight = weights.get(i).name().text();
        return problems.report(
            Code.L079, weights.get(i).name().span(), "`out` does not depend on the weight `" + weight + "`: it could not be trained",
            Remedy.of("remove it, or use it in `out`", Edit.removeLine(problems.source().text(), weights.get(i).span())).perhaps());
      }
    }
    return recipe.dependsOn(0) ? Optional.of(recipe) : useless(layer);
  }

  private Optional<Recipe> recipe(Statement.Function function, Traced result) {
    return recipe(function.name().span(), result);
  }

  private Optional<Recipe> recipe(Span span, Traced result) {
    if (result.term().exceeds(Bodies.MOST_PARTS) || result.term().operations() > Bodies.MOST_OPERATIONS) {
      return bodies.tooLong(span, "this");
    }
    return Optional.of(tensors.recipe(tensors.read(result)));
  }

  private Optional<Term> small(Statement.Function function, Term formula) {
    if (formula.exceeds(Bodies.MOST_PARTS) || formula.operations() > Bodies.MOST_OPERATIONS) {
      return bodies.tooLong(function);
    }
    Term derivative = Derivative.of(formula, "x");
    return derivative.exceeds(20 * Bodies.MOST_PARTS) || derivative.operations() > Bodies.MOST_OPERATIONS
        ? bodies.tooLong(function)
        : Optional.of(formula);
  }

  /** A value for the first parameter. */
  private static Map<String, Traced> first(Statement.Function function, Traced value) {
    Map<String, Traced> values = new HashMap<>();
    function.parameters().stream().limit(1).forEach(p -> values.put(p.name().text(), value));
    return values;
  }

  /** The body of a function, some of whose parameters are values; the others are constants. */
  private Optional<Traced> followed(
      Statement.Function function, Map<String, Traced> values, Map<String, Constant> given, Span call) {
    List<Parameter> parameters = function.parameters();
    if (parameters.isEmpty()) {
      return problems.report(Code.L074, function.name().span(), "a function needs a parameter", "def f(x) = …");
    }
    for (Parameter p : parameters) {
      if (!values.containsKey(p.name().text())) {
        Optional<Traced> value = value(p, given, function, call);
        if (value.isEmpty()) {
          return value;
        }
        values.put(p.name().text(), value.get());
      }
    }
    return bodies.follow(function, function.lines(), values);
  }

  private Optional<Traced> value(Parameter p, Map<String, Constant> given, Statement.Function function, Span call) {
    String name = p.name().text();
    if (given.containsKey(name)) {
      return given.get(name) instanceof Constant.Num(double value)
          ? Optional.of(Traced.number(value))
          : problems.report(Code.L011, call, "`" + name + "` is a number, not " + given.get(name), "");
    }
    return p.fallback().isPresent()
        ? bodies.value(p.fallback().get())
        : problems.report(Code.L010, call, "`" + function.name().text() + "` needs `" + name + "`", "");
  }

}
