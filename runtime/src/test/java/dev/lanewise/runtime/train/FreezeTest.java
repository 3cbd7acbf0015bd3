package dev.lanewise.runtime.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.file.Safetensors;
import dev.lanewise.runtime.file.Tensor;
import dev.lanewise.runtime.graph.GraphBuilder;
import dev.lanewise.runtime.graph.Parameter;
import dev.lanewise.runtime.layer.Layers;
import dev.lanewise.runtime.operation.CrossEntropy;
import dev.lanewise.runtime.operation.Dense;
import dev.lanewise.runtime.operation.Layer;
import dev.lanewise.runtime.operation.Reshape;
import dev.lanewise.runtime.optimize.Clip;
import dev.lanewise.runtime.optimize.Optimizer;
import dev.lanewise.runtime.optimize.OptimizerDefinition;
import dev.lanewise.runtime.optimize.Optimizers;
import dev.lanewise.runtime.optimize.Schedule;
import dev.lanewise.runtime.optimize.Schedules;
import dev.lanewise.runtime.plan.KernelSet;
import dev.lanewise.runtime.score.Measure;
import dev.lanewise.runtime.signature.Argument;
import dev.lanewise.runtime.signature.Arguments;
import dev.lanewise.runtime.spec.Value;
import dev.lanewise.runtime.tensor.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The law of {@code freeze}: what it names has the same bits after any training. Running means are no parameters that it names. */
class FreezeTest {
  private static final int RUNS = 80;
  private static final Shape IN = Shape.of(2, 3, 3);

  @TempDir private Path folder;

  private static Model network(Random random) {
    GraphBuilder b = new GraphBuilder(IN);
    Value v = b.add("conv", layer("conv", Map.of("channels", 2, "kernel", 3, "pad", 1), IN), b.input());
    for (int i = 0; i < 3; i++) {
      String kind = List.of("batchnorm", "layernorm", "groupnorm", "conv", "tanh").get(random.nextInt(5));
      Map<String, Object> given = switch (kind) {
        case "groupnorm" -> Map.of("groups", 2);
        case "conv" -> Map.of("channels", 2, "kernel", 1);
        default -> Map.of();
      };
      v = b.add(kind + i, layer(kind, given, IN), v);
    }
    v = b.add("hidden", new Dense(18, 8, true), b.add("flatten", new Reshape(IN, IN.flat()), v));
    return Model.create("N", b.build(b.add("last", new Dense(8, 3, true), v)), random.nextInt(100));
  }

  private static dev.lanewise.runtime.operation.Computation layer(String name, Map<String, Object> arguments, Shape in) {
    Layer layer = Layers.named(name).orElseThrow();
    return layer.bind(Arguments.of(layer.signature(), arguments), in);
  }

  private static Optimizer optimizer(Random random) {
    OptimizerDefinition definition = Optimizers.all().get(random.nextInt(Optimizers.all().size()));
    Map<String, Object> given = new HashMap<>(Map.of("lr", 0.05));
    if (definition.signature().arguments().stream().anyMatch(a -> a.name().equals("decay"))) {
      given.put("decay", random.nextInt(2) * 0.1);
    }
    return definition.bind(Arguments.of(definition.signature(), given));
  }

  private static Schedule schedule(Random random) {
    Schedules.Definition definition = Schedules.all().get(random.nextInt(Schedules.all().size()));
    Map<String, Object> given = new HashMap<>();
    for (Argument a : definition.signature().arguments()) {
      if (a.isRequired()) {
        given.put(a.name(), a.type() == Argument.Type.INTEGER ? (Object) 1 : (Object) 0.5);
      } else if (a.name().equals("patience")) {
        given.put("patience", 0);
      }
    }
    return definition.bind(Arguments.of(definition.signature(), given));
  }

  private TrainSettings settings(Random random, int run) {
    Measure by = new Measure(true, Measure.Kind.LOSS);
    Keep keep = new Keep(
        random.nextBoolean() ? Optional.of(new Keep.Early(by, 1 + random.nextInt(2))) : Optional.empty(),
        Optional.of(new Keep.Best(folder.resolve(run + ".best.safetensors"), by)), Optional.of(folder.resolve(run + ".safetensors")),
        List.of(Measure.Kind.ACCURACY));
    return new TrainSettings(
        3, 1 + random.nextInt(30), random.nextBoolean(), random.nextInt(100), new CrossEntropy(3), optimizer(random), schedule(random),
        List.of(new Clip.None(), new Clip.Norm(0.1), new Clip.Value(0.01)).get(random.nextInt(3)), keep, 1 + random.nextInt(3),
        Double.POSITIVE_INFINITY, random.nextInt(3) * 0.45);
  }

  /** Parameters that training would move, were they not frozen. */
  private static Map<String, float[]> values(List<Tensor> tensors, Model model, Predicate<String> names) {
    Map<String, float[]> values = new HashMap<>();
    for (Parameter p : model.graph().parameters()) {
      if (p.spec().trainable() && names.test(p.name())) {
        values.put(p.name(), tensors.stream().filter(t -> t.name().equals(p.name())).findFirst().orElseThrow().values().clone());
      }
    }
    return values;
  }

  private static void assertSame(String what, Map<String, float[]> before, Map<String, float[]> after) {
    before.forEach((name, values) -> {
      for (int i = 0; i < values.length; i++) {
        // As bits: 0 and -0 are not the same.
        assertThat(Float.floatToRawIntBits(after.get(name)[i])).as("%s: %s[%d]", what, name, i).isEqualTo(Float.floatToRawIntBits(values[i]));
      }
    });
  }

  @Test
  void whatIsFrozenKeepsItsBits() throws IOException {
    long seed = 20251131;
    Random random = new Random(seed);
    DataSplit data = new DataSplit("few", new Few(50, IN, 3), new Few(20, IN, 3), new Few(1, IN, 3));
    try (Engine engine = new Engine(2, KernelSet.VECTOR)) {
      for (int run = 0; run < RUNS; run++) {
        Model first = network(random);
        List<Tensor> signed = first.tensors().stream().map(FreezeTest::withNegativeZeros).toList();
        first.assign(signed);
        List<String> layers = first.graph().parameters().stream().map(p -> p.name().split("\\.")[0]).distinct().toList();
        List<String> frozen = new ArrayList<>(layers.stream().filter(_ -> random.nextBoolean()).toList());
        frozen.remove(layers.get(random.nextInt(layers.size())));
        Predicate<String> names = p -> frozen.contains(p.split("\\.")[0]);
        Model model = first.frozen(names);
        Map<String, float[]> before = values(model.tensors(), model, names);
        TrainSettings settings = settings(random, run);
        String what = "seed " + seed + ", run " + run + ", frozen " + frozen + ", " + settings;
        // Killed after some batches, and gone on with: also the bits of what is read back.
        int stop = 1 + random.nextInt(8);
        int[] batches = {0};
        engine.train(model, data, settings, Listener.NONE, () -> ++batches[0] == stop);
        assertSame(what + ", stopped", before, values(model.tensors(), model, names));
        engine.train(model, data, settings, Listener.NONE, () -> false);
        assertSame(what, before, values(model.tensors(), model, names));
        Path best = settings.keep().best().orElseThrow().file();
        assertThat(Files.exists(best)).as(what).isTrue();
        assertSame(what + ", best", before, values(Safetensors.read(best).tensors(), model, names));
        assertMoved(what, signed, model, names);
      }
    }
  }

  private static Tensor withNegativeZeros(Tensor t) {
    float[] values = t.values().clone();
    values[0] = -0f;
    return t.name().contains("running") ? t : new Tensor(t.name(), t.shape(), values);
  }

  /** All else is trained: the law is not kept by doing nothing. */
  private static void assertMoved(String what, List<Tensor> before, Model model, Predicate<String> names) {
    Map<String, float[]> first = values(before, model, p -> !names.test(p));
    Map<String, float[]> last = values(model.tensors(), model, p -> !names.test(p));
    assertThat(first.keySet().stream().anyMatch(n -> !Arrays.equals(first.get(n), last.get(n)))).as(what).isTrue();
  }
}
