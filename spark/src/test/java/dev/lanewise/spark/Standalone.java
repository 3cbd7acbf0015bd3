package dev.lanewise.spark;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** A cluster of a master and two workers on this machine, each a process of its own, with a Spark that has none of our classes. */
final class Standalone implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** Between two looks whether it is up, so that it has the processors. */
  private static final Duration GLANCE = Duration.ofMillis(50);

  private final Path home;
  private final String java;
  private final String room;
  private final List<Process> processes = new ArrayList<>();
  private final int port;
  private final int page;

  /** @param java home of the executors' Java @throws IOException if it does not come up, with what it told */
  Standalone(Path folder, String java) throws IOException {
    this(folder, java, "");
  }

  /** @param room of the folder in which a worker's executors work, as `mount` wants it; empty for what the disk has @throws IOException if it does not come up, with what it told */
  Standalone(Path folder, String java, String room) throws IOException {
    this.home = folder;
    this.java = java;
    this.room = room;
    Path jars = Files.createDirectories(home.resolve("jars"));
    List<String> ours = Luggage.jars();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      Path jar = Path.of(entry);
      if (entry.endsWith(".jar") && !ours.contains(entry)) {
        Files.createSymbolicLink(jars.resolve(jar.getFileName()), jar);
      }
    }
    this.port = free();
    this.page = free();
    try {
      start("master.Master", "--host", "127.0.0.1", "--port", "" + port, "--webui-port", "" + page);
      await(this::answers);
      for (int w = 1; w <= 2; w++) {
        Files.createDirectories(home.resolve("work" + w));
        start("worker.Worker", "--host", "127.0.0.1", "--port", "0", "--webui-port", "0", "--cores", "1", "--memory", "1g", "--work-dir", home.resolve("work" + w).toString(), address());
      }
      await(() -> told().matches("(?s).*\"aliveworkers\"\\s*:\\s*2\\b.*"));
    } catch (IOException e) {
      close();
      throw e;
    }
  }

  private static int free() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  String address() {
    return "spark://127.0.0.1:" + port;
  }

  /** Processes that do tasks at this moment. */
  List<ProcessHandle> executors() {
    return processes.stream().flatMap(p -> p.toHandle().descendants()).toList();
  }

  private void start(String what, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin/java").toString(), "-Xmx256m", "--add-opens=java.base/java.nio=ALL-UNNAMED",
        "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED", "-cp", home.resolve("jars") + "/*", "org.apache.spark.deploy." + what));
    command.addAll(List.of(arguments));
    if (!room.isEmpty() && what.startsWith("worker")) {
      command.addAll(0, List.of("unshare", "--user", "--map-root-user", "--mount", "/bin/sh", "-c", "mount -t tmpfs -o size=" + room + " tmpfs \"$0\" && exec \"$@\"", home.resolve("work" + processes.size()).toString()));
    }
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(home.resolve(what + processes.size() + ".log").toFile());
    builder.environment().put("SPARK_HOME", home.toString());
    builder.environment().put("SPARK_SCALA_VERSION", "2.13");
    builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
    builder.environment().put("JAVA_HOME", java);
    processes.add(builder.start());
  }

  private boolean answers() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress("127.0.0.1", port), 1000);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private String told() {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + page + "/json/")).timeout(Duration.ofSeconds(10)).build(), HttpResponse.BodyHandlers.ofString()).body();
    } catch (IOException e) {
      return "";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
  }

  private void await(Callable<Boolean> event) throws IOException {
    Instant end = Instant.now().plus(PATIENCE);
    try {
      while (!event.call()) {
        if (Instant.now().isAfter(end) || processes.stream().anyMatch(p -> !p.isAlive())) {
          throw new IOException("the cluster does not come up: " + logs());
        }
        LockSupport.parkNanos(GLANCE.toNanos());
      }
    } catch (IOException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException(e);
    }
  }

  /** The ends of what its processes have told. */
  String logs() throws IOException {
    StringBuilder all = new StringBuilder();
    try (Stream<Path> files = Files.walk(home)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".log") || f.endsWith("stderr")).toList()) {
        String text = Files.readString(file);
        all.append(file.getFileName()).append(": ").append(text.substring(Math.max(0, text.length() - 2000))).append('\n');
      }
    }
    return all.toString();
  }

  @Override
  public void close() {
    List<ProcessHandle> all = new ArrayList<>(executors());
    processes.forEach(p -> all.add(p.toHandle()));
    all.forEach(ProcessHandle::destroyForcibly);
    all.forEach(p -> p.onExit().join());
  }
}
