package dev.lanewise.dsl.check.expression;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.Edit;
import dev.lanewise.dsl.diagnostic.Problems;
import dev.lanewise.dsl.diagnostic.Remedy;
import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.dsl.meaning.Constant;
import dev.lanewise.dsl.scope.Scope;
import dev.lanewise.dsl.syntax.Expression;
import dev.lanewise.dsl.syntax.Name;
import dev.lanewise.dsl.syntax.Parameter;
import dev.lanewise.dsl.syntax.Statement;
import dev.lanewise.runtime.layer.Memory;
import dev.lanewise.runtime.layer.Recurrence;
import dev.lanewise.runtime.operation.Computation;
import dev.lanewise.runtime.operation.PaddingAware;
import dev.lanewise.runtime.operation.Recipe;
import dev.lanewise.runtime.spec.ShapeException;
import dev.lanewise.runtime.tensor.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Layers with a {@code state}: {@code in} is one place of a sequence, what is last bound to a state's name goes on to the next.
 *
 * @param known constants that bodies may read, those of the call among them
 */
record Memories(Scope scope, Problems problems, Map<String, Constant> known) {
  private static final Span NOWHERE = new Span(0, 0);

  private static final String LAYERS = "layers";
  private static final String REVERSE = "reverse";
  private static final String BOTH = "both";

  /** One above the other: more are no network that anybody trains. */
  private static final int MOST_LAYERS = 100;

  /** What each of them takes besides its own parameters, by name alone. */
  private static final List<Parameter> MORE = List.of(
      parameter(LAYERS, new Expression.Number(NOWHERE, 1)), parameter(REVERSE, new Expression.Flag(NOWHERE, false)),
      parameter(BOTH, new Expression.Flag(NOWHERE, false)));

  /** In words, for help. */
  static final Map<String, String> HELP = Map.of(
      LAYERS, "how many, one above the other", REVERSE, "whether it begins at the last place", BOTH, "whether it goes both ways; twice as many channels come out");

  private static Parameter parameter(String name, Expression fallback) {
    return new Parameter(new Name(NOWHERE, name), Optional.of(fallback));
  }

  static boolean isOne(Statement.LayerDefinition layer) {
    return layer.lines().stream().anyMatch(Statement.State.class::isInstance);
  }

  /** A layer's own parameters, and those that come with a memory. */
  static List<Parameter> parameters(Statement.LayerDefinition layer) {
    List<String> own = layer.parameters().stream().map(p -> p.name().text()).toList();
    return isOne(layer)
        ? Stream.concat(layer.parameters().stream(), MORE.stream().filter(p -> !own.contains(p.name().text()))).toList()
        : layer.parameters();
  }

  /** Whether it can be called so, with these arguments, for such an input; if not, it is reported. */
  static boolean fits(Statement.LayerDefinition layer, Shape in, Map<String, Constant> known, Span call, Problems problems) {
    String name = layer.name().text();
    List<String> own = layer.parameters().stream().map(p -> p.name().text()).toList();
    Optional<?> wrong = Optional.of(true);
    if (!in.isSequence()) {
      wrong = problems.report(Code.L125, call, "`" + name + "` goes through a sequence, channels x length, but gets " + in, sequence(in));
    } else if (!own.contains(LAYERS) && layers(known) == 0) {
      wrong = problems.report(Code.L011, call, "`layers` is a whole number from 1 to " + MOST_LAYERS + ", not " + known.get(LAYERS), "");
    } else {
      for (String flag : List.of(REVERSE, BOTH)) {
        if (!own.contains(flag) && !(known.get(flag) instanceof Constant.Flag)) {
          wrong = problems.report(Code.L011, call, "`" + flag + "` is `true` or `false`, not " + known.get(flag), "");
        }
      }
      if (wrong.isPresent() && is(REVERSE, own, known) && is(BOTH, own, known)) {
        wrong = problems.report(Code.L015, call, "`both` goes through the sequence in either direction, so there is nothing left to `reverse`", "leave out one of the two");
      }
    }
    return wrong.isPresent();
  }

  /** How to make a sequence of something else. */
  private static String sequence(Shape in) {
    if (!in.isImage()) {
      return "write reshape(1x" + in.size() + ") before it: each number is a place";
    }
    return in.channels() == 1
        ? "write reshape(" + in.dim(1) + "x" + in.dim(2) + ") -> transpose before it: each row is a place"
        : "write reshape(" + in.channels() + "x" + in.dim(1) * in.dim(2) + ") before it: each pixel is a place";
  }

  private static int layers(Map<String, Constant> known) {
    return known.get(LAYERS) instanceof Constant.Num(double n) && n == Math.rint(n) && n >= 1 && n <= MOST_LAYERS ? (int) n : 0;
  }

  /** Whether a flag is set that comes with a memory; a parameter of the layer's own may be called so too, and means what it likes. */
  private static boolean is(String flag, List<String> own, Map<String, Constant> known) {
    return !own.contains(flag) && known.get(flag) instanceof Constant.Flag(boolean value) && value;
  }

  /** The layer over a whole sequence, that {@link #fits}. */
  Optional<Computation> over(Statement.LayerDefinition layer, Shape in) {
    List<String> own = layer.parameters().stream().map(p -> p.name().text()).toList();
    int layers = own.contains(LAYERS) ? 1 : layers(known);
    boolean both = is(BOTH, own, known);
    List<Recurrence.Cell> cells = new ArrayList<>();
    int features = in.channels();
    for (int k = 0; k < layers; k++) {
      Optional<Recurrence.Cell> cell = cell(layer, features);
      if (cell.isEmpty()) {
        return Optional.empty();
      }
      cells.add(cell.get());
      features = cell.get().recipe().outputs().getFirst().shape().size() * (both ? 2 : 1);
    }
    try {
      String name = layer.name().text();
      boolean reverse = is(REVERSE, own, known);
      return Optional.of(new PaddingAware(Memory.of(name, cells, in, reverse, both, false), 0, Memory.of(name, cells, in, reverse, both, true)));
    } catch (ShapeException e) {
      return problems.report(layer.name().span(), e);
    }
  }

  /** What it does at one place. */
  private Optional<Recurrence.Cell> cell(Statement.LayerDefinition layer, int features) {
    Map<String, Constant> constants = new HashMap<>(known);
    constants.put("in.features", new Constant.Num(features));
    constants.put("in.channels", new Constant.Num(features));
    Tensors tensors = new Tensors(layer.name().text());
    Weights weights = new Weights(new Formulas(scope, constants, problems), problems);
    Map<String, Traced> values = new HashMap<>();
    values.put("in", tensors.input(Shape.of(features)));
    List<Statement.State> states = lines(layer, Statement.State.class);
    List<Shape> shapes = new ArrayList<>();
    for (Statement.State state : states) {
      Optional<Shape> shape = weights.shape(state.shape(), "state", "for example state h : [n]");
      if (shape.isPresent() && !shape.get().isFlat()) {
        return problems.report(Code.L126, state.shape().span(), "a state has one dimension, not " + shape.get(), "for example state h : [n]");
      }
      if (shape.isEmpty()) {
        return Optional.empty();
      }
      shapes.add(shape.get());
      values.put(state.name().text(), tensors.input(shape.get()));
    }
    Set<String> bound = new HashSet<>();
    lines(layer, Statement.Binding.class).forEach(b -> bound.add(b.name().text()));
    lines(layer, Statement.Unpacking.class).forEach(u -> u.names().forEach(n -> bound.add(n.text())));
    for (Statement.State state : states) {
      if (!bound.contains(state.name().text())) {
        String own = state.name().text();
        return problems.report(
            Code.L126, state.name().span(), "the state `" + own + "` is never given its next value: it would be zeros at every place", "write " + own + " = …, or remove it");
      }
    }
    List<Statement.Weight> named = lines(layer, Statement.Weight.class);
    for (Statement.Weight w : named) {
      var spec = weights.spec(w);
      if (spec.isEmpty()) {
        return Optional.empty();
      }
      values.put(w.name().text(), tensors.parameter(spec.get()));
    }
    Optional<Traced> result = new Bodies(tensors, scope, problems, constants)
        .keeping(states.stream().map(s -> s.name().text()).toList()).follow(layer, layer.lines(), values);
    return result.flatMap(r -> cell(layer, tensors, r, values, shapes));
  }

  private Optional<Recurrence.Cell> cell(Statement.LayerDefinition layer, Tensors tensors, Traced result, Map<String, Traced> values, List<Shape> shapes) {
    List<Statement.State> states = lines(layer, Statement.State.class);
    List<Traced> next = new ArrayList<>();
    for (int i = 0; i < states.size(); i++) {
      Traced value = tensors.read(values.get(states.get(i).name().text()));
      if (value.isNumber() || value.shape().size() != shapes.get(i).size()) {
        return problems.report(
            Code.L127, states.get(i).name().span(), "the state `" + states.get(i).name().text() + "` is of " + shapes.get(i) + ", but its next value is " + value.inWords(),
            "let both have one size");
      }
      if (value.term().exceeds(Bodies.MOST_PARTS) || value.term().operations() > Bodies.MOST_OPERATIONS) {
        return new Bodies(tensors, scope, problems, known).tooLong(states.get(i).name().span(), "this");
      }
      next.add(value);
    }
    if (result.isNumber() || result.term().exceeds(Bodies.MOST_PARTS) || result.term().operations() > Bodies.MOST_OPERATIONS) {
      return result.isNumber()
          ? problems.report(Code.L072, layer.name().span(), "the layer does not use what it takes", "begin with `in`")
          : new Bodies(tensors, scope, problems, known).tooLong(layer.name().span(), "this");
    }
    if (!result.shape().isFlat()) {
      return problems.report(Code.L127, layer.name().span(), "at one place `out` is a value of one dimension, not " + result.shape(), "");
    }
    List<Integer> numbers = next.stream().map(tensors::number).toList();
    Recipe recipe = tensors.recipe(tensors.read(result));
    return used(layer, new Recurrence.Cell(recipe, states.size(), numbers));
  }

  /** One whose output depends on what it takes, on each state and each weight, if only at a later place. */
  private Optional<Recurrence.Cell> used(Statement.LayerDefinition layer, Recurrence.Cell cell) {
    Set<Integer> results = new HashSet<>(Set.of(cell.recipe().result()));
    for (boolean more = true; more; ) {
      more = false;
      for (int i = 0; i < cell.states(); i++) {
        more |= cell.recipe().dependOn(results, 1 + i) && results.add(cell.next().get(i));
      }
    }
    if (!cell.recipe().dependOn(results, 0)) {
      return problems.report(Code.L072, layer.name().span(), "the layer does not use what it takes", "begin with `in`");
    }
    List<Statement.State> states = lines(layer, Statement.State.class);
    for (int i = 0; i < states.size(); i++) {
      if (!cell.recipe().dependOn(results, 1 + i)) {
        return problems.report(
            Code.L126, states.get(i).name().span(), "`out` does not depend on the state `" + states.get(i).name().text() + "`, nor does what it depends on",
            "remove it, or use it in `out`");
      }
    }
    List<Statement.Weight> weights = lines(layer, Statement.Weight.class);
    for (int i = 0; i < weights.size(); i++) {
      if (!cell.recipe().dependOn(results, 1 + cell.states() + i)) {
        return problems.report(
            Code.L079, weights.get(i).name().span(), "`out` does not depend on the weight `" + weights.get(i).name().text() + "`: it could not be trained",
            Remedy.of("remove it, or use it in `out`", Edit.removeLine(problems.source().text(), weights.get(i).span())).perhaps());
      }
    }
    return Optional.of(cell);
  }

  private static <T extends Statement> List<T> lines(Statement.LayerDefinition layer, Class<T> kind) {
    return layer.lines().stream().filter(kind::isInstance).map(kind::cast).toList();
  }
}
