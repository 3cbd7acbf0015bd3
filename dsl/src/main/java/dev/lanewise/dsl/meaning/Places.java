package dev.lanewise.dsl.meaning;

import dev.lanewise.dsl.diagnostic.Source;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where the files are that a script names. All paths count from the script's folder; those of statements that are typed, from the working
 * folder. Data that is not there is looked for in the working folder, too.
 */
public record Places(Source script) {
  private boolean isFile() {
    return !script.isPrompt() && !script.name().equals("stdin") && !script.name().equals("-e");
  }

  /**
   * A file that is written, or read back.
   *
   * @throws java.nio.file.InvalidPathException if that is no file name
   */
  public Path of(String name) {
    return isFile() ? Path.of(script.name()).resolveSibling(name) : Path.of(name);
  }

  /** The same, for one that is read back. */
  public Place place(String name) {
    return new Place(of(name), Path.of(name));
  }

  /** A file or folder of data. */
  public Path data(String name) {
    Place place = place(name);
    return place.isElsewhere() ? place.before() : place.path();
  }

  /** Empty for an empty name. */
  public Optional<Path> optionalData(String name) {
    return name.isEmpty() ? Optional.empty() : Optional.of(data(name));
  }

  /** The folder of a data set that comes with Lanewise, or lies where such are looked for. */
  public Path known(String kind) {
    List<Path> places = new ArrayList<>();
    String samples = System.getProperty("lanewise.samples");
    if (samples != null) {
      places.add(Path.of(samples, kind));
    }
    if (isFile()) {
      places.add(of(kind).toAbsolutePath());
    }
    places.add(Path.of("samples", kind));
    return places.stream().filter(Files::isDirectory).findFirst().orElse(places.getLast());
  }
}
