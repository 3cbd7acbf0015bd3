package dev.lanewise.dsl.exchange;

import dev.lanewise.dsl.meaning.Trained;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.Collectors;

/**
 * Writes a network as another program reads it. A module that can do so is found by its service.
 *
 * <pre>{@code Exporter.named("net.onnx").orElseThrow().write(trained, new Exporter.Form(21, false), Path.of("net.onnx")) }</pre>
 */
public interface Exporter {
  /**
   * How it is written.
   *
   * @param opset the version of the operators
   * @param normalizes whether the file itself brings examples to the scale that the network has learnt
   */
  record Form(int opset, boolean normalizes) {}

  /** How names of such files end. */
  String ending();

  void write(Trained net, Form form, Path to) throws IOException;

  /** All that there are. */
  static List<Exporter> all() {
    return ServiceLoader.load(Exporter.class).stream().map(ServiceLoader.Provider::get).collect(Collectors.toList());
  }

  /** The one for a file. */
  static Optional<Exporter> named(String file) {
    return all().stream().filter(e -> file.endsWith(e.ending())).findFirst();
  }
}
