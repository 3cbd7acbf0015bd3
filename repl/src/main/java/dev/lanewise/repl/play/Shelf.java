package dev.lanewise.repl.play;

import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.diagnostic.SourceFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The scripts that a page can open: those of Lanewise, and those below a folder.
 *
 * @param folder in which the command was started
 * @param samples empty if Lanewise's own are not there
 */
record Shelf(Path folder, Optional<Path> samples) {
  private static final String ENDING = ".net";
  private static final int DEEP = 3;
  private static final int MOST = 200;

  /** Of this process. */
  static Shelf here() {
    return new Shelf(Path.of("").toAbsolutePath(), Optional.ofNullable(System.getProperty("lanewise.samples")).map(Path::of).filter(Files::isDirectory).map(Path::toAbsolutePath));
  }

  /** With the folder of a script that lies elsewhere for the folder. */
  Shelf with(Path script) {
    Path whole = script.toAbsolutePath().normalize();
    return whole.startsWith(folder) || samples.filter(s -> whole.getParent().equals(s.normalize())).isPresent() ? this : new Shelf(whole.getParent(), samples);
  }

  /** What a script of this shelf is called on it. */
  String name(Path script) {
    Path whole = script.toAbsolutePath().normalize();
    return whole.startsWith(folder) ? folder.relativize(whole).toString() : whole.getFileName().toString();
  }

  List<String> sampleNames() {
    return samples.map(s -> names(s, 1)).orElse(List.of());
  }

  /** By their paths from the folder on. */
  List<String> own() {
    return samples.filter(s -> s.equals(folder)).isPresent() ? List.of() : names(folder, DEEP);
  }

  private static List<String> names(Path folder, int deep) {
    try (Stream<Path> files = Files.walk(folder, deep)) {
      return files.filter(f -> f.toString().endsWith(ENDING) && Files.isRegularFile(f) && !folder.relativize(f).toString().startsWith(".")).limit(MOST).map(f -> folder.relativize(f).toString()).sorted().toList();
    } catch (IOException | java.io.UncheckedIOException unreadable) {
      return List.of();
    }
  }

  /** What a script is about: its first comment. */
  String title(String sample) {
    try {
      return text(samples.orElseThrow().resolve(sample)).lines().findFirst().filter(l -> l.startsWith("#")).map(l -> l.replaceFirst("^#+\\s*", "")).orElse("");
    } catch (Refusal unreadable) {
      return "";
    }
  }

  /** @throws Refusal if there is none */
  Source open(String name) {
    if (sampleNames().contains(name) && !own().contains(name)) {
      return source(name, text(samples.orElseThrow().resolve(name)));
    }
    Path path = inside(name);
    return source(name, text(path));
  }

  private Path inside(String name) {
    try {
      Path path = folder.resolve(name).normalize();
      if (path.startsWith(folder) && name.endsWith(ENDING) && Files.isRegularFile(path) && path.toRealPath().startsWith(folder.toRealPath())) {
        return path;
      }
    } catch (IOException | InvalidPathException none) {
      // The same answer.
    }
    throw Refusal.of("there is no script `" + name + "` here", "scripts end with .net, and lie below the folder in which lanewise was started");
  }

  private static String text(Path path) {
    try {
      return SourceFile.read(path).text();
    } catch (SourceFile.Unreadable e) {
      throw Refusal.of(e.getMessage(), "");
    }
  }

  /** A script of a page: it may name files in these folders alone. */
  Source source(String name, String text) {
    List<Path> within = new ArrayList<>(List.of(folder));
    samples.ifPresent(within::add);
    Path place = sampleNames().contains(name) && !Files.exists(folder.resolve(name)) ? samples.orElseThrow().resolve(name) : folder.resolve(name.isEmpty() ? "play.net" : name);
    return new Source(place.toString(), text, false, within);
  }
}
