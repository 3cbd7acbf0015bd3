package dev.lanewise.runtime.explain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.runtime.attack.Attack;
import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.data.Normalization;
import dev.lanewise.runtime.data.Points;
import dev.lanewise.runtime.file.JsonWriter;
import dev.lanewise.runtime.graph.Graph;
import dev.lanewise.runtime.graph.GraphBuilder;
import dev.lanewise.runtime.graph.Node;
import dev.lanewise.runtime.graph.Parameter;
import dev.lanewise.runtime.operation.Conv;
import dev.lanewise.runtime.operation.CrossEntropy;
import dev.lanewise.runtime.operation.Dense;
import dev.lanewise.runtime.operation.Pointwise;
import dev.lanewise.runtime.operation.Reshape;
import dev.lanewise.runtime.plan.KernelSet;
import dev.lanewise.runtime.rewrite.Inference;
import dev.lanewise.runtime.spec.Value;
import dev.lanewise.runtime.tensor.Shape;
import dev.lanewise.runtime.train.Engine;
import dev.lanewise.runtime.train.Model;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Maps and attacks of random small networks, here and by the papers' formulas in PyTorch's double. It needs a Python with torch: {@code -Dlanewise.python=python3}. What
 * PyTorch does is in runtime/src/test/python/maps.py.
 */
class TorchMapsTest {
  private static final String PYTHON = System.getProperty("lanewise.python", "python3");
  private static final Path SCRIPT = Path.of(System.getProperty("basedir", "."), "src", "test", "python", "maps.py").toAbsolutePath().normalize();
  private static final int STEPS = 64;
  private static final int SIZE = 3;
  private static final int STRIDE = 2;
  private static final List<Attack> ATTACKS = List.of(Attack.fgsm(0.1), new Attack("pgd", 0.1, 5, 0.03, 1, false));

  /** @param stride of the second convolution @param outputs of the network @param bend between the convolutions, and behind them */
  private record Small(int seed, Shape in, int stride, int padding, int outputs, String bend, String behind) {
    Graph graph() {
      GraphBuilder b = new GraphBuilder(in);
      Value v = b.add("conv1", new Conv(in, 4, 3, 1, padding, true), b.input());
      v = b.add("bend1", of(bend, v.shape()), v);
      v = b.add("conv2", new Conv(v.shape(), 5, 3, stride, 0, true), v);
      v = b.add("bend2", of(behind, v.shape()), v);
      v = b.add("flatten1", new Reshape(v.shape(), v.shape().flat()), v);
      return b.build(b.add("dense1", new Dense(v.shape().size(), outputs, true), v));
    }

    private static Pointwise of(String name, Shape shape) {
      return switch (name) {
        case "relu" -> Pointwise.relu(shape);
        case "tanh" -> Pointwise.tanh(shape);
        default -> Pointwise.sigmoid(shape);
      };
    }

    int classes() {
      return Math.max(2, outputs);
    }
  }

  @TempDir private Path folder;

  private final Engine engine = new Engine(1, KernelSet.VECTOR);

  @Test
  void mapsAndAttacksAreThoseOfTheFormulasInPyTorch() throws IOException, InterruptedException {
    Assumptions.assumeTrue(hasTorch(), PYTHON + " has no torch: maps are not compared with PyTorch (-Dlanewise.python= names another)");
    List<Small> networks = List.of(
        new Small(1, Shape.of(1, 9, 9), 1, 0, 4, "relu", "relu"), new Small(2, Shape.of(3, 8, 11), 2, 1, 3, "tanh", "relu"), new Small(3, Shape.of(2, 10, 7), 1, 1, 1, "sigmoid", "tanh"));
    Path file = folder.resolve("maps.jsonl");
    Files.write(file, networks.stream().map(this::line).toList());
    Path answer = folder.resolve("maps.txt");
    int status = new ProcessBuilder(PYTHON, SCRIPT.toString(), file.toString()).redirectErrorStream(true).redirectOutput(answer.toFile()).start().waitFor();
    assertThat(status).as(Files.readString(answer)).isZero();
    assertThat(Files.readString(answer)).startsWith(networks.size() + " networks");
    engine.close();
  }

  private static boolean hasTorch() throws InterruptedException {
    try {
      return new ProcessBuilder(PYTHON, "-c", "import torch").redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  /** A network with its example, and what is made of it here. */
  private String line(Small small) {
    Random random = new Random(small.seed);
    Model model = Model.create("Small", small.graph(), small.seed);
    int channels = small.in.channels(), places = small.in.size() / channels;
    Normalization scale = new Normalization(floats(channels, _ -> 0.3f + 0.2f * random.nextFloat()), floats(channels, _ -> 0.2f + 0.2f * random.nextFloat()));
    float[] x = floats(small.in.size(), i -> (random.nextFloat() - scale.mean()[i / places]) / scale.std()[i / places]);
    float[] black = floats(small.in.size(), i -> -scale.mean()[i / places] / scale.std()[i / places]);
    int label = random.nextInt(small.classes());
    ClassScore score = ClassScore.of(Shape.of(small.outputs), label, small.classes());
    ScoreFunction function = new NetworkScore(engine, model, score);
    Map<String, double[]> told = new LinkedHashMap<>();
    told.put("saliency", Saliency.map(Saliency.slopes(function, x, small.in, scale), channels));
    told.put("integrated_gradients", IntegratedGradients.of(function, x, black, STEPS).map(channels));
    told.put("gradcam", GradCam.of(Inference.of(model.graph()), "bend2", score, p -> doubles(model.values(p.name())), Map.of(GraphBuilder.INPUT, doubles(x)))
        .orElseThrow().map(small.in.height(), small.in.width()));
    told.put("occlusion", new Occlusion(SIZE, STRIDE).map(function, x, small.in, black));
    List<Attack> attacks = small.outputs == 1 ? List.of() : ATTACKS;
    attacks.forEach(a -> told.put(a.name(), attacked(model, small, a, x, label, scale)));

    JsonWriter json = new JsonWriter().beginObject().name("seed").value(small.seed).name("class").value(label).name("layer").value("bend2")
        .name("steps").value(STEPS).name("size").value(SIZE).name("stride").value(STRIDE);
    put(json, "shape", small.in.dims().stream().mapToDouble(d -> d).toArray());
    put(json, "mean", doubles(scale.mean()));
    put(json, "std", doubles(scale.std()));
    put(json, "x", doubles(x));
    put(json, "baseline", doubles(black));
    json.name("layers").beginArray();
    model.graph().nodes().stream().filter(n -> !(n.operation() instanceof Reshape)).forEach(n -> layer(json, model, small, n));
    json.endArray().name("attacks").beginObject();
    attacks.forEach(a -> put(json, a.name(), new double[] {a.eps(), a.step(), a.steps()}));
    json.endObject().name("told").beginObject();
    told.forEach((name, map) -> put(json, name, map));
    return json.endObject().endObject().toString();
  }

  private double[] attacked(Model model, Small small, Attack attack, float[] x, int label, Normalization scale) {
    Points one = new Points(small.in, new float[][] {x}, new int[] {label}, small.classes());
    DataSplit plain = new DataSplit("d", one, null, one);
    DataSplit data = plain.in(plain.world().normalized(scale));
    return doubles(engine.attacked(model, data, 1, new CrossEntropy(small.outputs), attack, OptionalInt.empty(), 1).values());
  }

  private static void layer(JsonWriter json, Model model, Small small, Node node) {
    String kind = node.operation() instanceof Conv ? "conv" : node.operation() instanceof Dense ? "dense" : node.name().equals("bend1") ? small.bend : small.behind;
    json.beginObject().name("kind").value(kind).name("name").value(node.name());
    if (kind.equals("conv")) {
      boolean first = node.name().equals("conv1");
      json.name("stride").value(first ? 1 : small.stride).name("padding").value(first ? small.padding : 0);
    }
    for (Parameter p : model.graph().parameters().stream().filter(p -> p.name().startsWith(node.name() + ".")).toList()) {
      json.name(p.name().substring(node.name().length() + 1)).beginObject();
      put(json, "shape", p.shape().dims().stream().mapToDouble(d -> d).toArray());
      put(json, "numbers", doubles(model.values(p.name())));
      json.endObject();
    }
    json.endObject();
  }

  private static void put(JsonWriter json, String name, double[] numbers) {
    json.name(name).beginArray();
    for (double number : numbers) {
      json.number(number, number == Math.rint(number) ? Integer.toString((int) number) : Double.toString(number));
    }
    json.endArray();
  }

  private interface Drawn {
    float of(int i);
  }

  private static float[] floats(int count, Drawn drawn) {
    float[] all = new float[count];
    for (int i = 0; i < count; i++) {
      all[i] = drawn.of(i);
    }
    return all;
  }

  private static double[] doubles(float[] values) {
    return IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray();
  }
}
