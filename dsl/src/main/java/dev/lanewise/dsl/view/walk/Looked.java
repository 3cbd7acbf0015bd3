package dev.lanewise.dsl.view.walk;

import dev.lanewise.dsl.lower.InUnit;
import dev.lanewise.dsl.meaning.CheckedNet;
import dev.lanewise.dsl.meaning.Trained;
import dev.lanewise.dsl.view.Outputs;
import dev.lanewise.runtime.data.Dataset;
import dev.lanewise.runtime.data.Field;
import dev.lanewise.runtime.graph.Graph;
import dev.lanewise.runtime.graph.GraphBuilder;
import dev.lanewise.runtime.graph.Parameter;
import dev.lanewise.runtime.layer.Comparison;
import dev.lanewise.runtime.operation.Computation;
import dev.lanewise.runtime.operation.Contrast;
import dev.lanewise.runtime.operation.Decorator;
import dev.lanewise.runtime.operation.Given;
import dev.lanewise.runtime.operation.Objective;
import dev.lanewise.runtime.operation.Operation;
import dev.lanewise.runtime.operation.Recipe;
import dev.lanewise.runtime.rewrite.Inference;
import dev.lanewise.runtime.spec.Value;
import dev.lanewise.runtime.walk.Walk;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * A network that is looked at while it works on an example, as in a test: without dropout, with running means.
 *
 * @param layers what has a name of its own: those of the network, and what brings an output into its unit
 */
public record Looked(Trained trained, Walk walk, Set<String> layers) {
  /** Of larger networks it takes seconds: a walk goes number by number. */
  private static final long QUICK = 20_000_000;

  /** Whether to walk through a network takes a moment. */
  public static boolean isQuick(CheckedNet net) {
    return net.layers().stream().mapToLong(l -> l.computation().multiplyAdds()).sum() <= QUICK;
  }

  /** With the loss, and so with gradients. @param data as the network is shown it */
  public static Looked of(Trained trained, Dataset data, int example, Computation loss) {
    float[] target = new float[data.target().shape().size()];
    data.readTarget(example, target, 0, 1);
    return looked(trained, Walk.of(graph(trained), loss, values(trained), inputs(trained.net(), data, example), Outputs.doubles(target)));
  }

  /** Forward alone. */
  public static Looked of(Trained trained, Dataset data, int example) {
    return looked(trained, Walk.of(graph(trained), values(trained), inputs(trained.net(), data, example)));
  }

  private static Looked looked(Trained trained, Walk walk) {
    Set<String> layers = new LinkedHashSet<>();
    trained.net().layers().forEach(l -> layers.add(l.name()));
    for (int i = 0; i <= trained.net().heads().size(); i++) {
      layers.add(InUnit.layer(trained.net(), i));
    }
    return new Looked(trained, walk, layers);
  }

  private static Graph graph(Trained trained) {
    return Inference.of(trained.model().graph());
  }

  private static Function<Parameter, double[]> values(Trained trained) {
    return p -> Outputs.doubles(trained.model().values(p.name()));
  }

  private static Map<String, double[]> inputs(CheckedNet net, Dataset data, int example) {
    Map<String, double[]> inputs = new HashMap<>();
    List<String> names = data.fields().stream().map(Field::name).toList();
    for (int f = 0; f < names.size(); f++) {
      inputs.put(names.get(f), values(data, f, example));
    }
    for (Field input : net.inputs()) {
      inputs.put(input.name().isEmpty() ? GraphBuilder.INPUT : input.name(), values(data, Math.max(0, names.indexOf(input.name())), example));
    }
    return inputs;
  }

  private static double[] values(Dataset data, int field, int example) {
    float[] values = new float[data.fields().get(field).shape().size()];
    data.readField(field, example, values, 0, 1);
    return Outputs.doubles(values);
  }

  /** Whether a loss can be told of one example alone: not one that compares it with others. */
  public static boolean isOfOne(Computation loss) {
    return switch (loss) {
      case Comparison _, Contrast _ -> false;
      case Objective o -> o.losses().stream().allMatch(l -> isOfOne(l.of()));
      case Decorator d -> isOfOne(d.of());
      case Recipe r -> r.steps().stream().noneMatch(s -> s.operation() instanceof Contrast);
      case Operation _, Given _ -> true;
    };
  }

  /** What training makes small, with numbers to predict in the unit in which they are learnt. What others teach is left out: the loss that fits stands for it. */
  public static Computation trainedBy(Trained trained, Computation fitting) {
    Computation own = trained.loss() == null ? fitting : trained.loss();
    Computation loss = trained.world().map(w -> InUnit.trained(trained.net(), w, own)).orElse(own);
    int outputs = trained.net().heads().size();
    boolean isWhole = Objective.reads(loss).stream().allMatch(r -> !(r instanceof Objective.Read.Output(int number)) || number <= outputs);
    return isWhole ? loss : fitting;
  }

  /** What a layer gives; empty if nothing is left of it, as of dropout. */
  public Optional<Value> output(String layer) {
    return walk.node(layer).map(n -> n.output()).or(() -> walk.graph().inputs().stream().filter(v -> v.name().equals(layer)).findFirst());
  }

  /** The parameter of that name, as the network has it. */
  public Optional<Value> parameter(String name) {
    return walk.graph().parameters().stream().filter(p -> p.name().equals(name)).map(Parameter::value).findFirst();
  }

  /** Whether a value is one that the script knows: an input, a parameter, what a layer gives, or the loss. */
  public boolean isKnown(Value value) {
    return walk.maker(value).isEmpty() || walk.loss().equals(Optional.of(value))
        || layers.contains(value.name()) && output(value.name()).equals(Optional.of(value));
  }

  /** The network's inputs. */
  public List<Value> inputs() {
    List<Value> inputs = new ArrayList<>();
    for (Field input : trained.net().inputs()) {
      String name = input.name().isEmpty() ? GraphBuilder.INPUT : input.name();
      walk.graph().inputs().stream().filter(v -> v.name().equals(name)).findFirst().ifPresent(inputs::add);
    }
    return inputs;
  }
}
