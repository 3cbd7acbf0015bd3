package dev.lanewise.repl.bench;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The process that measures: starts it, reads what it tells line by line, and ends it with all that it has started. */
public final class Benchmarks {
  /** What comes of measuring, as it does. */
  public interface Listener {
    /** So many are to come. */
    void total(int count);

    /** The next one, with its parameters. */
    void next(String name);

    void measured(List<Measured> results);

    /** What JMH says where something failed. */
    void note(String text);
  }

  /** A question one may ask for. */
  public record Topic(String name, int count, String question) {}

  private static final String MAIN = "dev.lanewise.benchmarks.Measure";

  private final List<String> command;
  private volatile Process process;
  private volatile boolean stopped;

  /**
   * @param java the program
   * @param classPath of the benchmarks, and of the peers if they are asked
   * @param cache where LibTorch unpacks itself
   */
  public Benchmarks(Path java, String classPath, Path cache) {
    // What JMH's own Java is told, it tells those that measure. JMH reads fields as Java wants to forbid one day; LibTorch misses a log.
    this.command = List.of(java.toString(), "--sun-misc-unsafe-memory-access=allow", "-Dslf4j.internal.verbosity=ERROR",
        "-DENGINE_CACHE_DIR=" + cache, "-cp", classPath);
  }

  /** Those of a checkout, as it builds them. */
  public static Benchmarks of(Path java, Path checkout, boolean peers) {
    Path target = checkout.resolve("benchmarks").resolve("target");
    String withPeers = target.resolve("with-peers/classes") + File.pathSeparator + target.resolve("with-peers/peers") + "/*";
    return new Benchmarks(java, peers ? withPeers : target.resolve("benchmarks.jar").toString(), target.resolve("djl"));
  }

  /** @throws IOException if the process cannot be started */
  public List<Topic> topics() throws IOException {
    List<Topic> topics = new ArrayList<>();
    run(List.of(MAIN, "list"), line -> {
      if (line.startsWith("topic ")) {
        String[] parts = line.split(" ", 4);
        topics.add(new Topic(parts[1], Integer.parseInt(parts[2]), parts[3]));
      }
    });
    return topics;
  }

  /**
   * Measures until all is measured or {@link #stop} is called.
   *
   * @param length {@code full}, {@code quick} or {@code shortest}
   * @return whether all went well
   */
  public boolean measure(String length, List<String> topics, Listener listener) throws IOException {
    List<String> arguments = new ArrayList<>();
    if (!length.equals("full")) {
      // Short measurements begin when all is compiled, however busy the machine.
      arguments.add("-XX:-BackgroundCompilation");
    }
    arguments.addAll(List.of(MAIN, length));
    arguments.addAll(topics);
    return run(arguments, line -> tell(line, listener)) == 0;
  }

  private static void tell(String line, Listener listener) {
    String[] kind = line.split(" ", 2);
    switch (kind[0]) {
      case "total" -> listener.total(Integer.parseInt(kind[1]));
      case "next" -> listener.next(kind[1]);
      case "result" -> listener.measured(Measured.read(kind[1]));
      case "note" -> listener.note(kind[1]);
      default -> listener.note(line);
    }
  }

  private int run(List<String> arguments, Consumer<String> lines) throws IOException {
    List<String> words = new ArrayList<>(command);
    words.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().remove("LANEWISE_STDERR");
    builder.environment().put("OPENBLAS_NUM_THREADS", "1");
    if (hasAvx512()) {
      // OpenBLAS would take older kernels on processors younger than itself.
      builder.environment().put("OPENBLAS_CORETYPE", "SkylakeX");
    }
    process = builder.start();
    Thread ending = new Thread(this::stop);
    Runtime.getRuntime().addShutdownHook(ending);
    try (BufferedReader told = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = told.readLine(); line != null; line = told.readLine()) {
        lines.accept(line);
      }
      return process.waitFor();
    } catch (InterruptedException | IOException ended) {
      stop();
      return 1;
    } finally {
      if (!stopped) {
        Runtime.getRuntime().removeShutdownHook(ending);
      }
    }
  }

  private static boolean hasAvx512() throws IOException {
    Path processor = Path.of("/proc/cpuinfo");
    return Files.isReadable(processor) && Files.readString(processor).contains("avx512f");
  }

  /** Ends the process that measures, and the one that it measures in. */
  public void stop() {
    stopped = true;
    Process running = process;
    if (running != null) {
      running.descendants().forEach(ProcessHandle::destroy);
      running.destroy();
    }
  }

  public boolean isStopped() {
    return stopped;
  }
}
