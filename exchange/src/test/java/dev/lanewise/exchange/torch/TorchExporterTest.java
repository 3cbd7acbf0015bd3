package dev.lanewise.exchange.torch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.dsl.exchange.Exporter;
import dev.lanewise.dsl.meaning.Trained;
import dev.lanewise.exchange.Networks;
import dev.lanewise.exchange.Python;
import dev.lanewise.runtime.graph.Graph;
import dev.lanewise.runtime.operation.Noise;
import dev.lanewise.runtime.rewrite.Inference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TorchExporterTest {
  private static final Exporter.Form FORM = new Exporter.Form(21, false);

  @TempDir private Path folder;

  @Test
  void theModuleReadsLikeOnePythonWouldWrite() {
    Trained net = Networks.net("net Small = input 1x8x8 -> conv(4, 3, pad = 1) -> batchnorm -> relu -> maxpool(2) -> dropout(0.2) -> flatten -> dense(5)", "Small");
    assertThat(TorchExporter.program(net, FORM, "small.safetensors")).contains("""
        class Small(nn.Module):
            def __init__(self):
                super().__init__()
                self.conv1 = nn.Conv2d(1, 4, 3, padding=1)
                self.batchnorm1 = nn.BatchNorm2d(4)
                self.dropout1 = nn.Dropout(0.2)
                self.dense1 = nn.Linear(64, 5)

            def forward(self, input):
                conv1 = self.conv1(input)
                batchnorm1 = self.batchnorm1(conv1)
                relu1 = F.relu(batchnorm1)
                maxpool1 = F.max_pool2d(relu1, 2)
                dropout1 = self.dropout1(maxpool1)
                flatten1 = dropout1.flatten(1)
                dense1 = self.dense1(flatten1)
                return dense1
        """);
  }

  @Test
  void aWordOfPythonIsNoNameOfAPart() {
    Trained net = Networks.net("net A { input 4; class: dense(3) -> relu; half: dense(2) }", "A");
    assertThat(TorchExporter.program(net, FORM, "a.safetensors")).contains("self.class_ = nn.Linear(4, 3)", "self.half_ = nn.Linear(3, 2)", "\"class\": \"class_\"", "renamed(load_file(\"a.safetensors\"))");
  }

  @Test
  void theProgramLiesBesideTheParameters() throws IOException {
    new TorchExporter().write(Networks.net("net A = input 4 -> dense(2)", "A"), FORM, folder.resolve("a.safetensors"));
    assertThat(folder.resolve("a.py")).content().contains("class A(nn.Module)");
    assertThat(folder.resolve("a.safetensors")).exists();
  }

  /** All layers and all samples: the numbers of PyTorch are those of the naive formulas. */
  @Test
  void runsAsPyTorchHasIt() throws IOException, InterruptedException {
    Python.assumeHas("torch, numpy");
    for (Trained net : Networks.all()) {
      Graph graph = Inference.of(net.model().graph());
      if (graph.nodes().stream().noneMatch(n -> n.operation() instanceof Noise)) {
        String name = Networks.name(net);
        new TorchExporter().write(net, FORM, folder.resolve(name + ".safetensors"));
        Files.writeString(folder.resolve(name + ".txt"), Networks.numbers(net, graph));
        Files.writeString(folder.resolve(name + ".shapes"), net.net().inputs().stream().map(f -> f.shape().toString()).collect(Collectors.joining(" ")));
      }
    }
    Python.run("torch_modules.py", folder);
  }
}
