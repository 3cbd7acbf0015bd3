package dev.lanewise.dsl.law;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.dsl.meaning.CheckedNet;
import dev.lanewise.runtime.data.Dataset;
import dev.lanewise.runtime.data.Triplets;
import dev.lanewise.runtime.differentiate.Differentiation;
import dev.lanewise.runtime.differentiate.LossGraph;
import dev.lanewise.runtime.layer.Triplet;
import dev.lanewise.runtime.plan.KernelSet;
import dev.lanewise.runtime.random.Draws;
import dev.lanewise.runtime.spec.Value;
import dev.lanewise.runtime.tensor.Shape;
import dev.lanewise.runtime.train.Engine;
import dev.lanewise.runtime.train.Listener;
import dev.lanewise.runtime.train.Model;
import dev.lanewise.runtime.train.TrainEvent;
import dev.lanewise.runtime.walk.Walk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * Random networks, trained here and by PyTorch: outputs, gradients, losses and parameters must be the same. It needs a Python with torch:
 * {@code -Dlanewise.python=python3}; {@code -Dlanewise.torch.networks=500} tries more, {@code -Dlanewise.seed=} repeats one. What PyTorch
 * does is in runtime/src/test/python/random_networks.py.
 */
class TorchTest {
  private static final String PYTHON = System.getProperty("lanewise.python", "python3");
  private static final Path SCRIPT =
      Path.of(System.getProperty("basedir", "."), "..", "runtime", "src", "test", "python", "random_networks.py").toAbsolutePath().normalize();

  @Test
  void trainsAsPyTorchDoes() throws IOException, InterruptedException {
    Assumptions.assumeTrue(hasTorch(), PYTHON + " has no torch: nothing is compared with PyTorch (-Dlanewise.python= names another)");
    int count = Integer.getInteger("lanewise.torch.networks", Seeds.count(20));
    System.out.println("torch: " + count + " networks from seed " + Seeds.first());
    compare("torch", count, s -> true, (exchange, s) -> described(exchange, Trial.of(frozen(s))));
  }

  /** Every layer's numbers and their gradients, and those of every parameter, of one example as it is tested. */
  @Test
  void walksAsPyTorchDoes() throws IOException, InterruptedException {
    Assumptions.assumeTrue(hasTorch(), PYTHON + " has no torch: nothing is compared with PyTorch (-Dlanewise.python= names another)");
    int count = Integer.getInteger("lanewise.torch.walks", Seeds.count(100));
    System.out.println("walks beside torch: " + count + " networks from seed " + Seeds.first());
    compare("walks", count, s -> !s.training().loss().name().equals("triplet"), (exchange, s) -> walked(exchange, Trial.of(s)));
  }

  private interface Described {
    Map<String, Object> of(Exchange exchange, RandomScript script);
  }

  /** Writes so many networks down, and has PyTorch say what it makes of them. */
  private static void compare(String name, int count, Predicate<RandomScript> wanted, Described described) throws IOException, InterruptedException {
    Files.createDirectories(Trial.FOLDER);
    Path file = Trial.FOLDER.resolve(name + ".jsonl");
    try (Exchange exchange = new Exchange(file)) {
      for (int i = 0, done = 0; done < count; i++) {
        RandomScript script = RandomScript.draw(Seeds.first() + i, Wish.FIXED).with("shuffle", "false");
        if (!wanted.test(script)) {
          continue;
        }
        done++;
        Seeds.each(script, s -> {
          try {
            exchange.line(described.of(exchange, s));
          } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
          }
        });
      }
    }
    Path answer = Trial.FOLDER.resolve(name + ".txt");
    Process process = new ProcessBuilder(PYTHON, SCRIPT.toString(), file.toString(), Exchange.numbers(file).toString())
        .redirectErrorStream(true).redirectOutput(answer.toFile()).start();
    int status = process.waitFor();
    String said = Files.readString(answer);
    if (status != 0) {
      throw new AssertionError(SCRIPT + ", of " + file + ":\n" + said);
    }
    System.out.println(said.lines().reduce("", (_, last) -> last));
    Files.delete(file);
    Files.delete(Exchange.numbers(file));
  }

  private static boolean hasTorch() throws InterruptedException {
    try {
      return new ProcessBuilder(PYTHON, "-c", "import torch").redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  /** Some networks with parts that are frozen. */
  private static RandomScript frozen(RandomScript script) {
    Pick pick = new Pick(script.seed() ^ 41);
    List<String> parts = pick.chance(0.2) ? Trial.of(script).someParts() : List.of();
    return parts.isEmpty() ? script : script.with("freeze", parts.toString());
  }

  /** A network, what it is trained with, and what has come of it here. */
  private static Map<String, Object> described(Exchange exchange, Trial trial) {
    RandomScript script = trial.script();
    Training training = script.training();
    Map<String, Object> line = network(exchange, trial);
    line.put("optimizer", call(training.optimizer()));
    line.put("schedule", call(training.schedule()));
    line.put("clip", training.clip());
    line.put("most", training.most());
    line.put("epochs", training.epochs());
    line.put("batch", training.batch());
    line.put("accumulate", training.accumulate());
    line.put("average", training.average());
    exact(exchange, trial, line);
    trained(exchange, trial, line);
    return line;
  }

  /** A network, its loss and its examples. */
  private static Map<String, Object> network(Exchange exchange, Trial trial) {
    RandomScript script = trial.script();
    Training training = script.training();
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("seed", script.seed());
    line.put("script", script.text());
    line.put("input", script.written().input().dims());
    line.put("ops", ops(exchange, trial));
    line.put("output", script.network().output());
    line.put("heads", script.network().heads());
    line.put("loss", call(training.loss()));
    line.put("head", training.heads());
    Examples e = script.examples();
    line.put("classes", e.target().classes());
    line.put("x", examples(exchange, trial));
    line.put("y", e.target().isClass()
        ? exchange.put(List.of(e.size()), Arrays.stream(e.labels()).asDoubleStream().toArray())
        : exchange.put(with(e.size(), e.target().shape()), e.y()));
    return line;
  }

  /** What a walk tells of the first example. */
  private static Map<String, Object> walked(Exchange exchange, Trial trial) {
    Map<String, Object> line = network(exchange, trial);
    Walk walk = Walks.of(trial, 0);
    List<Map<String, Object>> values = new ArrayList<>();
    places(trial).forEach((out, layer) -> {
      Value value = walk.node(layer).orElseThrow().output();
      Map<String, Object> told = new LinkedHashMap<>();
      told.put("name", layer);
      told.put("of", out);
      told.put("numbers", exchange.put(value.shape().dims(), walk.values(value)));
      told.put("gradient", exchange.put(value.shape().dims(), walk.gradient(value).orElseGet(() -> new double[value.shape().size()])));
      values.add(told);
    });
    line.put("walk", values);
    Map<String, Object> gradients = new LinkedHashMap<>();
    walk.graph().parameters().stream().filter(p -> p.spec().trainable())
        .forEach(p -> gradients.put(p.name(), exchange.put(p.shape().dims(), walk.gradient(p.value()).orElseGet(() -> new double[p.shape().size()]))));
    line.put("walked", gradients);
    line.put("loss_of_one", walk.values(walk.loss().orElseThrow())[0]);
    return line;
  }

  /** The layers that make the values of the network as PyTorch has it. Where it has more steps than there are layers, those with parameters. */
  private static Map<Integer, String> places(Trial trial) {
    List<CheckedNet.Layer> layers = trial.net().layers();
    List<Op> ops = trial.script().network().ops().stream().filter(o -> !o.kind().startsWith("each.")).toList();
    boolean all = ops.size() == layers.size();
    List<CheckedNet.Layer> named = all ? layers : layers.stream().filter(l -> !l.sharesParameters() && !l.computation().parameters().isEmpty()).toList();
    List<Op> makers = all ? ops : ops.stream().filter(o -> o.weighted() && o.of() < 0).toList();
    Map<Integer, String> places = new LinkedHashMap<>();
    for (int i = 0; i < makers.size(); i++) {
      places.put(makers.get(i).out(), named.get(i).name());
    }
    return places;
  }

  private static Map<String, Object> call(Call call) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("name", call.name());
    all.put("arguments", call.arguments());
    return all;
  }

  /** The layers, with the first values of the parameters of those that have any. The checker's layers come in the same order. */
  private static List<Map<String, Object>> ops(Exchange exchange, Trial trial) {
    List<CheckedNet.Layer> weighted = trial.net().layers().stream()
        .filter(l -> !l.sharesParameters() && !l.computation().parameters().isEmpty()).toList();
    Map<String, float[]> values = Gradients.values(trial.model());
    Map<String, Shape> shapes = trial.net().parameterShapes();
    List<Map<String, Object>> ops = new ArrayList<>();
    int next = 0;
    for (Op op : trial.script().network().ops()) {
      Map<String, Object> described = new LinkedHashMap<>();
      described.put("kind", op.kind());
      described.put("in", op.in());
      described.put("out", op.out());
      described.put("arguments", op.arguments());
      described.put("of", op.of());
      Map<String, Object> parameters = new LinkedHashMap<>();
      if (op.weighted() && op.of() < 0) {
        CheckedNet.Layer layer = weighted.get(next++);
        layer.computation().parameters().forEach(p -> {
          String name = layer.name() + "." + p.name();
          Map<String, Object> place = exchange.put(shapes.get(name).dims(), values.get(name));
          place.put("name", name);
          place.put("frozen", trial.train().isFrozen(name));
          parameters.put(p.name(), place);
        });
      }
      described.put("parameters", parameters);
      ops.add(described);
    }
    assertThat(next).as("layers with parameters").isEqualTo(weighted.size());
    return ops;
  }

  private static List<Integer> with(int count, Shape each) {
    return IntStream.concat(IntStream.of(count), each.dims().stream().mapToInt(d -> d)).boxed().toList();
  }

  /** What the network is shown: once for the first gradients, then in each epoch, and at last when it is tested. Mostly the same. */
  private static List<Object> examples(Exchange exchange, Trial trial) {
    Examples e = trial.script().examples();
    if (!(trial.loss() instanceof Triplet)) {
      Object once = exchange.put(with(e.size(), e.shape()), e.x());
      return IntStream.range(0, trial.settings().epochs() + 2).mapToObj(_ -> once).toList();
    }
    List<Object> shown = new ArrayList<>();
    Triplets plain = new Triplets(e, null);
    shown.add(read(exchange, e.shape(), plain.drawn(Gradients.KEY)));
    for (int epoch = 1; epoch <= trial.settings().epochs(); epoch++) {
      shown.add(read(exchange, e.shape(), plain.drawn(Draws.mix(trial.settings().seed(), epoch))));
    }
    shown.add(read(exchange, e.shape(), plain));
    return shown;
  }

  private static Object read(Exchange exchange, Shape one, Dataset data) {
    float[] all = new float[data.size() * data.shape().size()];
    for (int i = 0; i < data.size(); i++) {
      data.read(i, all, i * data.shape().size(), 1);
    }
    List<Integer> dims = new ArrayList<>(List.of(data.size(), Triplet.EXAMPLES));
    dims.addAll(one.dims());
    return exchange.put(dims, all);
  }

  /** Outputs, losses and gradients of the first batch, in double. */
  private static void exact(Exchange exchange, Trial trial, Map<String, Object> line) {
    LossGraph training = Differentiation.of(trial.graph(), trial.loss());
    int[] order = IntStream.range(0, Math.min(trial.settings().batch(), trial.script().examples().size())).toArray();
    Exact exact = Exact.of(training.graph(), training, trial.loss(), trial.model().tensors(), trial.script().examples(), order);
    line.put("outputs", exchange.put(
        List.of(order.length, exact.outputs()[0].length), Arrays.stream(exact.outputs()).flatMapToDouble(Arrays::stream).toArray()));
    line.put("losses", exchange.put(List.of(order.length), exact.losses()));
    Map<String, Object> gradients = new LinkedHashMap<>();
    exact.gradients().forEach((name, g) -> gradients.put(name, exchange.put(List.of(g.length), g)));
    line.put("gradients", gradients);
  }

  /** Parameters and losses after training, by the vector kernels. */
  private static void trained(Exchange exchange, Trial trial, Map<String, Object> line) {
    Model model = trial.model();
    List<Double> losses = new ArrayList<>();
    Listener listener = event -> {
      if (event instanceof TrainEvent.Epoch epoch) {
        losses.add(epoch.train().loss());
      }
    };
    try (Engine engine = new Engine(1, KernelSet.VECTOR)) {
      engine.train(model, trial.data(), trial.settings(), listener, () -> false);
      line.put("tested", engine.test(model, trial.data(), trial.loss(), Listener.NONE).loss());
    }
    line.put("epoch_losses", losses);
    Map<String, Object> results = new LinkedHashMap<>();
    Gradients.values(model).forEach((name, v) -> results.put(name, exchange.put(List.of(v.length), v)));
    line.put("results", results);
  }
}
