package dev.lanewise.dsl.check;

import dev.lanewise.dsl.diagnostic.Source;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Where the data files are that a script names: beside it, or else in the working directory. */
record Places(Source script) {
  private boolean isFile() {
    return !script.isPrompt() && !script.name().equals("stdin") && !script.name().equals("-e");
  }

  /**
   * @throws java.nio.file.InvalidPathException if that is no file name
   */
  Path of(String name) {
    Path beside = isFile() ? Path.of(script.name()).resolveSibling(name) : Path.of(name);
    return Files.exists(beside) ? beside : Path.of(name);
  }

  /** Empty for an empty name. */
  Optional<Path> optional(String name) {
    return name.isEmpty() ? Optional.empty() : Optional.of(of(name));
  }

  /** The folder of a data set that comes with Lanewise, or lies where such are looked for. */
  Path known(String kind) {
    List<Path> places = new ArrayList<>();
    String samples = System.getProperty("lanewise.samples");
    if (samples != null) {
      places.add(Path.of(samples, kind));
    }
    if (isFile()) {
      places.add(Path.of(script.name()).toAbsolutePath().resolveSibling(kind));
    }
    places.add(Path.of("samples", kind));
    return places.stream().filter(Files::isDirectory).findFirst().orElse(places.getLast());
  }
}
