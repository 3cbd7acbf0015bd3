package dev.lanewise.benchmarks;

import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.data.source.Mnist;
import dev.lanewise.runtime.kernel.conv.ConvShape;
import dev.lanewise.runtime.kernel.lane.Peak;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.ServiceLoader;
import java.util.function.ObjIntConsumer;
import java.util.function.ToDoubleFunction;

/**
 * Asks Lanewise and its peers the same questions, one after the other, and prints what they took as Markdown, each
 * result also as a line of JSON on standard error. {@code benchmarks/compare} starts it. Its arguments: threads,
 * {@code quick} or {@code full}, folder of MNIST.
 */
public final class Compare {
  private static final int BATCH = 64;
  private static final double SCALING_SECONDS = 3;
  private static final int MOST_EPOCHS = 50;

  private final int threads;
  private final boolean quick;
  private final Path mnist;
  private final Lanewise ours = new Lanewise();
  private final List<Peer> all = new ArrayList<>(List.of(ours));

  private Compare(int threads, boolean quick, Path mnist) {
    this.threads = threads;
    this.quick = quick;
    this.mnist = mnist;
    ServiceLoader.load(Peer.class).forEach(all::add);
    if (PyTorch.isThere()) {
      all.add(new PyTorch());
    }
    all.forEach(p -> p.threads(threads));
  }

  public static void main(String[] arguments) throws IOException {
    Compare compare = new Compare(Integer.parseInt(arguments[0]), arguments[1].equals("quick"), Path.of(arguments[2]));
    if (compare.threads == 1) {
      compare.matmul();
      compare.convolutions();
    }
    compare.job();
    compare.pictures();
    compare.sequences();
    compare.scaling();
  }

  private void print(String format, Object... values) {
    System.out.printf(Locale.ROOT, format, values);
  }

  private void record(String question, String peer, String unit, double value) {
    System.err.printf(
        Locale.ROOT,
        "{\"question\":\"%s\",\"threads\":%d,\"who\":\"%s\",\"unit\":\"%s\",\"value\":%.6g}%n",
        question, threads, peer, unit, value);
  }

  private List<String> matmulSizes() {
    return quick
        ? List.of("64x64x64", "256x256x256", "64x784x128")
        : List.of("64x64x64", "100x100x100", "128x128x128", "256x256x256", "333x333x333", "512x512x512",
            "1024x1024x1024", "2048x2048x2048", "16x320x50", "64x320x50", "64x784x128", "256x1024x1024");
  }

  private void matmul() {
    double peak = Peak.flopsPerSecond() / 1e9;
    record("fma peak", "this core", "GFLOP/s", peak);
    print("## Matrix product, one thread%n%nGFLOP/s; the core's FMA peak, measured in the same run: %.0f.%n%n", peak);
    print("| m x k x n | Lanewise | of peak | OpenBLAS | Lanewise / OpenBLAS |%n|---|---:|---:|---:|---:|%n");
    for (String size : matmulSizes()) {
      int[] s = Arrays.stream(size.split("x")).mapToInt(Integer::parseInt).toArray();
      double flops = 2.0 * s[0] * s[1] * s[2];
      Map<String, Double> rates = rates("matmul " + size, flops, p -> best(p.matmul(s[0], s[1], s[2])));
      row(size, rates, peak, "OpenBLAS");
    }
    print("%n");
  }

  private static double best(OptionalDouble seconds) {
    return seconds.orElse(Double.NaN);
  }

  /** GFLOP/s of everybody who answers. */
  private Map<String, Double> rates(String question, double flops, ToDoubleFunction<Peer> seconds) {
    Map<String, Double> rates = new LinkedHashMap<>();
    for (Peer p : all) {
      double s = seconds.applyAsDouble(p);
      if (!Double.isNaN(s)) {
        rates.put(p.name(), flops / s / 1e9);
        record(question, p.name(), "GFLOP/s", flops / s / 1e9);
      }
    }
    return rates;
  }

  private void row(String name, Map<String, Double> rates, double peak, String peer) {
    double mine = rates.get(ours.name());
    Double other = rates.get(peer);
    print("| %s | %.1f | %.0f %% | %s | %s |%n", name, mine, 100 * mine / peak, other == null ? "not measured"
        : String.format(Locale.ROOT, "%.1f", other), other == null ? "" : String.format(Locale.ROOT, "%.2f", mine / other));
  }

  private record Layer(String name, ConvShape shape) {}

  private List<Layer> layers() {
    List<Layer> layers =
        List.of(
            new Layer("5x5, 1→10, 28x28", new ConvShape(1, 28, 28, 10, 5, 5, 1, 0)),
            new Layer("5x5, 10→20, 12x12", new ConvShape(10, 12, 12, 20, 5, 5, 1, 0)),
            new Layer("3x3, 64→64, 32x32", new ConvShape(64, 32, 32, 64, 3, 3, 1, 1)),
            new Layer("1x1, 128→128, 16x16", new ConvShape(128, 16, 16, 128, 1, 1, 1, 0)),
            new Layer("3x3, 64→64, 33x33, stride 2", new ConvShape(64, 33, 33, 64, 3, 3, 2, 1)));
    return quick ? layers.subList(0, 2) : layers;
  }

  private void convolutions() {
    double peak = Peak.flopsPerSecond() / 1e9;
    print("## Convolution of 64 images, one thread%n%nGFLOP/s; FMA peak %.0f.%n%n", peak);
    print("| layer | Lanewise | of peak | LibTorch | Lanewise / LibTorch |%n|---|---:|---:|---:|---:|%n");
    for (Layer layer : layers()) {
      ConvShape s = layer.shape;
      double flops = 2.0 * BATCH * s.outChannels() * s.outHeight() * s.outWidth() * s.inChannels() * s.kernelHeight() * s.kernelWidth();
      row(layer.name + ": forward", rates(layer.name + " forward", flops, p -> best(p.convForward(s, BATCH))), peak, "LibTorch");
      row(layer.name + ": forward and both gradients",
          rates(layer.name + " training", 3 * flops, p -> best(p.convTraining(s, BATCH))), peak, "LibTorch");
    }
    print("%n");
  }

  private void job() throws IOException {
    int epochs = quick ? 2 : 10;
    DataSplit data = Mnist.load(mnist).normalizeAuto();
    print("## The whole job: the classic CNN on MNIST, batch 64, %d epochs, %d thread%s%n%n", epochs, threads, threads == 1 ? "" : "s");
    print("| | epoch 1, s | best epoch, s | accuracy after each epoch, %% | test 10,000, s | to 97 %%, s | to 98 %%, s | to 99 %%, s |%n");
    print("|---|---:|---:|---|---:|---:|---:|---:|%n");
    for (Peer p : all) {
      List<Peer.Epoch> run = new ArrayList<>();
      p.train(data, 1, BATCH, epochs, (e, n) -> run.add(e));
      if (!run.isEmpty()) {
        double best = run.stream().mapToDouble(Peer.Epoch::seconds).min().getAsDouble();
        double test = run.stream().mapToDouble(Peer.Epoch::testSeconds).min().getAsDouble();
        record("epoch", p.name(), "s", best);
        record("first epoch", p.name(), "s", run.getFirst().seconds());
        record("test", p.name(), "s", test);
        print("| %s | %.2f | %.2f | %s | %.3f | %s | %s | %s |%n", p.name(), run.getFirst().seconds(), best,
            String.join(" ", run.stream().map(e -> String.format(Locale.ROOT, "%.1f", 100 * e.accuracy())).toList()), test,
            reached(run, 0.97), reached(run, 0.98), reached(run, 0.99));
      }
    }
    print("%nPeak memory of this process, with whoever is named above: %s.%n%n", memory());
  }

  /** Seconds of training until the test accuracy was reached. */
  private static String reached(List<Peer.Epoch> run, double accuracy) {
    double seconds = 0;
    for (Peer.Epoch e : run) {
      seconds += e.seconds();
      if (e.accuracy() >= accuracy) {
        return String.format(Locale.ROOT, "%.1f", seconds);
      }
    }
    return "–";
  }

  private static String memory() throws IOException {
    Path status = Path.of("/proc/self/status");
    return !Files.isReadable(status)
        ? "not measured"
        : Files.readAllLines(status).stream()
            .filter(l -> l.startsWith("VmHWM"))
            .map(l -> l.replaceAll("\\D+", ""))
            .map(kb -> Long.parseLong(kb) / 1024 + " MB")
            .findFirst()
            .orElse("not measured");
  }

  /** Epochs of whole networks, in turns, since somebody else may have the machine for a while: of each the median of all but the first epochs. */
  private void pictures() throws IOException {
    DataSplit digits = Mnist.load(mnist).normalizeAuto();
    print("## Networks on pictures, %d thread%s%n%n", threads, threads == 1 ? "" : "s");
    print("Seconds of an epoch: the median of several, asked in turns.%n%n");
    print("| network | Lanewise | LibTorch | PyTorch, channels last | the faster of them / Lanewise |%n|---|---:|---:|---:|---:|%n");
    for (Picture picture : Picture.values()) {
      DataSplit data = picture.data(digits);
      Map<String, List<Double>> seconds = new LinkedHashMap<>();
      for (int round = 0; round < (quick ? 1 : 3); round++) {
        for (Peer p : all) {
          List<Double> told = p.train(picture, data, quick ? 2 : 4);
          seconds.computeIfAbsent(p.name(), _ -> new ArrayList<>()).addAll(told.subList(Math.min(1, told.size()), told.size()));
        }
      }
      double mine = median(seconds.get(ours.name()));
      double best = Math.min(median(seconds.get("LibTorch")), median(seconds.get("PyTorch")));
      print("| %s | %.2f | %s | %s | %s |%n", picture.title, mine, told(median(seconds.get("LibTorch"))), told(median(seconds.get("PyTorch"))),
          Double.isInfinite(best) ? "" : String.format(Locale.ROOT, "%.1f", best / mine));
      seconds.forEach((name, all) -> {
        if (!all.isEmpty()) {
          record("epoch of " + picture.title, name, "s", median(all));
        }
      });
    }
    print("%n");
  }

  /** Steps of networks on texts, in turns for the same reason. */
  private void sequences() {
    print("## Networks on texts of 64 characters, %d thread%s%n%n", threads, threads == 1 ? "" : "s");
    print("Milliseconds of a step, forward, backward and Adam: the median of several epochs of %d steps, asked in turns.%n%n", Sequence.STEPS);
    print("| network | Lanewise | PyTorch | PyTorch / Lanewise |%n|---|---:|---:|---:|%n");
    for (Sequence sequence : Sequence.values()) {
      Map<String, List<Double>> seconds = new LinkedHashMap<>();
      for (int round = 0; round < (quick ? 1 : 3); round++) {
        for (Peer p : all) {
          List<Double> told = p.train(sequence, quick ? 3 : 6);
          seconds.computeIfAbsent(p.name(), _ -> new ArrayList<>()).addAll(told.subList(Math.min(2, told.size()), told.size()));
        }
      }
      double mine = median(seconds.get(ours.name())) * 1_000 / Sequence.STEPS;
      double other = median(seconds.get("PyTorch")) * 1_000 / Sequence.STEPS;
      print("| %s | %s | %s | %s |%n", sequence.title, told(mine), told(other), Double.isInfinite(other) ? "" : String.format(Locale.ROOT, "%.2f", other / mine));
      seconds.forEach((name, all) -> {
        if (!all.isEmpty()) {
          record("step of " + sequence.title, name, "ms", median(all) * 1_000 / Sequence.STEPS);
        }
      });
    }
    print("%n");
  }

  /** Infinite where there is none. */
  private static double median(List<Double> seconds) {
    return seconds == null || seconds.isEmpty() ? Double.POSITIVE_INFINITY : seconds.stream().sorted().skip(seconds.size() / 2).findFirst().get();
  }

  private static String told(double seconds) {
    return Double.isInfinite(seconds) ? "not measured" : String.format(Locale.ROOT, "%.2f", seconds);
  }

  /** Short epochs at more channels and other batches. */
  private void scaling() throws IOException {
    DataSplit data = Mnist.load(mnist).normalizeAuto();
    print("## Scaling, %d thread%s%n%n", threads, threads == 1 ? "" : "s");
    print("Images per second in the best epoch of 6,400 images, of at least five and three seconds; with more channels, fewer images.%n%n");
    print("| channels | batch |%s%n|---:|---:|%s%n", columns(Peer::name), columns(_ -> "---:"));
    for (int factor : quick ? new int[] {1} : new int[] {1, 2, 4, 8}) {
      scale(data.limit(6400 / factor), factor, BATCH);
    }
    for (int batch : quick ? new int[] {16} : new int[] {16, 32, 128, 256, 1024}) {
      scale(data.limit(6400), 1, batch);
    }
    print("%n");
  }

  private String columns(java.util.function.Function<Peer, String> text) {
    StringBuilder row = new StringBuilder();
    all.stream().filter(p -> !p.name().equals("OpenBLAS")).forEach(p -> row.append(' ').append(text.apply(p)).append(" |"));
    return row.toString();
  }

  private void scale(DataSplit data, int factor, int batch) {
    print("| x %d | %d |%s%n", factor, batch, columns(p -> {
      double[] best = {0};
      ObjIntConsumer<Peer.Epoch> after = (e, _) -> best[0] = Math.max(best[0], data.train().size() / e.seconds());
      p.train(data, factor, batch, 1, after);
      if (best[0] == 0) {
        return told(Double.POSITIVE_INFINITY);
      }
      // Four short epochs are over before all is compiled, or while somebody else has the machine.
      int epochs = (int) Math.clamp(SCALING_SECONDS * best[0] / data.train().size(), 4, MOST_EPOCHS);
      p.train(data, factor, batch, epochs, after);
      record("images/s, channels x" + factor + ", batch " + batch, p.name(), "1/s", best[0]);
      return String.format(Locale.ROOT, "%,.0f", best[0]);
    }));
  }
}
