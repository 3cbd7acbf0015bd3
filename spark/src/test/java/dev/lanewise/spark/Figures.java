package dev.lanewise.spark;

import dev.lanewise.dsl.run.SessionEvent;
import dev.lanewise.runtime.train.TrainEvent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/** Measures what docs/spark.md tells: run by hand, with the folder of MNIST, and with one more argument for the rounds alone. */
final class Figures {
  private static final String ON = "on = spark(\"local[2]\")";

  /** So many, until all of Spark that takes part is compiled. */
  private static final int JOBS = 800;

  private Figures() {}

  public static void main(String[] arguments) throws Exception {
    Path folder = Files.createTempDirectory("figures");
    String data = "data d = mnist(folder = \"" + Path.of(arguments[0]).toAbsolutePath() + "\") { limit = 4_000 }\n";
    String net = "net N(width = 128) = input 1x28x28 -> flatten -> dense(width) -> relu -> dense(10)\n";
    rounds(folder, net + data);
    if (arguments.length == 1) {
      steps(folder, net, data);
      trials(folder, net + data);
      accuracies(folder, net + data);
    }
    System.exit(0);
  }

  private static void rounds(Path folder, String before) {
    for (String how : List.of("epochs = 1", "steps = 8")) {
      String round = before + "train N on d { federated { clients = 8; batch = 16; " + how + " }; rounds = 80; optimizer = sgd(0.1); ON }";
      System.out.printf(Locale.ROOT, "round of 8 clients, %s: %.1f ms here, %.1f ms spread%n", how, 1e3 * epoch(folder, round, ""), 1e3 * epoch(folder, round, ON));
    }
  }

  private static void steps(Path folder, String net, String data) {
    System.out.printf(Locale.ROOT, "a task that does nothing: %.1f ms, one of 1,000: %.2f ms%n", nothing(1, JOBS), nothing(1000, 20) / 1000);
    for (int width : new int[] {32, 128, 512}) {
      String wide = net.replace("128", "" + width);
      for (int batch : new int[] {64, 256}) {
        int batches = (4_000 + batch - 1) / batch, epochs = JOBS / batches;
        String step = wide + data + "train N on d { epochs = " + epochs + "; batch = " + batch + "; ON }";
        System.out.printf(Locale.ROOT, "step, width %d, batch %d: %.1f ms here, %.1f ms spread%n", width, batch, 1e3 * epoch(folder, step, "") / batches, 1e3 * epoch(folder, step, ON) / batches);
      }
    }
  }

  private static void trials(Path folder, String before) {
    String sweep = before + "base = train N on d { epochs = 2 }\nsweep base { N.width in [64, 64, 64, 64, 64, 64, 64, 64, 64, 64]; ON }";
    System.out.printf(Locale.ROOT, "trial: %.0f ms here, %.0f ms spread%n", trial(folder, sweep, ""), trial(folder, sweep, ON));
  }

  private static void accuracies(Path folder, String before) {
    for (String way : List.of("batch = 64; epochs = 8", "federated { clients = 4; batch = 16; steps = 1 }; rounds = 500", "federated { clients = 4; batch = 16; steps = 8 }; rounds = 63",
        "federated { clients = 4; batch = 16; steps = 64 }; rounds = 8", "federated { clients = 16; batch = 16; steps = 8 }; rounds = 63")) {
      System.out.printf(Locale.ROOT, "accuracy after %s: %.4f%n", way, accuracy(folder, before + "train N on d { " + way + "; optimizer = sgd(0.1) }\ntest(N, d)"));
    }
  }

  private static double nothing(int tasks, int times) {
    SparkConf conf = new SparkConf().setMaster("local[2]").setAppName("nothing").set("spark.ui.enabled", "false").set("spark.driver.host", "127.0.0.1").set("spark.driver.bindAddress", "127.0.0.1");
    List<Double> all = new ArrayList<>();
    try (JavaSparkContext context = new JavaSparkContext(conf)) {
      List<Integer> numbers = IntStream.range(0, tasks).boxed().toList();
      for (int i = 0; i < times; i++) {
        long start = System.nanoTime();
        context.parallelize(numbers, tasks).map(n -> n + 1).collect();
        all.add((System.nanoTime() - start) / 1e6);
      }
    }
    return middle(all);
  }

  private static double middle(List<Double> times) {
    List<Double> late = new ArrayList<>(times.subList(times.size() / 2, times.size()));
    Collections.sort(late);
    return late.get(late.size() / 2);
  }

  /** Seconds of a late epoch, or round. */
  private static double epoch(Path folder, String script, String on) {
    Told told = Told.of(folder, script.replace("ON", on)).isFine();
    return middle(told.events().stream().filter(e -> e instanceof SessionEvent.Training(TrainEvent.Epoch _)).map(e -> ((TrainEvent.Epoch) ((SessionEvent.Training) e).event()).seconds()).toList());
  }

  /** Milliseconds from one trial's end to the next, in the mean. */
  private static double trial(Path folder, String script, String on) {
    List<Long> ends = new ArrayList<>();
    Told.of(folder, script.replace("ON", on), (_, e) -> {
      if (e instanceof SessionEvent.Trial) {
        ends.add(System.nanoTime());
      }
    }).isFine();
    return (ends.getLast() - ends.get(1)) / 1e6 / (ends.size() - 2);
  }

  private static double accuracy(Path folder, String script) {
    return Told.of(folder, script).isFine().events().stream().filter(e -> e instanceof SessionEvent.Training(TrainEvent.Tested _)).map(e -> ((TrainEvent.Tested) ((SessionEvent.Training) e).event()).score().accuracy()).findFirst().orElseThrow();
  }
}
