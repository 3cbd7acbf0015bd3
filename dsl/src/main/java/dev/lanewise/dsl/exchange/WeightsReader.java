package dev.lanewise.dsl.exchange;

import dev.lanewise.runtime.file.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.Collectors;

/**
 * Reads weights that another program has written without their network. A module that can do so is found by its service.
 *
 * <pre>{@code WeightsReader.named("net.pt").orElseThrow().read(Path.of("net.pt")) }</pre>
 */
public interface WeightsReader {
  /** How names of such files end. */
  List<String> endings();

  /** @throws IOException if the file is missing, none of its kind, damaged, or wants something run */
  List<Tensor> read(Path file) throws IOException;

  /** All that there are. */
  static List<WeightsReader> all() {
    return ServiceLoader.load(WeightsReader.class).stream().map(ServiceLoader.Provider::get).collect(Collectors.toList());
  }

  /** The one for a file. */
  static Optional<WeightsReader> named(String file) {
    return all().stream().filter(r -> r.endings().stream().anyMatch(file::endsWith)).findFirst();
  }
}
