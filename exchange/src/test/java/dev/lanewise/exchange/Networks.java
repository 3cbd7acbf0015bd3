package dev.lanewise.exchange;

import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.diagnostic.SourceFile;
import dev.lanewise.dsl.lower.Lowering;
import dev.lanewise.dsl.meaning.CheckedNet;
import dev.lanewise.dsl.meaning.Trained;
import dev.lanewise.dsl.run.Options;
import dev.lanewise.dsl.session.Session;
import dev.lanewise.runtime.graph.Graph;
import dev.lanewise.runtime.graph.Interpreter;
import dev.lanewise.runtime.plan.KernelSet;
import dev.lanewise.runtime.spec.Value;
import dev.lanewise.runtime.train.Model;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Networks to be given to other programs, and what the naive formulas make of examples. */
public final class Networks {
  private static final Path HERE = Path.of(System.getProperty("basedir", ".")).toAbsolutePath();

  private Networks() {}

  /** What files of a network are called. */
  public static String name(Trained net) {
    return net.source().name().replaceFirst(".*/", "").replace(".net", "") + "-" + net.net().name();
  }

  /** The networks of the samples, and those of all layers, with their first values. */
  public static List<Trained> all() throws IOException {
    try (Stream<Path> samples = Files.list(HERE.resolve("../samples"))) {
      return Stream.concat(samples.filter(f -> f.toString().endsWith(".net")).sorted(), Stream.of(HERE.resolve("src/test/resources/layers.net")))
          .flatMap(f -> nets(f).stream()).toList();
    }
  }

  private static List<Trained> nets(Path file) {
    try {
      return nets(SourceFile.read(file));
    } catch (SourceFile.Unreadable e) {
      throw new AssertionError(e);
    }
  }

  public static Trained net(String script, String name) {
    return nets(new Source("a.net", script)).stream().filter(t -> t.net().name().equals(name)).findFirst().orElseThrow();
  }

  private static List<Trained> nets(Source source) {
    try (Session session = new Session(new Options(1, OptionalLong.empty(), KernelSet.VECTOR), _ -> { })) {
      List<CheckedNet> nets = session.networks(source);
      return nets.stream().map(n -> new Trained(n, Model.create(n.name(), Lowering.graph(n), 7), 7, source, null, Optional.empty())).toList();
    }
  }

  /** Four examples and what the formulas make of them; where 0 is padding, it stands behind the text: none, half of the places, some, all. */
  public static String numbers(Trained net, Graph graph) {
    Model model = net.model();
    Interpreter interpreter = new Interpreter(graph);
    graph.parameters().forEach(p -> interpreter.set(p.value(), doubles(model.values(p.name()))));
    Random random = new Random(3);
    StringBuilder text = new StringBuilder();
    for (int example = 0; example < 4; example++) {
      Map<Value, double[]> in = new LinkedHashMap<>();
      for (Value value : graph.inputs()) {
        int bound = graph.bound(value);
        int least = isPadded(net.net(), value) ? 1 : 0;
        double[] numbers = new double[value.shape().size()];
        Arrays.setAll(numbers, _ -> bound > 0 ? least + random.nextInt(bound - least) : random.nextGaussian());
        if (least == 1) {
          int[] lengths = {numbers.length, numbers.length / 2, numbers.length - 1, 0};
          Arrays.fill(numbers, lengths[example], numbers.length, 0);
        }
        in.put(value, numbers);
        text.append(line("in " + value.name(), numbers));
      }
      Map<Value, double[]> out = interpreter.run(in, Interpreter::drawsOfFirst);
      for (int i = 0; i < graph.outputs().size(); i++) {
        text.append(line("out " + i, out.get(graph.outputs().get(i))));
      }
    }
    return text.toString();
  }

  /** Whether 0 is padding in an input. */
  public static boolean isPadded(CheckedNet net, Value input) {
    return net.inputs().stream().anyMatch(f -> f.padded() && (f.name().isEmpty() ? "input" : f.name()).equals(input.name()));
  }

  private static String line(String name, double[] numbers) {
    return name.replace("1/n", "weight") + Arrays.stream(numbers).mapToObj(n -> " " + n).collect(Collectors.joining()) + "\n";
  }

  private static double[] doubles(float[] values) {
    double[] doubles = new double[values.length];
    Arrays.setAll(doubles, i -> values[i]);
    return doubles;
  }
}
