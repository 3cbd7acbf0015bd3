package dev.lanewise.runtime.rewrite;

import dev.lanewise.runtime.graph.Graph;
import dev.lanewise.runtime.graph.Node;
import dev.lanewise.runtime.graph.Readers;
import dev.lanewise.runtime.operation.Pointwise;
import dev.lanewise.runtime.spec.Value;
import dev.lanewise.runtime.symbolic.Term;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes one operation of formulas that follow each other element by element, where nobody else reads what lies
 * between: the second formula with the first in place of its variable. One loop instead of two, and what lay between
 * is never written.
 */
public final class PointwiseFusion {
  /** A formula that waits for its only reader, with its inputs in the new graph. */
  private record Waiting(String name, Pointwise operation, List<Value> inputs) {}

  /** A formula that is longer waits for nobody: kernels must stay small enough to be compiled. */
  private static final int MOST_OPERATIONS = 60;

  private final Graph graph;
  private final Readers readers;
  private final Rewriter rewriter;
  private final Map<Value, Waiting> waiting = new HashMap<>();

  private PointwiseFusion(Graph graph) {
    this.graph = graph;
    this.readers = new Readers(graph);
    this.rewriter = new Rewriter(graph);
  }

  public static Graph of(Graph graph) {
    return new PointwiseFusion(graph).run();
  }

  private Graph run() {
    for (Node node : graph.nodes()) {
      if (node.operation() instanceof Pointwise p) {
        Waiting merged = merge(node, p);
        if (onlyAnotherFormulaReads(node) && merged.operation.formula().operations() <= MOST_OPERATIONS) {
          waiting.put(node.output(), merged);
        } else {
          Value now = rewriter.emit(merged.name, merged.operation, merged.inputs).getFirst();
          rewriter.rename(node.output(), now);
        }
      } else {
        rewriter.copy(node);
      }
    }
    return rewriter.build();
  }

  private boolean onlyAnotherFormulaReads(Node node) {
    List<Node> found = readers.of(node.output());
    return found.size() == 1
        && readers.uses(node.output()) == found.getFirst().inputs().stream().filter(node.output()::equals).count()
        && found.getFirst().operation() instanceof Pointwise reader
        && reader.shape().equals(node.output().shape());
  }

  /** The node's formula with those that wait for it put in place. */
  private Waiting merge(Node node, Pointwise p) {
    Map<Value, String> names = new LinkedHashMap<>();
    List<Pointwise.Argument> arguments = new ArrayList<>();
    List<String> parts = new ArrayList<>();
    List<String> kinds = new ArrayList<>();
    Term formula = renamed(p);
    int groups = p.groups();
    for (int i = 0; i < p.arguments().size(); i++) {
      Value input = node.inputs().get(i);
      Waiting before = groupsFit(groups, waiting.get(input)) ? waiting.get(input) : emitted(input);
      Term place = Term.variable(old(i));
      if (before == null) {
        Pointwise.Argument a = p.arguments().get(i);
        formula = formula.replace(place, variable(rewriter.now(input), a, names, arguments));
      } else {
        groups = Math.max(groups, before.operation.groups());
        Term inner = renamed(before.operation);
        for (int k = 0; k < before.inputs.size(); k++) {
          Pointwise.Argument a = before.operation.arguments().get(k);
          inner = inner.replace(Term.variable(old(k)), variable(before.inputs.get(k), a, names, arguments));
        }
        formula = formula.replace(place, inner);
        parts.add(before.name);
        kinds.add(before.operation.name());
      }
    }
    parts.add(node.name());
    kinds.add(p.name());
    Pointwise merged = new Pointwise(String.join("+", kinds), p.shape(), arguments, formula);
    return new Waiting(String.join("+", parts), merged, List.copyOf(names.keySet()));
  }

  /** A kernel reads groups of one size. */
  private static boolean groupsFit(int groups, Waiting before) {
    return before == null || groups == 0 || before.operation.groups() == 0 || groups == before.operation.groups();
  }

  /** Lets what waits be a node of its own after all. */
  private Waiting emitted(Value input) {
    Waiting alone = waiting.remove(input);
    if (alone != null) {
      rewriter.rename(input, rewriter.emit(alone.name, alone.operation, alone.inputs).getFirst());
    }
    return null;
  }

  /** The formula with names that no formula has by itself, so that others can be put in. */
  private static Term renamed(Pointwise p) {
    Term formula = p.formula();
    for (int i = 0; i < p.arguments().size(); i++) {
      formula = formula.replace(Term.variable(p.arguments().get(i).name()), Term.variable(old(i)));
    }
    return formula;
  }

  private static String old(int input) {
    return "%" + input;
  }

  /** The variable for a value: the argument's name, with a number where another value has it. */
  private static Term variable(
      Value value, Pointwise.Argument argument, Map<Value, String> names, List<Pointwise.Argument> arguments) {
    String name = names.get(value);
    if (name == null) {
      name = argument.name();
      for (int i = 2; names.containsValue(name); i++) {
        name = argument.name() + i;
      }
      names.put(value, name);
      arguments.add(new Pointwise.Argument(name, argument.shape()));
    }
    return Term.variable(name);
  }
}
