package dev.lanewise.benchmarks.accuracy;

import dev.lanewise.dsl.meaning.CheckedTrain;
import dev.lanewise.dsl.lower.Lowering;
import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.data.source.Mnist;
import dev.lanewise.runtime.optimize.Optimizers;
import dev.lanewise.runtime.plan.KernelSet;
import dev.lanewise.runtime.score.Score;
import dev.lanewise.runtime.train.Engine;
import dev.lanewise.runtime.train.Listener;
import dev.lanewise.runtime.train.Model;
import dev.lanewise.runtime.train.TrainSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** The classic CNN of samples/mnist-cnn.net, trained from several seeds, by Lanewise and by PyTorch. */
final class Seeds {
  private static final int THREADS = 1;
  private static final double RATE = 0.01;
  private static final double MOMENTUM = 0.5;

  /** What one training came to. */
  private record Run(double accuracy, double loss, double seconds) {}

  private final Path samples;
  private final Exchange exchange;
  private final CheckedTrain train;
  private final TrainSettings settings;

  /** @param epochs instead of the sample's own; 0 for those */
  Seeds(Path samples, Exchange exchange, int epochs) throws IOException {
    this.samples = samples;
    this.exchange = exchange;
    this.train = Language.train("mnist-cnn.net", Files.readString(samples.resolve("mnist-cnn.net")));
    TrainSettings own = train.settings();
    if (own.optimizer().lr() != RATE || !own.optimizer().update().equals(Optimizers.sgd(RATE, MOMENTUM).update())) {
      throw new IllegalStateException("the sample no longer trains with sgd(" + RATE + ", momentum = " + MOMENTUM + "), as PyTorch does here");
    }
    this.settings = epochs == 0 ? own : own.with(epochs, own.batch());
  }

  /** The section, in Markdown. @param seeds 1 to that many; @param torchSeeds the same for PyTorch */
  String section(int seeds, int torchSeeds) throws IOException {
    List<Run> ours = new ArrayList<>();
    DataSplit data = Mnist.load(samples.resolve("mnist")).normalizeAuto();
    for (int seed = 1; seed <= seeds; seed++) {
      ours.add(told("Lanewise", seed, lanewise(data, seed)));
    }
    List<Run> theirs = new ArrayList<>();
    for (int seed = 1; exchange.hasPython() && seed <= torchSeeds; seed++) {
      theirs.add(told("PyTorch", seed, torch(seed)));
    }
    return text(ours, theirs);
  }

  private static Run told(String who, int seed, Run run) {
    System.err.printf(Locale.ROOT, "accuracy: %s, seed %d: %.2f %% in %.1f s%n", who, seed, 100 * run.accuracy, run.seconds);
    return run;
  }

  private Run lanewise(DataSplit data, long seed) {
    Model model = Model.create("Cnn", Lowering.graph(train), seed);
    try (Engine engine = new Engine(THREADS, KernelSet.VECTOR)) {
      long begin = System.nanoTime();
      engine.train(model, data, settings.withSeed(seed), Listener.NONE, () -> false);
      double seconds = (System.nanoTime() - begin) / 1e9;
      Score score = engine.test(model, data, settings.loss(), Listener.NONE);
      return new Run(score.accuracy(), score.loss(), seconds);
    }
  }

  private Run torch(int seed) throws IOException {
    String[] words = exchange.run(
        "train", samples.resolve("mnist").toString(), "" + seed, "" + settings.epochs(), "" + settings.batch(), "" + RATE, "" + MOMENTUM,
        "" + THREADS).getLast().split(" ");
    return new Run(Double.parseDouble(words[0]), Double.parseDouble(words[1]), Double.parseDouble(words[2]));
  }

  private String text(List<Run> ours, List<Run> theirs) {
    if (ours.isEmpty() && theirs.isEmpty()) {
      return "Not measured.\n";
    }
    StringBuilder text = new StringBuilder(String.format(Locale.ROOT, """
        `samples/mnist-cnn.net` on MNIST: %d epoch%s, batch %d, sgd(%s, momentum = %s), inputs of mean 0 and deviation 1, dropout one half. The
        first weights, the order of the examples and what dropout drops follow from the seed, of each library by its own random numbers: equal
        seeds do not make equal runs. Accuracy and loss are those of the 10,000 test images after the last epoch.

        | seed | Lanewise: accuracy | loss | PyTorch: accuracy | loss |
        |---:|---:|---:|---:|---:|
        """, settings.epochs(), settings.epochs() == 1 ? "" : "s", settings.batch(), RATE, MOMENTUM));
    for (int i = 0; i < Math.max(ours.size(), theirs.size()); i++) {
      text.append("| ").append(i + 1).append(cells(ours, i)).append(cells(theirs, i)).append(" |\n");
    }
    text.append("| mean").append(means(ours)).append(means(theirs)).append(" |\n");
    text.append("| deviation").append(deviations(ours)).append(deviations(theirs)).append(" |\n\n");
    return text.append(difference(ours, theirs)).append('\n').toString();
  }

  private String cells(List<Run> runs, int i) {
    return i < runs.size()
        ? String.format(Locale.ROOT, " | %.2f %% | %.4f", 100 * runs.get(i).accuracy, runs.get(i).loss)
        : " | not measured | ";
  }

  private static Numbers.Spread spread(List<Run> runs, ToDoubleFunction<Run> of) {
    return Numbers.Spread.of(runs.stream().mapToDouble(of).toArray());
  }

  private static String means(List<Run> runs) {
    return runs.isEmpty() ? " | | " : String.format(Locale.ROOT, " | %.3f %% | %.4f",
        100 * spread(runs, Run::accuracy).mean(), spread(runs, Run::loss).mean());
  }

  private static String deviations(List<Run> runs) {
    return runs.size() < 2 ? " | | " : String.format(Locale.ROOT, " | %.3f %% | %.4f",
        100 * spread(runs, Run::accuracy).deviation(), spread(runs, Run::loss).deviation());
  }

  private static String difference(List<Run> ours, List<Run> theirs) {
    if (ours.size() < 2 || theirs.size() < 2) {
      return "Too few runs for a comparison of means.";
    }
    Numbers.Spread a = spread(ours, Run::accuracy);
    Numbers.Spread b = spread(theirs, Run::accuracy);
    double difference = 100 * (a.mean() - b.mean());
    double error = 100 * Math.sqrt(a.variance() + b.variance());
    boolean clear = Math.abs(difference) > 2 * error;
    return String.format(Locale.ROOT, """
        Lanewise's mean accuracy is %.3f percentage points %s PyTorch's; the standard error of this difference is %.3f. %s""",
        Math.abs(difference), difference < 0 ? "below" : "above", error,
        clear ? "It is more than twice its standard error: more than chance."
            : "It is less than twice its standard error: it may well be chance.");
  }
}
