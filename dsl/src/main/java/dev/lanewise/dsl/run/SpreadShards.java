package dev.lanewise.dsl.run;

import dev.lanewise.dsl.spread.Answer;
import dev.lanewise.dsl.spread.Crew;
import dev.lanewise.dsl.spread.Errand;
import dev.lanewise.runtime.execute.Shards;
import dev.lanewise.runtime.train.StoppedException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Shards that other processes compute: a task is some that follow each other, as many tasks as there are hands. All of them get the batch and the parameters, each sends back its shards' gradients one by one,
 * since the order in which they are added must not depend on who has computed which.
 *
 * @param fingerprint of the training, which the others must come to
 * @param stopped whether somebody does not want to wait any longer
 */
record SpreadShards(Crew crew, Errand errand, String fingerprint, BooleanSupplier stopped) implements Shards {
  /** A batch that has begun ends, so that a training can be paused; but not longer than this. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  @Override
  public void run(Batch batch, int shards, Taker taker) {
    byte[] word = fingerprint.getBytes(StandardCharsets.US_ASCII);
    byte[] own = batch.bytes();
    byte[] shared = ByteBuffer.allocate(word.length + own.length).put(word).put(own).array();
    int hands = Math.min(crew.hands(), shards);
    List<byte[]> tasks = new ArrayList<>();
    for (int i = 0; i < hands; i++) {
      tasks.add(ByteBuffer.allocate(8).putInt(shards * i / hands).putInt(shards * (i + 1) / hands).array());
    }
    int[] taken = new int[1];
    crew.run(errand, shared, tasks, (_, answer) -> {
      taker.take(Answer.of(answer));
      taken[0]++;
    }, after(stopped));
    if (taken[0] < hands) {
      throw new StoppedException();
    }
  }

  /** True some time after somebody has stopped it. */
  static BooleanSupplier after(BooleanSupplier stopped) {
    Instant[] since = new Instant[1];
    return () -> {
      since[0] = !stopped.getAsBoolean() ? null : since[0] == null ? Instant.now() : since[0];
      return since[0] != null && Instant.now().isAfter(since[0].plus(PATIENCE));
    };
  }
}
