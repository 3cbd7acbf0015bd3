package dev.lanewise.exchange.keras;

import dev.lanewise.exchange.draft.Fixed;
import dev.lanewise.exchange.draft.RefusedException;
import dev.lanewise.exchange.keras.Layers.Layer;
import dev.lanewise.exchange.keras.Sketch.Value;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Layers with a memory. Keras has the gates i f c o of an LSTM and z r h of a GRU, ONNX i o f c and z r h. */
record Memories(Sketch sketch) {
  private static int[] gates(String kind) {
    return switch (kind) {
      case "LSTM" -> new int[] {0, 3, 1, 2};
      case "GRU" -> new int[] {0, 1, 2};
      default -> new int[] {0};
    };
  }

  Value of(Layer l) throws IOException {
    Config config = l.config();
    List<String[]> cell = List.<String[]>of(new String[] {"cell", ""});
    boolean back = config.flag("go_backwards", false);
    return made(l, l.kind(), config, List.of(cell), back ? "reverse" : "forward", back);
  }

  /** One way and the other. */
  Value both(Layer l) throws IOException {
    Config inner = l.config().config("layer");
    String merged = l.config().text("merge_mode", "none");
    l.config().expect(merged.equals("concat"), "it joins both ways by `" + merged + "`; the language puts them one after the other");
    String kind = inner.text("class_name", "?");
    l.config().expect(List.of("LSTM", "GRU", "SimpleRNN").contains(kind), "it holds a `" + kind + "`");
    l.config().expect(!inner.config("config").flag("go_backwards", false), "it begins backwards");
    List<String[]> forward = List.of(new String[] {"forward_layer", "forward"}, new String[] {"cell", ""}), back = List.of(new String[] {"backward_layer", "backward"}, new String[] {"cell", ""});
    return made(l, kind, inner.config("config"), List.of(forward, back), "bidirectional", false);
  }

  private Value made(Layer l, String kind, Config config, List<List<String[]>> ways, String direction, boolean back) throws IOException {
    config.expect(l.in().size() == 1, "it is given a state");
    config.expect(!config.flag("return_state", false), "it gives its state away (return_state)");
    boolean all = config.flag("return_sequences", false);
    config.expect(!all || !back, "it gives what it read backwards in that order");
    config.expect(config.text("activation", "tanh").equals("tanh"), "its activation is not tanh");
    config.expect(kind.equals("SimpleRNN") || config.text("recurrent_activation", "sigmoid").equals("sigmoid"), "its recurrent_activation is not sigmoid");
    config.expect(!kind.equals("GRU") || config.flag("reset_after", true), "it resets before the product; PyTorch and the language reset behind it (reset_after=True)");
    int[] gates = gates(kind);
    List<Fixed> weights = new ArrayList<>(), recurrent = new ArrayList<>(), biases = new ArrayList<>();
    for (List<String[]> way : ways) {
      weights.add(ordered(l.read(way, 0, "kernel").transposed(1, 0), gates));
      recurrent.add(ordered(l.read(way, 1, "recurrent_kernel").transposed(1, 0), gates));
      biases.add(config.flag("use_bias", true) ? bias(l.read(way, 2, "bias"), gates) : Fixed.of(new int[] {2 * weights.getLast().dim(0)}, new float[2 * weights.getLast().dim(0)]));
    }
    int units = recurrent.getFirst().dim(1);
    Value x = sketch.transposed(l.x(), 1, 0, 2);
    List<Value> made = sketch.nodes(
        kind.equals("SimpleRNN") ? "RNN" : kind, 2, 4,
        List.of(x.name(), sketch.fixed(l.parameter("weight"), joined(weights)), sketch.fixed(l.parameter("recurrent"), joined(recurrent)), sketch.fixed(l.parameter("bias"), joined(biases))),
        Sketch.whole("hidden_size", units), Sketch.text("direction", direction), Sketch.whole("linear_before_reset", 1));
    long width = (long) ways.size() * units;
    if (all) {
      return sketch.reshaped(sketch.transposed(made.getFirst(), 2, 0, 1, 3), 0, 0, width);
    }
    return sketch.reshaped(sketch.transposed(new Value(made.getLast().name(), 3), 1, 0, 2), 0, width);
  }

  private static Fixed ordered(Fixed rows, int[] gates) {
    if (rows.rank() != 2 || rows.dim(0) % gates.length != 0) {
      throw new RefusedException("its weight " + rows + " does not fit");
    }
    int each = rows.size() / gates.length;
    float[] made = new float[rows.size()];
    for (int g = 0; g < gates.length; g++) {
      System.arraycopy(rows.numbers(), gates[g] * each, made, g * each, each);
    }
    return Fixed.of(rows.dims(), made);
  }

  /** That of the input and that of the state; where Keras has one, it is the first. */
  private static Fixed bias(Fixed bias, int[] gates) {
    Fixed both = bias.rank() == 2 ? bias : Fixed.of(new int[] {2, bias.size()}, Arrays.copyOf(bias.numbers(), 2 * bias.size()));
    Fixed first = ordered(both.slice(0, 0, 1, 1).shaped(both.dim(1), 1), gates), second = ordered(both.slice(0, 1, 1, 1).shaped(both.dim(1), 1), gates);
    float[] made = Arrays.copyOf(first.numbers(), 2 * both.dim(1));
    System.arraycopy(second.numbers(), 0, made, both.dim(1), both.dim(1));
    return Fixed.of(new int[] {made.length}, made);
  }

  private static Fixed joined(List<Fixed> ways) {
    int size = ways.getFirst().size();
    float[] made = new float[ways.size() * size];
    for (int i = 0; i < ways.size(); i++) {
      if (ways.get(i).size() != size) {
        throw new RefusedException("both ways have different weights");
      }
      System.arraycopy(ways.get(i).numbers(), 0, made, i * size, size);
    }
    int[] own = ways.getFirst().dims();
    int[] dims = new int[own.length + 1];
    dims[0] = ways.size();
    System.arraycopy(own, 0, dims, 1, own.length);
    return Fixed.of(dims, made);
  }
}
