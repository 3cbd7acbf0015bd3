package dev.lanewise.exchange.keras;

import dev.lanewise.dsl.exchange.Importer;
import dev.lanewise.exchange.onnx.read.OnnxImporter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/** Models of Keras 3 and 2 as scripts. */
public final class KerasImporter implements Importer {
  @Override
  public List<String> endings() {
    return List.of(".keras", ".h5", ".hdf5");
  }

  @Override
  public Imported read(Path file, Wishes wishes) throws IOException {
    KerasFile model = KerasFile.of(file);
    Sketch sketch = new Sketch();
    Layers layers = new Layers(sketch, model.weights(), model.early());
    try {
      new Models(sketch, layers).read(model.model());
    } catch (ClassCastException | IndexOutOfBoundsException | ArithmeticException | NegativeArraySizeException e) {
      throw new IOException(file + " describes no model of Keras that can be read", e);
    }
    Imported made = OnnxImporter.of(sketch.graph(), Sketch.OPSET, file, wishes);
    // What is told is told of the layers, as the file has them.
    List<Refusal> refusals = new ArrayList<>(new LinkedHashSet<>(made.refusals().stream().map(r -> told(r, layers)).toList()));
    List<String> notes = new ArrayList<>(made.notes());
    notes.addAll(layers.notes());
    return refusals.isEmpty() ? new Imported(made.net(), made.text(), made.weights(), notes, List.of()) : Imported.refused(made.net(), refusals);
  }

  private static Refusal told(Refusal refusal, Layers layers) {
    Map<String, String> kinds = layers.kinds(), reasons = layers.reasons();
    return new Refusal(refusal.node(), kinds.getOrDefault(refusal.node(), refusal.operator()), reasons.getOrDefault(refusal.node(), refusal.reason()));
  }
}
