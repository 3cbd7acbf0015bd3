package dev.lanewise.runtime.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lanewise.runtime.data.Field;
import dev.lanewise.runtime.graph.Graph;
import dev.lanewise.runtime.graph.GraphBuilder;
import dev.lanewise.runtime.layer.Layers;
import dev.lanewise.runtime.operation.Dense;
import dev.lanewise.runtime.operation.Embed;
import dev.lanewise.runtime.operation.Lift;
import dev.lanewise.runtime.operation.PaddingAware;
import dev.lanewise.runtime.operation.Pointwise;
import dev.lanewise.runtime.operation.Recurrences;
import dev.lanewise.runtime.operation.Transpose;
import dev.lanewise.runtime.plan.KernelSet;
import dev.lanewise.runtime.signature.Arguments;
import dev.lanewise.runtime.spec.Value;
import dev.lanewise.runtime.tensor.Shape;
import dev.lanewise.runtime.train.Engine;
import dev.lanewise.runtime.train.Model;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;

/** Asked for one place after the other, a network says what it says of the whole window. */
class KeptScoresTest {
  private static final int PLACES = 12;
  private static final int TOKENS = 9;
  private static final int CHANNELS = 20;

  private static Graph network(BiFunction<GraphBuilder, Value, Value> middle) {
    GraphBuilder b = new GraphBuilder(Shape.of(PLACES));
    Value v = b.add("embed", new Embed(Shape.of(PLACES), TOKENS, CHANNELS), b.input());
    v = middle.apply(b, v);
    int channels = v.shape().dim(0);
    v = b.add("turn", new Transpose(v.shape()), v);
    v = b.add("out", Lift.over(new Dense(channels, TOKENS, true), PLACES), v);
    return b.build(b.add("back", new Transpose(v.shape()), v));
  }

  private static Value layer(GraphBuilder b, String label, String name, Value in, Map<String, Object> given) {
    var layer = Layers.named(name).orElseThrow();
    return b.add(label, PaddingAware.plain(layer.bind(Arguments.of(layer.signature(), given), in.shape())), in);
  }

  private static Graph gpt() {
    return network((b, v) -> {
      Value x = layer(b, "positions", "positions", v, Map.of());
      Value y = layer(b, "attention", "attention", layer(b, "norm", "layernorm", x, Map.of("over", "channels")), Map.of("heads", 4, "causal", true));
      x = b.add("sum", Pointwise.add(x.shape()), x, y);
      return b.add("relu", Pointwise.relu(x.shape()), layer(b, "sines", "sine_positions", x, Map.of()));
    });
  }

  private static Graph recurrent() {
    return network((b, v) -> {
      Value x = b.add("there", new Transpose(v.shape()), v);
      x = b.add("lstm", Recurrences.lstm(CHANNELS, 17, PLACES, false, false), x);
      x = b.add("gru", Recurrences.gru(17, 6, PLACES, false), x);
      return b.add("here", new Transpose(x.shape()), x);
    });
  }

  private static void compare(Graph graph) {
    Model model = Model.create("N", graph, 3);
    try (Engine engine = new Engine(1, KernelSet.VECTOR)) {
      WindowScores window = WindowScores.of(engine, model, new Field("text", Shape.of(PLACES), TOKENS), 1);
      NextScores kept = KeptScores.of(model, window).orElseThrow();
      Random random = new Random(5);
      int[] text = random.ints(3 * PLACES, 0, TOKENS).toArray();
      for (int length = 1; length <= text.length; length++) {
        // It forgets the older half where the window would be too short; the network then sees the rest alone.
        int half = PLACES / 2;
        int from = length <= PLACES ? 0 : (length - PLACES + half - 1) / half * half;
        float[] expected = window.next(List.of(Arrays.copyOfRange(text, from, length)))[0];
        float[] actual = kept.next(List.of(Arrays.copyOf(text, length)))[0];
        assertThat(Arrays.copyOf(actual, TOKENS)).as("%d tokens", length).containsExactly(expected, within(2e-5f));
      }
      // Another text begins anew.
      int[] other = {1, 2, 3};
      assertThat(Arrays.copyOf(kept.next(List.of(other))[0], TOKENS)).containsExactly(window.next(List.of(other))[0], within(2e-5f));
    }
  }

  @Test
  void attentionSaysTheSame() {
    compare(gpt());
  }

  @Test
  void recurrencesSayTheSame() {
    compare(recurrent());
  }

  /** Softmax, a mean, a product behind the loop, states that become each other. */
  @Test
  void anyBodySaysTheSame() {
    compare(network((b, v) -> {
      Value x = b.add("there", new Transpose(v.shape()), v);
      x = b.add("odd", Recurrences.odd(CHANNELS, PLACES, false), x);
      return b.add("here", new Transpose(x.shape()), x);
    }));
  }

  @Test
  void whatLooksAheadIsNotAskedPlaceByPlace() {
    Graph attention = network((b, v) -> layer(b, "attention", "attention", v, Map.of("heads", 4)));
    Graph back = network((b, v) -> {
      Value x = b.add("there", new Transpose(v.shape()), v);
      x = b.add("lstm", Recurrences.lstm(CHANNELS, 5, PLACES, true, false), x);
      return b.add("here", new Transpose(x.shape()), x);
    });
    Graph conv = network((b, v) -> layer(b, "conv", "conv", v, Map.of("channels", 4, "kernel", List.of(3), "pad", "same")));
    for (Graph graph : List.of(attention, back, conv)) {
      Model model = Model.create("N", graph, 3);
      assertThat(PlaceNet.of(model.graph(), model.parameters())).isEmpty();
    }
  }
}
