package dev.lanewise.benchmarks;

import dev.lanewise.benchmarks.accuracy.Language;
import dev.lanewise.dsl.lower.Lowering;
import dev.lanewise.runtime.execute.BatchRunner;
import dev.lanewise.runtime.execute.Workers;
import dev.lanewise.runtime.graph.Graph;
import dev.lanewise.runtime.kernel.lane.Lanes;
import dev.lanewise.runtime.plan.Frame;
import dev.lanewise.runtime.plan.Kept;
import dev.lanewise.runtime.plan.KernelSet;
import dev.lanewise.runtime.plan.Plan;
import dev.lanewise.runtime.tensor.Memory;
import dev.lanewise.runtime.train.Descent;
import dev.lanewise.runtime.train.Model;
import dev.lanewise.runtime.train.TrainSettings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What threads would have to do that this machine does not have: each step of a batch of 64 is timed on one thread, and the longest way through them is added up for more. Waiting for each other costs nothing here, and caches and memory are nobody
 * else's: so it is what more threads could bring at most.
 *
 * <p>{@code java -cp … dev.lanewise.benchmarks.ManyThreads} prints the table of decision 27.
 */
final class ManyThreads {
  private static final int BATCH = 64;
  private static final int BLOCKS = BATCH / Lanes.BLOCK;
  private static final int[] THREADS = {1, 2, 4, 8, 16, 64};
  /** Of the optimiser's step, and of what is packed. */
  private static final int MOST_PARTS = 16;
  /** Until all kernels are compiled, in seconds; then for each. */
  private static final double COMPILED = 6, WARM_UP = 0.1;
  private static final int ROUNDS = 25;

  private static final Map<String, String> NETWORKS = networks();

  private ManyThreads() {}

  private static Map<String, String> networks() {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("784 → 200 → 200 → 10", "input 1x28x28 -> flatten -> dense(200) -> relu -> dense(200) -> relu -> dense(10)");
    all.put("784 → 2048 → 2048 → 10", "input 1x28x28 -> flatten -> dense(2_048) -> relu -> dense(2_048) -> relu -> dense(10)");
    all.put("classic CNN", "input 1x28x28 -> conv(10, 5) -> maxpool(2) -> relu -> conv(20, 5) -> dropout2d(0.5) -> maxpool(2) -> relu -> flatten -> dense(50) -> relu -> dropout(0.5) -> dense(10)");
    all.put("CNN of 1,663,370", "input 1x28x28 -> conv(32, 5, pad = same) -> relu -> maxpool(2) -> conv(64, 5, pad = same) -> relu -> maxpool(2) -> flatten -> dense(512) -> relu -> dense(10)");
    return all;
  }

  /** A step that is done for each block, or once for the batch. @param parts in which it can be done */
  private record Timed(double seconds, int parts) {
    /** By so many threads, {@code count} times. */
    double by(int threads, int count, boolean shared) {
      int pieces = shared ? parts : 1;
      return Math.ceilDiv(count * pieces, threads) * seconds / pieces;
    }
  }

  /** The steps of a batch. */
  private record Batch(Timed pack, List<Timed> blocks, List<Timed> late, Timed update) {
    /** Blocks alone are the work of different threads, or large steps as well. */
    double by(int threads, boolean shared) {
      double seconds = pack.by(threads, 1, true) + update.by(threads, 1, true) + late.stream().mapToDouble(s -> s.by(threads, 1, true)).sum();
      if (!shared || threads <= BLOCKS) {
        return seconds + Math.ceilDiv(BLOCKS, threads) * blocks.stream().mapToDouble(Timed::seconds).sum();
      }
      return seconds + blocks.stream().mapToDouble(s -> s.by(threads, BLOCKS, true)).sum();
    }
  }

  private static Batch measured(String steps) {
    var train = Language.train("threads.net", "net N = " + steps + "\ndata d = mnist() { limit = 64 }\ntrain N on d { batch = " + BATCH + "; optimizer = sgd(0.01, momentum = 0.5) }\n");
    Graph graph = Lowering.graph(train);
    Model model = Model.create("N", graph, 1);
    TrainSettings settings = train.settings();
    Plan plan = Plan.training(graph, settings.loss(), KernelSet.VECTOR);
    Kept kept = new Kept(plan, BLOCKS, 1);
    float[] packed = Memory.allocate(plan.packedSize());
    Frame frame = new Frame(plan, model.parameters(), packed, Memory.allocate(plan.batchSize(BLOCKS)), kept);
    frame.shard(plan.gradientsOfShard());
    for (int i = 0; i < plan.inputs() * Lanes.BLOCK; i++) {
      frame.arena()[plan.x() + i] = i * 7 % 11 / 11f;
    }
    for (int lane = 0; lane < Lanes.BLOCK; lane++) {
      plan.weigh(frame.arena(), lane, 1f / BATCH, 1f / BATCH);
    }
    Best.of(COMPILED, 1, () -> {
      plan.pack(frame, 0, 1);
      plan.block(frame, 0);
      plan.endShard(frame);
    });
    Timed pack = new Timed(Best.of(WARM_UP, ROUNDS, () -> plan.pack(frame, 0, 1)), Math.min(BLOCKS, Math.max(1, plan.packSteps())));
    List<Timed> blocks = new ArrayList<>();
    for (int step = 0; step < plan.steps(0); step++) {
      int at = step;
      blocks.add(new Timed(Best.of(WARM_UP, ROUNDS, () -> plan.step(frame, 0, at)), plan.parts(0, at)));
    }
    blocks.add(new Timed(Best.of(WARM_UP, ROUNDS, () -> plan.endShard(frame)), 1));
    float[] gradients = plan.gradientsOfShard().whole();
    List<Timed> late = new ArrayList<>();
    for (int step = 0; step < plan.lateSteps(); step++) {
      int at = step, parts = plan.lateParts(step);
      late.add(new Timed(parts * Best.of(WARM_UP, ROUNDS, () -> plan.late(at, kept, 0, 0, BLOCKS, gradients)), parts));
    }
    try (Workers alone = new Workers(1)) {
      BatchRunner runner = new BatchRunner(plan, alone, model.parameters(), BATCH);
      Descent descent = new Descent(model, settings, runner, alone);
      int[] number = {0};
      double update = Best.of(WARM_UP, ROUNDS, () -> descent.step(0, ++number[0]));
      return new Batch(pack, blocks, late, new Timed(update, Math.clamp(graph.parameterCount() / 8_192, 1, MOST_PARTS)));
    }
  }

  /** Prints a row for each network: milliseconds on one thread, and how many times faster more threads could be, by blocks alone and with shared steps. */
  public static void main(String[] arguments) {
    StringBuilder head = new StringBuilder("| a batch of 64 | | one thread, ms |");
    for (int i = 1; i < THREADS.length; i++) {
      head.append(' ').append(THREADS[i]).append(" |");
    }
    System.out.println(head + "\n|---|---|---:|" + "---:|".repeat(THREADS.length - 1));
    NETWORKS.forEach((name, steps) -> {
      Batch batch = measured(steps);
      for (boolean shared : new boolean[] {false, true}) {
        StringBuilder row = new StringBuilder(String.format(Locale.ROOT, "| %s | %s | %s |", shared ? "" : name, shared ? "steps shared" : "blocks alone", shared ? "" : String.format(Locale.ROOT, "%.2f", 1e3 * batch.by(1, false))));
        for (int i = 1; i < THREADS.length; i++) {
          row.append(String.format(Locale.ROOT, " %.1f |", batch.by(1, false) / batch.by(THREADS[i], shared)));
        }
        System.out.println(row);
      }
    });
  }
}
