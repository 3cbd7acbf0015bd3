package dev.lanewise.exchange.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.diagnostic.SourceFile;
import dev.lanewise.dsl.exchange.Exporter;
import dev.lanewise.dsl.lower.Lowering;
import dev.lanewise.dsl.meaning.CheckedNet;
import dev.lanewise.dsl.meaning.Trained;
import dev.lanewise.dsl.run.Options;
import dev.lanewise.dsl.session.Session;
import dev.lanewise.runtime.data.Normalization;
import dev.lanewise.runtime.data.World;
import dev.lanewise.runtime.graph.Graph;
import dev.lanewise.runtime.graph.Interpreter;
import dev.lanewise.runtime.operation.Noise;
import dev.lanewise.runtime.plan.KernelSet;
import dev.lanewise.runtime.rewrite.Inference;
import dev.lanewise.runtime.spec.Value;
import dev.lanewise.runtime.train.Model;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnnxExporterTest {
  private static final String PYTHON = System.getProperty("lanewise.python", "python3");
  private static final Path HERE = Path.of(System.getProperty("basedir", ".")).toAbsolutePath();
  private static final Exporter.Form FORM = new Exporter.Form(21, false);

  @TempDir private Path folder;

  @Test
  void layersHaveTheirOwnOperators() throws IOException {
    Trained net = net("net A = input 3x8x8 -> conv(4, 3, pad = 1) -> batchnorm -> relu -> maxpool(2) -> dropout -> avgpool(global) -> flatten -> dense(5) -> softmax", "A");
    ModelProto model = written(net, FORM);
    assertThat(operators(model)).containsSubsequence("Conv", "BatchNormalization", "Relu", "MaxPool", "GlobalAveragePool", "Gemm", "Softmax").doesNotContain("Dropout", "Sub");
    assertThat(model.getGraph().getInput(0).getName()).isEqualTo("input");
    assertThat(model.getGraph().getInput(0).getType().getTensorType().getShape().getDim(0).getDimParam()).isEqualTo("batch");
    assertThat(model.getGraph().getInitializerList()).extracting(t -> t.getName()).contains("conv1.weight", "batchnorm1.running_var", "dense1.bias");
    assertThat(model.getMetadataPropsList()).anySatisfy(p -> {
      assertThat(p.getKey()).isEqualTo("script");
      assertThat(p.getValue()).isEqualTo(net.source().text());
    });
  }

  @Test
  void theFileMayBringExamplesToScale() throws IOException {
    Trained net = net("net A = input 2x3x3 -> conv(4, 3) -> flatten", "A");
    World world = new World(new World.Input.Numbers(), new Normalization(new float[] {1, 2}, new float[] {3, 4}), new World.Output.Numbers(List.of(), Optional.empty()));
    Trained inWorld = new Trained(net.net(), net.model(), 7, net.source(), null, Optional.of(world));
    assertThat(operators(written(inWorld, FORM))).doesNotContain("Sub", "Div");
    assertThat(operators(written(inWorld, new Exporter.Form(17, true)))).containsSubsequence("Sub", "Div", "Conv");
  }

  /** No name is given twice, and each is there before it is read. */
  @Test
  void everythingIsThereBeforeItIsRead() throws IOException {
    for (Trained net : all()) {
      ModelProto model = written(net, FORM);
      Set<String> known = new HashSet<>(Set.of(""));
      model.getGraph().getInputList().forEach(i -> assertThat(known.add(i.getName())).isTrue());
      model.getGraph().getInitializerList().forEach(i -> assertThat(known.add(i.getName())).isTrue());
      for (NodeProto node : model.getGraph().getNodeList()) {
        assertThat(known).as(net.net().name() + " " + node.getName()).containsAll(node.getInputList());
        node.getOutputList().forEach(o -> assertThat(known.add(o)).as(o).isTrue());
      }
      assertThat(model.getGraph().getOutputCount()).isEqualTo(1 + net.net().heads().size());
    }
  }

  /** All layers and all samples: the numbers of ONNX Runtime are those of the naive formulas. */
  @Test
  void runsAsOnnxRuntimeHasIt() throws IOException, InterruptedException {
    Assumptions.assumeTrue(hasRuntime(), PYTHON + " has no onnxruntime: what is written is not run (-Dlanewise.python= names another)");
    for (Trained net : all()) {
      Graph graph = Inference.of(net.model().graph());
      if (graph.nodes().stream().noneMatch(n -> n.operation() instanceof Noise)) {
        Path file = folder.resolve(net.source().name().replaceFirst(".*/", "").replace(".net", "") + "-" + net.net().name() + ".onnx");
        new OnnxExporter().write(net, FORM, file);
        Files.writeString(Path.of(file.toString().replace(".onnx", ".txt")), numbers(net.model(), graph));
      }
    }
    Path said = folder.resolve("said");
    int status = new ProcessBuilder(PYTHON, HERE.resolve("src/test/python/onnx_runtime.py").toString(), folder.toString())
        .redirectErrorStream(true).redirectOutput(said.toFile()).start().waitFor();
    System.out.println(Files.readString(said));
    assertThat(status).as(Files.readString(said)).isZero();
  }

  /** Three examples and what the formulas make of them; where 0 is padding, the second one ends with it. */
  private static String numbers(Model model, Graph graph) {
    Interpreter interpreter = new Interpreter(graph);
    graph.parameters().forEach(p -> interpreter.set(p.value(), doubles(model.values(p.name()))));
    Random random = new Random(3);
    StringBuilder text = new StringBuilder();
    for (int example = 0; example < 3; example++) {
      Map<Value, double[]> in = new LinkedHashMap<>();
      for (Value value : graph.inputs()) {
        int bound = graph.bound(value);
        double[] numbers = new double[value.shape().size()];
        Arrays.setAll(numbers, _ -> bound > 0 ? random.nextInt(bound) : random.nextGaussian());
        if (bound > 0 && example == 1) {
          Arrays.fill(numbers, numbers.length / 2, numbers.length, 0);
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

  private static String line(String name, double[] numbers) {
    return name.replace("1/n", "weight") + Arrays.stream(numbers).mapToObj(n -> " " + n).collect(Collectors.joining()) + "\n";
  }

  private static double[] doubles(float[] values) {
    double[] doubles = new double[values.length];
    Arrays.setAll(doubles, i -> values[i]);
    return doubles;
  }

  private ModelProto written(Trained net, Exporter.Form form) throws IOException {
    Path file = folder.resolve("net.onnx");
    new OnnxExporter().write(net, form, file);
    return ModelProto.parseFrom(Files.readAllBytes(file));
  }

  private static List<String> operators(ModelProto model) {
    return model.getGraph().getNodeList().stream().map(NodeProto::getOpType).toList();
  }

  /** The networks of the samples, and those of all layers, with their first values. */
  private static List<Trained> all() throws IOException {
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

  private static Trained net(String script, String name) {
    return nets(new Source("a.net", script)).stream().filter(t -> t.net().name().equals(name)).findFirst().orElseThrow();
  }

  private static List<Trained> nets(Source source) {
    try (Session session = new Session(new Options(1, OptionalLong.empty(), KernelSet.VECTOR), _ -> { })) {
      List<CheckedNet> nets = session.networks(source);
      return nets.stream().map(n -> new Trained(n, Model.create(n.name(), Lowering.graph(n), 7), 7, source, null, Optional.empty())).toList();
    }
  }

  private static boolean hasRuntime() throws InterruptedException {
    try {
      return new ProcessBuilder(PYTHON, "-c", "import onnx, onnxruntime").redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
