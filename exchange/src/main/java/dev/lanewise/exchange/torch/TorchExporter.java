package dev.lanewise.exchange.torch;

import dev.lanewise.dsl.exchange.Exporter;
import dev.lanewise.dsl.lower.InUnit;
import dev.lanewise.dsl.meaning.CheckedNet;
import dev.lanewise.dsl.meaning.Trained;
import dev.lanewise.runtime.data.Field;
import dev.lanewise.runtime.data.Normalization;
import dev.lanewise.runtime.data.World;
import dev.lanewise.runtime.file.AtomicFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** PyTorch: the parameters as a state_dict, and beside them a program that defines the module they belong to. */
public final class TorchExporter implements Exporter {
  @Override
  public String ending() {
    return ".safetensors";
  }

  @Override
  public void write(Trained net, Form form, Path to) throws IOException {
    byte[] program = program(net, form, to.getFileName().toString()).getBytes(StandardCharsets.UTF_8);
    AtomicFile.write(program(to), channel -> AtomicFile.writeFully(channel, ByteBuffer.wrap(program)));
    net.save(to);
  }

  /** Beside {@code net.safetensors}: {@code net.py}. */
  static Path program(Path parameters) {
    return parameters.resolveSibling(parameters.getFileName().toString().replaceFirst("\\.safetensors$", "") + ".py");
  }

  static String program(Trained trained, Form form, String parameters) {
    CheckedNet net = trained.net();
    List<String> inputs = net.inputs().stream().map(TorchExporter::name).toList();
    Lines lines = new Lines(inputs);
    Functions functions = new Functions(lines);
    Modules modules = new Modules(functions);
    List<Tensor> values = new ArrayList<>();
    for (CheckedNet.Layer layer : net.layers()) {
      if (values.isEmpty()) {
        values.add(scaled(net.first(), trained, form, functions));
      }
      values.add(layer(net, layer, values, modules));
    }
    List<String> outputs = outputs(trained, values, functions);
    lines.add("return " + String.join(", ", outputs));
    return text(net, parameters, inputs, modules, lines);
  }

  private static Tensor layer(CheckedNet net, CheckedNet.Layer layer, List<Tensor> values, Modules modules) {
    return layer.computation() instanceof dev.lanewise.runtime.operation.Given
        ? Tensor.of(Lines.identifier(layer.name()), layer.output().dims())
        : modules.layer(layer, layer.inputs().stream().map(values::get).toList());
  }

  private static String name(Field input) {
    return input.name().isEmpty() ? "input" : Lines.identifier(input.name());
  }

  private static Tensor scaled(Field first, Trained trained, Form form, Functions functions) {
    Tensor x = Tensor.of(name(first), first.shape().dims());
    if (!form.normalizes() || trained.world().isEmpty() || first.isWhole()) {
      return x;
    }
    Normalization n = trained.world().get().normalization();
    return functions.line("scaled", "(" + x.text() + " - " + numbers(n.mean(), x.dims().size()) + ") / " + numbers(n.std(), x.dims().size()), x.dims());
  }

  private static String numbers(float[] values, int rank) {
    String list = Arrays.toString(values);
    return "torch.tensor(" + list + ")" + (rank > 1 ? ".reshape(-1" + ", 1".repeat(rank - 1) + ")" : "");
  }

  private static List<String> outputs(Trained trained, List<Tensor> values, Functions functions) {
    CheckedNet net = trained.net();
    List<Integer> numbers = new ArrayList<>(List.of(net.result()));
    net.heads().forEach(h -> numbers.add(h.value()));
    Map<Integer, Normalization> units = trained.world().map((World w) -> InUnit.units(net, w)).orElse(Map.of());
    List<String> outputs = new ArrayList<>();
    for (int i = 0; i < numbers.size(); i++) {
      Tensor made = functions.each(values.get(numbers.get(i)));
      Normalization unit = units.get(i);
      outputs.add(unit == null ? made.text() : functions.line("in_its_unit", made.text() + " * " + numbers(unit.std(), made.dims().size()) + " + " + numbers(unit.mean(), made.dims().size()), made.dims()).text());
    }
    return outputs;
  }

  private static String text(CheckedNet net, String parameters, List<String> inputs, Modules modules, Lines lines) {
    String name = Lines.identifier(net.name());
    boolean waves = lines.all().stream().anyMatch(l -> l.contains("sine_positions("));
    return """
        \"""The network %s as a PyTorch module; written by Lanewise. Its parameters lie in %s.\"""
        import torch
        import torch.nn.functional as F
        from torch import nn


        %s%sclass %s(nn.Module):
            def __init__(self):
                super().__init__()
        %s
            def forward(self, %s):
        %s

        if __name__ == "__main__":
            from safetensors.torch import load_file

            model = %s()
            model.load_state_dict(%s)
            model.eval()
            print(model)
        """.formatted(
        net.name(), parameters, waves ? WAVES : "", renaming(modules.renamed()), name, modules.made().stream().map(l -> "        " + l + "\n").collect(Collectors.joining()), String.join(", ", inputs),
        String.join("\n", lines.all()) + "\n", name, (modules.renamed().isEmpty() ? "" : "renamed(") + "load_file(\"" + parameters + "\")" + (modules.renamed().isEmpty() ? "" : ")"));
  }

  /** A word of Python cannot be the name of a part. */
  private static String renaming(Map<String, String> renamed) {
    if (renamed.isEmpty()) {
      return "";
    }
    String pairs = renamed.entrySet().stream().map(e -> "    \"" + e.getKey() + "\": \"" + e.getValue() + "\",\n").collect(Collectors.joining());
    return """
        # Parameters that are called otherwise in the file, where Python or PyTorch has that word for something else.
        RENAMED = {
        %s}


        def renamed(parameters):
            return {next((new + name[len(old):] for old, new in reversed(RENAMED.items()) if (name + ".").startswith(old + ".")), name): value for name, value in parameters.items()}


        """.formatted(pairs);
  }

  private static final String WAVES = """
      def sine_positions(places, channels):
          channel = torch.arange(channels)
          angle = torch.arange(places)[:, None] / 10000 ** ((channel - channel % 2) / channels)
          return torch.where(channel % 2 == 0, torch.sin(angle), torch.cos(angle))


      """;
}
