package dev.lanewise.repl;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/** A folder as the launcher builds it, with the classes of this test run as its modules. */
public final class InstalledLauncher {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  private InstalledLauncher() {}

  /** @return the launcher in it */
  public static Path in(Path root) throws IOException {
    Files.createDirectories(root);
    Path launcher = Files.copy(ROOT.resolve("lanewise"), root.resolve("lanewise"), StandardCopyOption.COPY_ATTRIBUTES);
    Path scripts = Files.createDirectories(root.resolve("repl/src/main/sh"));
    for (Path script : filesIn(ROOT.resolve("repl/src/main/sh"))) {
      Files.copy(script, scripts.resolve(script.getFileName()));
    }
    Path modules = Files.createDirectories(modules(root));
    for (String part : System.getProperty("java.class.path").split(File.pathSeparator)) {
      copy(Path.of(part), modules);
    }
    Files.createFile(modules.resolve(".built"));
    return launcher;
  }

  static Path modules(Path root) {
    return root.resolve("repl/target/modules");
  }

  private static List<Path> filesIn(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.toList();
    }
  }

  /** Into the folder of modules, unless it is one of the tests' own; a folder of classes as a jar. */
  private static void copy(Path module, Path modules) throws IOException {
    String file = module.getFileName().toString();
    if (file.equals("classes")) {
      String name = "lanewise-" + module.toAbsolutePath().getParent().getParent().getFileName() + "-classes.jar";
      try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(modules.resolve(name))); Stream<Path> all = Files.walk(module)) {
        for (Path p : (Iterable<Path>) all.filter(Files::isRegularFile)::iterator) {
          jar.putNextEntry(new JarEntry(module.relativize(p).toString().replace(File.separatorChar, '/')));
          Files.copy(p, jar);
        }
      }
    } else if (file.matches("(lanewise-(runtime|dsl|exchange|repl)|antlr4-runtime|fastcsv|jline|picocli|jackson-core|imageio-(webp|core|metadata)|common-(lang|io|image)|hardwood-core|snappy-java|zstd-jni)-.*\\.jar")) {
      Files.copy(module, modules.resolve(file));
    }
  }
}
