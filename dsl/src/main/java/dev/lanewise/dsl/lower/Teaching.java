package dev.lanewise.dsl.lower;

import dev.lanewise.dsl.meaning.Trained;
import dev.lanewise.runtime.data.Field;
import dev.lanewise.runtime.data.Normalization;
import dev.lanewise.runtime.graph.Graph;
import dev.lanewise.runtime.graph.GraphBuilder;
import dev.lanewise.runtime.layer.Units;
import dev.lanewise.runtime.rewrite.Inference;
import dev.lanewise.runtime.spec.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Networks that teach another: what they make of its examples are further outputs of its graph, behind its heads. They are there as they are
 * in a test, with the values that they have now, as constants; so no file holds them and no optimiser moves them.
 *
 * @param fields the parts of its examples
 * @param normalization of the main part, as the student is shown it
 */
public record Teaching(List<Field> fields, Normalization normalization) {
  /** The student's graph with its teachers. */
  public Graph of(Graph student, List<Trained> teachers) {
    GraphBuilder builder = new GraphBuilder(student);
    List<Value> inputs = new ArrayList<>(student.inputs());
    List<Value> outputs = new ArrayList<>(student.outputs());
    for (Trained teacher : teachers) {
      Graph graph = Inference.of(teacher.model().graph().withoutHeads());
      List<Value> in = new ArrayList<>();
      for (Value input : graph.inputs()) {
        int field = field(input);
        Value found = inputs.stream().filter(v -> field(v) == field).findFirst().orElseGet(() -> added(builder, inputs, field));
        in.add(field == 0 ? scaled(builder, found, teacher) : found);
      }
      String name = teacher.net().name();
      outputs.add(builder.include(name, graph, p -> teacher.model().values(p.name()), in).getFirst());
    }
    return builder.build(outputs.toArray(Value[]::new));
  }

  /** The place of the part that an input takes: that of its name, or the main one. */
  private int field(Value input) {
    int named = fields.stream().map(Field::name).toList().indexOf(input.name());
    return input.name().equals(GraphBuilder.INPUT) ? 0 : Math.max(0, named);
  }

  private Value added(GraphBuilder builder, List<Value> inputs, int field) {
    Value value = builder.input(fields.get(field).name(), fields.get(field).shape());
    inputs.add(value);
    return value;
  }

  /** The main part as the teacher has learnt it: in its own scale. */
  private Value scaled(GraphBuilder builder, Value shown, Trained teacher) {
    Optional<Normalization> own = teacher.world().map(w -> w.normalization()).filter(n -> !n.equals(normalization));
    if (own.isEmpty()) {
      return shown;
    }
    float[] offset = own.get().mean().clone();
    float[] factor = own.get().std().clone();
    for (int c = 0; c < offset.length; c++) {
      // ((x * s + m) - mean) / std
      offset[c] = (normalization.mean()[c] - offset[c]) / own.get().std()[c];
      factor[c] = normalization.std()[c] / factor[c];
    }
    return builder.add(teacher.net().name() + ".scale", Units.restored(shown.shape(), offset, factor), shown);
  }
}
