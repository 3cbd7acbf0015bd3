package dev.lanewise.runtime.walk;

import dev.lanewise.runtime.graph.Graph;
import dev.lanewise.runtime.graph.Node;
import dev.lanewise.runtime.operation.Body;
import dev.lanewise.runtime.operation.Concat;
import dev.lanewise.runtime.operation.Pointwise;
import dev.lanewise.runtime.operation.Reshape;
import dev.lanewise.runtime.operation.Scan;
import dev.lanewise.runtime.operation.Slice;
import dev.lanewise.runtime.rewrite.Rewriter;
import dev.lanewise.runtime.spec.Value;
import dev.lanewise.runtime.symbolic.Term;
import dev.lanewise.runtime.tensor.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Writes recurrences out: in place of a loop the steps of its body, once for each place, so that each of its numbers can be asked what it was made of. */
final class Unrolled {
  private final Rewriter rewriter;

  private Unrolled(Graph graph) {
    this.rewriter = new Rewriter(graph);
  }

  /** @param most nodes that a loop may become; a longer one stays as it is */
  static Graph of(Graph graph, int most) {
    if (graph.nodes().stream().noneMatch(n -> n.operation() instanceof Scan)) {
      return graph;
    }
    Unrolled unrolled = new Unrolled(graph);
    for (Node node : graph.nodes()) {
      if (node.operation() instanceof Scan scan && (long) scan.places() * scan.body().steps().size() <= most) {
        unrolled.rewriter.rename(node.output(), unrolled.copies(node, scan.alone()));
      } else {
        unrolled.rewriter.copy(node);
      }
    }
    return Rewriter.withoutUnread(unrolled.rewriter.build());
  }

  private Value copies(Node node, Scan scan) {
    List<Value> read = rewriter.now(node.inputs());
    Body body = scan.body();
    Map<Value, Value> now = new HashMap<>();
    for (int k = 0; k < body.fixed().size(); k++) {
      now.put(body.fixed().get(k), read.get(body.each().size() + k));
    }
    for (Value state : body.states()) {
      now.put(state, zeros(node, state, read.getFirst()));
    }
    Value[] outs = new Value[scan.places()];
    for (int i = 0; i < scan.places(); i++) {
      int place = scan.backwards() ? scan.places() - 1 - i : i;
      for (int k = 0; k < body.each().size(); k++) {
        now.put(body.each().get(k), place(node, body.each().get(k), read.get(k), place));
      }
      for (Body.Step step : body.steps()) {
        String name = node.name() + "." + step.name() + "[" + place + "]";
        now.put(step.output(), rewriter.emit(name, step.operation(), step.inputs().stream().map(now::get).toList()).getFirst());
      }
      outs[place] = now.get(scan.told().getFirst());
      List<Value> next = body.next().stream().map(now::get).toList();
      for (int k = 0; k < next.size(); k++) {
        now.put(body.states().get(k), next.get(k));
      }
    }
    Shape each = outs[0].shape();
    Value all = outs.length == 1 ? outs[0] : rewriter.emit(node.name() + ".places", new Concat(Collections.nCopies(outs.length, each)), new ArrayList<>(List.of(outs))).getFirst();
    return rewriter.emit(node.name(), new Reshape(all.shape(), Shape.of(scan.places(), each.size())), List.of(all)).getFirst();
  }

  private Value zeros(Node node, Value state, Value of) {
    Value one = rewriter.emit(node.name() + ".one", new Slice(of.shape(), 0, 1), List.of(of)).getFirst();
    Value first = rewriter.emit(node.name() + ".one", new Slice(one.shape().flat(), 0, 1), List.of(
        rewriter.emit(node.name() + ".one", new Reshape(one.shape(), one.shape().flat()), List.of(one)).getFirst())).getFirst();
    Pointwise zero = new Pointwise("zero", state.shape(), List.of(new Pointwise.Argument("x", Shape.of(1))), Term.number(0));
    return rewriter.emit(node.name() + "." + state.name() + "[-1]", zero, List.of(first)).getFirst();
  }

  private Value place(Node node, Value value, Value everywhere, int place) {
    String name = node.name() + "." + value.name() + "[" + place + "]";
    Value row = rewriter.emit(name, new Slice(everywhere.shape(), place, place + 1), List.of(everywhere)).getFirst();
    return row.shape().equals(value.shape()) ? row : rewriter.emit(name, new Reshape(row.shape(), value.shape()), List.of(row)).getFirst();
  }
}
