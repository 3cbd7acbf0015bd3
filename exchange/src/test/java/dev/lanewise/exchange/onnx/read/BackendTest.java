package dev.lanewise.exchange.onnx.read;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import dev.lanewise.dsl.exchange.Importer.Imported;
import dev.lanewise.dsl.exchange.Importer.Wishes;
import dev.lanewise.exchange.draft.Fixed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * ONNX's own tests of single nodes, with their inputs and outputs. The first axis is the batch, or there is none; inputs behind the first are examples', too, or numbers that
 * are known, as weights are. {@code docs/onnx.md} says of each operator how many pass: {@code -Dlanewise.golden=rewrite} writes it.
 */
class BackendTest {
  private static final Path DATA = Path.of(System.getProperty("onnx.testdata", "/usr/share/libonnx-testdata/data"));
  private static final Path TABLE = Path.of("..", "docs", "onnx.md");
  private static final double TOLERANCE = 1e-4;
  /** Of numbers of 16 bits, which are computed with 32 here. */
  private static final double HALF = 1e-3;

  private enum Outcome {
    PASSED,
    REFUSED,
    WRONG
  }

  /** Of a folder of tests. */
  private static final class Passing {
    int passed;
    int all;

    @Override
    public String toString() {
      return passed + " of " + all;
    }
  }

  private record Told(Outcome outcome, String reason) {}

  private static final class Count {
    int passed;
    int refused;
    final Map<String, Integer> reasons = new TreeMap<>();
  }

  @Test
  void nodesGiveWhatOnnxSays() throws IOException {
    Assumptions.assumeTrue(Files.isDirectory(DATA), "ONNX's tests are not here: apt-get install libonnx-testdata");
    Map<String, Count> counts = new TreeMap<>();
    List<String> wrong = new ArrayList<>();
    Map<String, Passing> groups = new TreeMap<>();
    for (String group : List.of("node", "pytorch-operator", "pytorch-converted", "simple")) {
      try (Stream<Path> folders = Files.list(DATA.resolve(group))) {
        for (Path folder : folders.filter(f -> Files.exists(f.resolve("model.onnx"))).sorted().toList()) {
          ModelProto model = ModelProto.parseFrom(Files.readAllBytes(folder.resolve("model.onnx")));
          Told told = told(folder, model);
          String name = group.equals("node") ? operator(model) : group;
          Count count = counts.computeIfAbsent(name, _ -> new Count());
          Passing passing = groups.computeIfAbsent(group, _ -> new Passing());
          passing.all++;
          switch (told.outcome()) {
            case PASSED -> {
              count.passed++;
              passing.passed++;
            }
            case REFUSED -> {
              count.refused++;
              count.reasons.merge(told.reason(), 1, Integer::sum);
            }
            case WRONG -> wrong.add(group + "/" + folder.getFileName() + ": " + told.reason());
          }
        }
      }
    }
    assertThat(wrong).isEmpty();
    String table = table(counts, groups);
    if ("rewrite".equals(System.getProperty("lanewise.golden"))) {
      Files.writeString(TABLE, table);
    }
    assertThat(TABLE).hasContent(table);
  }

  private static String operator(ModelProto model) {
    List<String> operators = model.getGraph().getNodeList().stream().map(n -> n.getOpType()).distinct().toList();
    return operators.size() == 1 ? operators.getFirst() : operators.isEmpty() ? "?" : "several";
  }

  private static String table(Map<String, Count> counts, Map<String, Passing> groups) {
    int passed = groups.values().stream().mapToInt(g -> g.passed).sum(), all = groups.values().stream().mapToInt(g -> g.all).sum();
    StringBuilder text = new StringBuilder("# Operators of ONNX\n\nWhat `lanewise import` makes of the operators of ONNX: of its own tests (" + all + " models of version 1.12) " + passed
        + " give the same numbers, the others are\nrefused with a reason. None gives other numbers. Of the single operators (`node`) these are " + groups.get("node") + ", of what PyTorch once exported " + groups.get("pytorch-converted")
        + "\n(`pytorch-converted`) and " + groups.get("pytorch-operator") + " (`pytorch-operator`). This page is written by `BackendTest`.\n\n| operator | passed | refused | most frequent reason |\n|---|---|---|---|\n");
    counts.forEach((name, c) -> {
      String reason = c.reasons.entrySet().stream().max(Map.Entry.comparingByValue()).map(Map.Entry::getKey).orElse("");
      text.append("| ").append(name).append(" | ").append(c.passed).append(" | ").append(c.refused).append(" | ").append(reason.replace("|", "\\|")).append(" |\n");
    });
    return text.toString();
  }

  private static Told told(Path folder, ModelProto model) throws IOException {
    if (Stream.concat(model.getGraph().getInputList().stream(), model.getGraph().getOutputList().stream())
        .anyMatch(v -> v.getType().getTensorType().getElemType() == TensorProto.DataType.BFLOAT16.getNumber())) {
      return new Told(Outcome.REFUSED, "its numbers are of 16 bits, which the test has as whole ones");
    }
    List<Fixed> inputs = tensors(folder, "input_", inputs(model.getGraph()).size());
    List<Fixed> outputs = tensors(folder, "output_", model.getGraph().getOutputCount());
    if (inputs == null || outputs == null || inputs.isEmpty()) {
      return new Told(Outcome.REFUSED, "its inputs or outputs are no tensors of numbers");
    }
    Told last = null;
    for (boolean single : new boolean[] {false, true}) {
      for (boolean known : new boolean[] {false, true}) {
        Told told = tried(model, inputs, outputs, single, known);
        if (told.outcome() != Outcome.REFUSED) {
          return told;
        }
        last = last == null || known && !single ? told : last;
      }
    }
    return last;
  }

  /** What is given to a graph. */
  private static List<String> inputs(GraphProto graph) {
    List<String> known = graph.getInitializerList().stream().map(TensorProto::getName).toList();
    return graph.getInputList().stream().map(i -> i.getName()).filter(n -> !known.contains(n)).toList();
  }

  private static List<Fixed> tensors(Path folder, String name, int count) throws IOException {
    List<Fixed> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Path file = folder.resolve("test_data_set_0").resolve(name + i + ".pb");
      if (!Files.exists(file)) {
        return null;
      }
      try {
        all.add(new Tensors(folder).read(TensorProto.parseFrom(Files.readAllBytes(file))));
      } catch (RuntimeException | IOException e) {
        return null;
      }
    }
    return all;
  }

  /** @param single without a batch @param known inputs behind the first are weights */
  private static Told tried(ModelProto model, List<Fixed> inputs, List<Fixed> outputs, boolean single, boolean known) throws IOException {
    GraphProto.Builder graph = model.getGraph().toBuilder();
    int lives = known ? 1 : inputs.size();
    for (int i = lives; i < inputs.size(); i++) {
      graph.addInitializer(initializer(inputs(model.getGraph()).get(i), inputs.get(i)));
    }
    int examples = single || inputs.getFirst().rank() == 0 ? 1 : inputs.getFirst().dim(0);
    for (int i = 0; i < lives && !single; i++) {
      if (inputs.get(i).rank() == 0 || inputs.get(i).dim(0) != examples) {
        return new Told(Outcome.REFUSED, "examples meet what is no example");
      }
    }
    int opset = (int) model.getOpsetImportList().stream().filter(o -> o.getDomain().isEmpty()).mapToLong(o -> o.getVersion()).findFirst().orElse(0);
    if (opset < 1) {
      return new Told(Outcome.REFUSED, "operators of version " + opset);
    }
    Imported imported;
    try {
      imported = new Reading(graph.build(), opset, new Tensors(Path.of(".")), new Wishes("Net", Map.of(), single)).read("Net");
    } catch (RuntimeException e) {
      return new Told(Outcome.WRONG, e + " at " + Arrays.stream(e.getStackTrace()).limit(4).toList());
    }
    if (!imported.refusals().isEmpty()) {
      return new Told(Outcome.REFUSED, imported.refusals().getFirst().reason());
    }
    if (!imported.notes().isEmpty()) {
      return new Told(Outcome.REFUSED, "the examples are not along the first axis of what comes out");
    }
    Run run;
    try {
      run = Run.of(imported);
    } catch (AssertionError e) {
      return new Told(Outcome.WRONG, e.getMessage());
    }
    for (int example = 0; example < examples; example++) {
      int e = example;
      List<double[]> found = run.outputs(inputs.subList(0, lives).stream().map(f -> part(f, e, examples)).toList());
      for (int o = 0; o < outputs.size(); o++) {
        double apart = Run.difference(found.get(o), part(outputs.get(o), e, examples));
        boolean half = model.getGraph().getOutput(o).getType().getTensorType().getElemType() == TensorProto.DataType.FLOAT16.getNumber();
        if (!(apart < (half ? HALF : TOLERANCE))) {
          return new Told(Outcome.WRONG, apart + (single ? " single" : "") + (known ? " known" : "") + "\n" + imported.text());
        }
      }
    }
    return new Told(Outcome.PASSED, "");
  }

  private static double[] part(Fixed all, int example, int examples) {
    int size = all.size() / examples;
    return IntStream.range(example * size, (example + 1) * size).mapToDouble(all::at).toArray();
  }

  private static TensorProto initializer(String name, Fixed value) {
    TensorProto.Builder made = TensorProto.newBuilder().setName(name);
    Arrays.stream(value.dims()).forEach(made::addDims);
    if (value.isWhole()) {
      made.setDataType(TensorProto.DataType.INT64.getNumber());
      Arrays.stream(value.wholes()).forEach(made::addInt64Data);
    } else {
      made.setDataType(TensorProto.DataType.FLOAT.getNumber());
      for (float v : value.numbers()) {
        made.addFloatData(v);
      }
    }
    return made.build();
  }
}
