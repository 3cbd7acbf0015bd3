package dev.lanewise.dsl.meaning;

import dev.lanewise.dsl.diagnostic.OutsideException;
import dev.lanewise.dsl.diagnostic.Source;
import java.io.IOException;
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
  /** In which folder a process counts as standing that works for one which stands there; without it, that is the working folder. */
  public static final String FOLDER = "lanewise.folder";

  private static Path here(String name) {
    String folder = System.getProperty(FOLDER);
    return folder == null ? Path.of(name) : Path.of(folder).resolve(name);
  }

  private boolean isFile() {
    return !script.isPrompt() && !script.name().equals("stdin") && !script.name().equals("-e");
  }

  /**
   * A file that is written, or read back.
   *
   * @throws java.nio.file.InvalidPathException if that is no file name
   * @throws OutsideException if the script may not name it
   */
  public Path of(String name) {
    return allowed(name, isFile() ? here(script.name()).resolveSibling(name) : here(name));
  }

  /** Links are followed as far as there is something. */
  private Path allowed(String name, Path path) {
    if (!isAllowed(path)) {
      throw new OutsideException(name, script.within());
    }
    return path;
  }

  private boolean isAllowed(Path path) {
    return script.within().isEmpty() || script.within().stream().anyMatch(folder -> real(path).startsWith(real(folder)));
  }

  private static Path real(Path path) {
    Path whole = path.toAbsolutePath().normalize();
    for (Path there = whole; there != null; there = there.getParent()) {
      try {
        return there.toRealPath().resolve(there.relativize(whole)).normalize();
      } catch (IOException missing) {
        // Its folder may be there.
      }
    }
    return whole;
  }

  /** The same, for one that is read back. */
  public Place place(String name) {
    Path path = of(name);
    return new Place(path, isAllowed(here(name)) ? here(name) : path);
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
    places.add(here("samples").resolve(kind));
    return places.stream().filter(Files::isDirectory).findFirst().orElse(places.getLast());
  }
}
