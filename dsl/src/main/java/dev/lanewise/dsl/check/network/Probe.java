package dev.lanewise.dsl.check.network;

import dev.lanewise.dsl.check.expression.Functions;
import dev.lanewise.dsl.diagnostic.Problems;
import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.dsl.meaning.CheckedNet;
import dev.lanewise.dsl.scope.Definition;
import dev.lanewise.dsl.scope.Scope;
import dev.lanewise.dsl.syntax.Argument;
import dev.lanewise.dsl.syntax.Call;
import dev.lanewise.dsl.syntax.Expression;
import dev.lanewise.dsl.syntax.Name;
import dev.lanewise.dsl.syntax.Statement;
import dev.lanewise.dsl.syntax.Step;
import dev.lanewise.runtime.layer.Layers;
import dev.lanewise.runtime.operation.Layer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Puts a layer into a small network, to try it in. */
public record Probe(Scope scope, Problems problems) {
  private static final List<Integer> SEQUENCE = List.of(3, 5);

  /** Whether an expression names a layer or block, with or without arguments. */
  public boolean isStep(Expression expression) {
    String name = Call.of(expression).name();
    Definition bound = scope.find(name).map(Scope.Bound::definition).orElse(null);
    return bound instanceof Definition.Layer || bound instanceof Definition.Block || bound == null && Layers.named(name).isPresent();
  }

  /** A network to try a layer in: of an image if it takes one, else of a sequence, else of a vector, with dense layers around it; or of whole numbers. */
  public Optional<CheckedNet> net(Expression layer) {
    if (Layers.named(Call.of(layer).name()).filter(Layer::takesWhole).isPresent()) {
      return ofWhole(layer);
    }
    if (scope.find(Call.of(layer).name()).map(Scope.Bound::definition).orElse(null) instanceof Definition.Layer(var written) && Functions.hasMemory(written)) {
      return net(layer, SEQUENCE, problems);
    }
    return Stream.of(List.of(2, 4, 4), SEQUENCE)
        .flatMap(shape -> net(layer, shape, new Problems(problems.source())).stream())
        .findFirst()
        .or(() -> net(layer, List.of(6), problems));
  }

  private Optional<CheckedNet> net(Expression layer, List<Integer> shape, Problems found) {
    Span at = layer.span();
    List<Step> steps = new ArrayList<>(List.of(new Step.Input(at, new Expression.ShapeLiteral(at, shape), Optional.empty(), false)));
    boolean flat = shape.size() == 1;
    steps.add(apply(at, flat ? "dense" : "conv", flat ? List.of(6) : List.of(2, 1)));
    return followed(layer, steps, found);
  }

  private Optional<CheckedNet> ofWhole(Expression layer) {
    Span at = layer.span();
    Step input = new Step.Input(at, new Expression.ShapeLiteral(at, List.of(4)), Optional.of(new Expression.Number(at, 5)), false);
    return followed(layer, new ArrayList<>(List.of(input)), problems);
  }

  private Optional<CheckedNet> followed(Expression layer, List<Step> steps, Problems found) {
    Span at = layer.span();
    Expression callee = layer instanceof Expression.Call c ? c.callee() : layer;
    steps.add(new Step.Apply(at, callee, Call.of(layer).arguments(), Optional.empty()));
    steps.add(apply(at, "flatten", List.of()));
    steps.add(apply(at, "dense", List.of(3)));
    Statement.Net net = new Statement.Net(at, new Name(at, problems.source().text(at)), List.of(), steps);
    return Networks.probe(problems.source(), scope, found, net);
  }

  private static Step apply(Span at, String layer, List<Integer> arguments) {
    return new Step.Apply(
        at, new Expression.Word(at, layer),
        arguments.stream().map(n -> new Argument(at, Optional.empty(), new Expression.Number(at, n))).toList(), Optional.empty());
  }
}
