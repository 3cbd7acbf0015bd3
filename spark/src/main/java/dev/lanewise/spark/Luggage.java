package dev.lanewise.spark;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** What executors on other machines get: the classes of this program that Spark does not have, and the options that this JVM was started with for the sake of its kernels. */
final class Luggage {
  /** Begin with these: what kernels and their compilation want of a JVM. How much memory an executor has is Spark's own setting. */
  private static final List<String> OF_KERNELS =
      List.of("--add-modules", "-XX:CompileCommand", "-XX:+UseG1GC", "-XX:G1HeapRegionSize", "-XX:CICompilerCount", "-Dlanewise.early", "-Dlanewise.samples");
  private static final String LANES = "--add-modules=jdk.incubator.vector";

  private Luggage() {}

  /** Jars of the class path without Spark and what came with it; folders of classes as jars of their own. */
  static List<String> jars() {
    try {
      List<String> jars = new ArrayList<>();
      for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
        Path path = Path.of(entry).toAbsolutePath();
        if (Files.isDirectory(path) && Files.isDirectory(path.resolve("dev/lanewise"))) {
          jars.add(packed(path).toString());
        } else if (Files.isRegularFile(path) && isNeeded(path)) {
          jars.add(path.toString());
        }
      }
      return jars;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ours, and the libraries of the language and its runtime. */
  private static boolean isNeeded(Path jar) throws IOException {
    if (!jar.toString().endsWith(".jar")) {
      return false;
    }
    try (JarFile file = new JarFile(jar.toFile())) {
      return Stream.of("dev/lanewise", "org/antlr/v4/runtime", "de/siegmar/fastcsv").anyMatch(p -> file.getEntry(p + "/") != null || file.stream().anyMatch(e -> e.getName().startsWith(p + "/")));
    }
  }

  private static Path packed(Path folder) throws IOException {
    Path jar = Files.createTempFile("lanewise", ".jar");
    jar.toFile().deleteOnExit();
    try (OutputStream out = Files.newOutputStream(jar); ZipOutputStream zip = new ZipOutputStream(out); Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        zip.putNextEntry(new ZipEntry(folder.relativize(file).toString().replace(File.separatorChar, '/')));
        Files.copy(file, zip);
        zip.closeEntry();
      }
    }
    return jar;
  }

  /** Options of an executor's JVM. @param folder in which it counts as standing */
  static String options(Path folder) {
    List<String> given = ManagementFactory.getRuntimeMXBean().getInputArguments();
    Stream<String> kernels = given.stream().filter(o -> OF_KERNELS.stream().anyMatch(o::startsWith));
    return Stream.concat(Stream.of(LANES, "-Dlanewise.folder=" + folder), kernels.filter(o -> !o.equals(LANES))).map(Luggage::quoted).collect(Collectors.joining(" "));
  }

  /** As a shell would want it, which Spark reads like. */
  private static String quoted(String option) {
    return option.matches("[\\w./:=+,-]*") ? option : "\"" + option.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }
}
