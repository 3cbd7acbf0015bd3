package dev.lanewise.runtime.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lanewise.runtime.data.Field;
import dev.lanewise.runtime.data.text.Characters;
import dev.lanewise.runtime.data.text.Vocabulary;
import dev.lanewise.runtime.graph.Graph;
import dev.lanewise.runtime.graph.GraphBuilder;
import dev.lanewise.runtime.layer.Layers;
import dev.lanewise.runtime.operation.Computation;
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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Asked for one place after the other beside a source that is read once, a network says what it says of both as a whole. */
class KeptSourcedTest {
  private static final int SOURCES = 7;
  private static final int PLACES = 9;
  private static final int CHANNELS = 16;
  private static final Vocabulary TARGET =
      Vocabulary.of(new Characters(), List.of("abcdefg"), List.of(Vocabulary.PADDING, Vocabulary.BEGIN, Vocabulary.END), 0, false);
  private static final int TOKENS = TARGET.size();

  private static Value layer(GraphBuilder b, String label, String name, Map<String, Object> given, boolean padded, Value... in) {
    var layer = Layers.named(name).orElseThrow();
    Computation made = layer.bind(Arguments.of(layer.signature(), given), in[0].shape());
    return b.add(label, padded ? ((PaddingAware) made).padded() : PaddingAware.plain(made), in);
  }

  private static Value turned(GraphBuilder b, String name, Value v) {
    return b.add(name, new Transpose(v.shape()), v);
  }

  /**
   * Reads with attention to all places, positions of its own among them; writes with a recurrence or with attention to what is before.
   *
   * @param padded whether nobody looks at the source's padding @param others channels of what is looked at
   */
  private static Graph network(boolean padded, int others, boolean recurrent, boolean ahead) {
    GraphBuilder b = new GraphBuilder("source", Shape.of(SOURCES));
    Value source = b.input(), target = b.input("target", Shape.of(PLACES));
    Value read = layer(b, "places", "sine_positions", Map.of(), false, b.add("from", new Embed(Shape.of(SOURCES), 6, others), source));
    Value memory = padded ? layer(b, "reads", "attention", Map.of("heads", 2), true, read, source) : layer(b, "reads", "attention", Map.of("heads", 2), false, read);
    Value v = b.add("to", new Embed(Shape.of(PLACES), TOKENS, CHANNELS), target);
    if (recurrent) {
      v = turned(b, "here", b.add("gru", Recurrences.gru(CHANNELS, CHANNELS, PLACES, false), turned(b, "there", v)));
    } else {
      v = layer(b, "own", "attention", Map.of("heads", 2, "causal", !ahead), false, v);
    }
    Map<String, Object> looks = new HashMap<>(Map.of("heads", 4, "from", memory.shape()));
    Value seen = padded ? layer(b, "looks", "attention", looks, true, v, memory, source) : layer(b, "looks", "attention", looks, false, v, memory);
    v = layer(b, "norm", "layernorm", Map.of("over", "channels"), false, b.add("sum", Pointwise.add(v.shape()), v, seen));
    Value out = b.add("out", Lift.over(new Dense(CHANNELS, TOKENS, true), PLACES), turned(b, "turn", v));
    return b.build(turned(b, "back", out));
  }

  private static float[] source(Random random, int length) {
    float[] tokens = new float[SOURCES];
    for (int i = 0; i < length; i++) {
      tokens[i] = 1 + random.nextInt(5);
    }
    return tokens;
  }

  @ParameterizedTest
  @CsvSource({"false, 16, true", "true, 16, false", "true, 8, true", "false, 8, false"})
  void saysTheSame(boolean padded, int others, boolean recurrent) {
    Model model = Model.create("N", network(padded, others, recurrent, false), 3);
    Random random = new Random(7);
    Field source = new Field("source", Shape.of(SOURCES), 6, padded), target = new Field("target", Shape.of(PLACES), TOKENS);
    List<float[]> sources = Stream.of(3, SOURCES, 1, 5).map(n -> source(random, n)).toList();
    try (Engine engine = new Engine(1, KernelSet.VECTOR)) {
      WindowScores window = WindowScores.of(engine, model, source, target, 4);
      SourcedScores kept = KeptSourced.of(engine, model, source, target, 4, window).orElseThrow();
      assertThat(kept.isTogether()).isFalse();
      List<NextScores> each = kept.each(sources), expected = window.each(sources);
      List<int[]> texts = new ArrayList<>(List.of(new int[] {1}, new int[] {1, 4}, new int[] {1, 5}, new int[] {1, 4}));
      for (int i = 0; i < 6; i++) {
        // Some share a beginning, as those of a beam do, and some are shorter than the last.
        int[] of = texts.get(random.nextInt(texts.size()));
        texts.add(Stream.concat(Arrays.stream(of).boxed(), Stream.of(3 + random.nextInt(7))).mapToInt(t -> t).toArray());
      }
      for (int round = 0; round < 2; round++) {
        for (int s = 0; s < sources.size(); s++) {
          float[][] wanted = expected.get(s).next(texts), told = each.get(s).next(texts);
          for (int t = 0; t < texts.size(); t++) {
            assertThat(Arrays.copyOf(told[t], TOKENS)).as("source %d, text %d", s, t).containsExactly(wanted[t], within(2e-5f));
          }
        }
      }
      Translation one = new Translation(kept, TARGET), other = new Translation(window, TARGET);
      assertThat(one.greedy(sources)).usingRecursiveComparison().isEqualTo(other.greedy(sources));
      assertThat(one.beam(sources, 3)).usingRecursiveComparison().isEqualTo(other.beam(sources, 3));
    }
  }

  @ParameterizedTest
  @CsvSource({"true", "false"})
  void whatLooksAheadIsNotAskedPlaceByPlace(boolean padded) {
    Model model = Model.create("N", network(padded, CHANNELS, false, true), 3);
    Field source = new Field("source", Shape.of(SOURCES), 6, padded), target = new Field("target", Shape.of(PLACES), TOKENS);
    try (Engine engine = new Engine(1, KernelSet.VECTOR)) {
      WindowScores window = WindowScores.of(engine, model, source, target, 4);
      assertThat(KeptSourced.of(engine, model, source, target, 4, window)).isEmpty();
    }
  }
}
