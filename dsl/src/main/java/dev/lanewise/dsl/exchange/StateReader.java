package dev.lanewise.dsl.exchange;

import dev.lanewise.runtime.file.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/** Reads parameters by their names, of a file that does not say what network they belong to. A module that can do so is found by its service. */
public interface StateReader {
  /** How names of such files end. */
  List<String> endings();

  /** @throws IOException if the file is missing, or none of its kind, with what is wrong */
  List<Tensor> read(Path file) throws IOException;

  /** The one for a file. */
  static Optional<StateReader> named(String file) {
    return ServiceLoader.load(StateReader.class).stream().map(ServiceLoader.Provider::get).filter(r -> r.endings().stream().anyMatch(file::endsWith)).findFirst();
  }
}
