package dev.lanewise.exchange.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.exchange.Importer.Imported;
import dev.lanewise.dsl.exchange.Importer.Wishes;
import dev.lanewise.dsl.meaning.Trained;
import dev.lanewise.dsl.run.Options;
import dev.lanewise.dsl.run.Outcome;
import dev.lanewise.dsl.session.Session;
import dev.lanewise.exchange.Networks;
import dev.lanewise.exchange.Python;
import dev.lanewise.exchange.onnx.read.OnnxImporter;
import dev.lanewise.runtime.file.Safetensors;
import dev.lanewise.runtime.plan.KernelSet;
import dev.lanewise.runtime.rewrite.Inference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model of PyTorch is taken in, trained on, and handed back. */
class FineTuneTest {
  private static final Path DIGITS = Path.of(System.getProperty("basedir", "."), "..", "samples", "mnist").toAbsolutePath().normalize();

  @TempDir private Path folder;

  @Test
  void aModelOfPyTorchIsTrainedOnAndHandedBack() throws IOException, InterruptedException {
    Python.assumeHas("torch, onnx, onnxruntime");
    Python.run("torch_cnn.py", folder);
    Imported imported = new OnnxImporter().read(folder.resolve("cnn.onnx"), new Wishes("Cnn", Map.of(), false));
    assertThat(imported.refusals()).isEmpty();
    Safetensors.write(folder.resolve("cnn.safetensors"), imported.weights(), Map.of());
    Path back = Files.createDirectory(folder.resolve("back"));
    List<String> told = new ArrayList<>();
    try (Session session = new Session(new Options(1, OptionalLong.empty(), KernelSet.VECTOR), e -> told.add(e.toString()))) {
      // The last line fails unless the loss fell.
      Outcome outcome = session.run(new Source("tune.net", imported.text() + """
          load(Cnn, "%1$s/cnn.safetensors")
          data digits = mnist("%2$s") { limit = 320; split.val = 64; normalize = auto }
          first = test(Cnn, digits)
          train Cnn on digits { epochs = 3; batch = 32; optimizer = adam(0.005) }
          save(Cnn, "%1$s/tuned.safetensors")
          export(Cnn, "%1$s/back/tuned.onnx")
          expect test(Cnn, digits).loss < 0.9 * first.loss
          """.formatted(folder, DIGITS)));
      assertThat(outcome).as(String.join("\n", told)).isEqualTo(Outcome.OK);
    }
    Trained net = Networks.net(imported.text(), "Cnn");
    net.model().assign(Safetensors.read(folder.resolve("tuned.safetensors")).tensors());
    Files.writeString(back.resolve("tuned.txt"), Networks.numbers(net, Inference.of(net.model().graph())));
    Python.run("onnx_runtime.py", back);
  }
}
