package dev.lanewise.runtime.plan;

import dev.lanewise.runtime.kernel.code.EarlyCompilation;
import dev.lanewise.runtime.kernel.lane.Lanes;
import dev.lanewise.runtime.kernel.lane.Peak;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the time of a plan goes: each stage timed by itself, on one thread, over many blocks of 16 examples, four of
 * them to a batch.
 *
 * @param stages in order
 * @param rest what a block takes besides them, in microseconds: reading its examples, its part of packing the
 *     parameters for the batch, and adding up its lanes
 * @param peak floating-point operations per second that the core can do, measured in the same run
 * @param bandwidth bytes per second that the core copies in memory, measured in the same run
 */
public record Profile(List<Timed> stages, double rest, double peak, double bandwidth) {
  private static final double ROUND_SECONDS = 0.25;
  private static final int MOST_ROUNDS = 48;
  private static final int BLOCKS_IN_A_BATCH = 4;

  /** Rounds without a faster one after which the compiler is done. */
  private static final int PATIENCE = 6;

  /** Writes a block's examples, labels and weights into a worker's memory. */
  public interface Source {
    void fill(float[] arena, int block);
  }

  /** @param micros for one block; @param flops per second, 0 where nothing is multiplied */
  public record Timed(Plan.StageInfo stage, double micros, double flops) {}

  /** Microseconds of a block. */
  public double micros() {
    return rest + stages.stream().mapToDouble(Timed::micros).sum();
  }

  /**
   * Runs a plan for some seconds, without using what it computes, and keeps the fastest round: the first ones wait
   * for the compiler.
   */
  static Profile of(Plan plan, float[] parameters, float[] packed, Source source) {
    Frame frame = new Frame(plan, parameters, packed);
    frame.shard(plan.gradientsOfShard());
    EarlyCompilation.await();
    Profile best = round(plan, frame, source);
    for (int i = 0, idle = 0; i < MOST_ROUNDS && idle < PATIENCE; i++) {
      Profile next = round(plan, frame, source);
      idle = next.micros() < 0.97 * best.micros() ? 0 : idle + 1;
      best = next.micros() < best.micros() ? next : best;
    }
    return new Profile(best.stages, best.rest, Peak.flopsPerSecond(), Peak.bytesPerSecond());
  }

  private static Profile round(Plan plan, Frame frame, Source source) {
    List<Plan.StageInfo> stages = plan.stages();
    long[] nanos = new long[stages.size()];
    long[] rest = new long[1];
    int blocks = run(plan, frame, source, ROUND_SECONDS, nanos, rest);
    List<Timed> timed = new ArrayList<>();
    for (int i = 0; i < nanos.length; i++) {
      Plan.StageInfo stage = stages.get(i);
      double micros = nanos[i] / 1e3 / blocks;
      timed.add(new Timed(stage, micros, micros == 0 ? 0 : 2 * stage.multiplyAdds() / micros * 1e6));
    }
    return new Profile(List.copyOf(timed), rest[0] / 1e3 / blocks, 0, 0);
  }

  private static int run(Plan plan, Frame frame, Source source, double seconds, long[] nanos, long[] rest) {
    long end = System.nanoTime() + (long) (seconds * 1e9);
    int blocks = 0;
    while (System.nanoTime() < end || blocks == 0) {
      long begin = System.nanoTime();
      source.fill(frame.arena(), blocks);
      frame.key(blocks);
      if (blocks % BLOCKS_IN_A_BATCH == 0) {
        plan.pack(frame, 0, 1);
      }
      rest[0] += System.nanoTime() - begin;
      plan.timedBlock(frame, nanos);
      begin = System.nanoTime();
      plan.endShard(frame);
      rest[0] += System.nanoTime() - begin;
      blocks++;
    }
    return blocks;
  }

  /** Examples that a core would take through the plan in a second, without the optimiser's step. */
  public double examplesPerSecond() {
    return Lanes.BLOCK / micros() * 1e6;
  }
}
