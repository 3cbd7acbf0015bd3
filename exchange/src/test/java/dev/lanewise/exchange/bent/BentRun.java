package dev.lanewise.exchange.bent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Bends files and reads them, in a JVM with little memory: says of each that fails which it was, and at last how many were read, refused or wrong. */
final class BentRun {
  /** Of a file of a few kB: whatever takes so long would take for ever. */
  private static final int PATIENCE = 60;

  private BentRun() {}

  /** @param args where straight files are, a folder for bent ones, the first seed, how many */
  public static void main(String[] args) throws Exception {
    Path resources = Path.of(args[0]), folder = Path.of(args[1]);
    Map<String, Integer> outcomes = new TreeMap<>();
    try (ExecutorService reader = Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().factory())) {
      for (int seed = Integer.parseInt(args[2]), end = seed + Integer.parseInt(args[3]); seed < end; seed++) {
        Kind kind = Kind.values()[seed % Kind.values().length];
        Path file = folder.resolve("bent" + kind.ending());
        Random random = new Random(seed);
        List<Path> files = kind.files(resources);
        Path straight = files.get(random.nextInt(files.size()));
        Files.write(file, kind.bent(straight, random));
        String outcome = outcome(reader, kind, file);
        outcomes.merge(kind + " " + outcome.lines().findFirst().orElse("").replaceFirst(":.*", ""), 1, Integer::sum);
        if (outcome.startsWith("failed")) {
          System.out.println("seed " + seed + ", of " + straight.getFileName() + " " + outcome);
        }
        if (outcome.startsWith("failed: no end")) {
          Runtime.getRuntime().halt(1);
        }
      }
    }
    outcomes.forEach((what, count) -> System.out.println(what + " " + count));
  }

  private static String outcome(ExecutorService reader, Kind kind, Path file) throws InterruptedException {
    try {
      return reader.submit(() -> kind.read(file)).get(PATIENCE, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      return "failed: no end after " + PATIENCE + " s";
    } catch (ExecutionException e) {
      return e.getCause() instanceof IOException wrong && wrong.getMessage() != null && !wrong.getMessage().isBlank() ? "told" : "failed: " + trace(e.getCause());
    }
  }

  private static String trace(Throwable thrown) {
    StringBuilder text = new StringBuilder(String.valueOf(thrown).lines().limit(60).reduce("", (a, b) -> a + b + "\n"));
    StackTraceElement[] all = thrown.getStackTrace();
    for (int i = 0; i < Math.min(14, all.length); i++) {
      text.append("    ").append(all[i]).append('\n');
    }
    return text.toString();
  }
}
