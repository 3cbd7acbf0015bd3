package dev.lanewise.dsl.run;

import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.runtime.train.Model;
import dev.lanewise.runtime.train.ShardWork;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** In a process that works for another one: computes shards of its batches, several threads at once, each with a network of its own that is kept for the next batch. */
final class ShardHands {
  private final Lesson lesson;
  private final String net;
  private final Options options;
  private final String fingerprint;
  private final Span at;
  private final Queue<ShardWork> idle = new ConcurrentLinkedQueue<>();

  ShardHands(Lesson lesson, String net, Options options, Span at) {
    this.lesson = lesson;
    this.net = net;
    this.options = options;
    this.fingerprint = lesson.fingerprint();
    this.at = at;
  }

  byte[] answer(byte[] shared, byte[] task) {
    ByteBuffer batch = ByteBuffer.wrap(shared);
    byte[] word = new byte[SpreadShards.WORD];
    batch.get(word);
    if (!new String(word, StandardCharsets.US_ASCII).equals(fingerprint)) {
      throw SpreadTrials.other(at, "the training");
    }
    ByteBuffer which = ByteBuffer.wrap(task);
    ShardWork own = idle.poll();
    ShardWork work = own != null ? own
        : new ShardWork(Model.create(net, lesson.graph(), lesson.settings().seed()), lesson.data(), lesson.settings(), options.kernels(), options.threads());
    byte[] answer = work.shards(batch, which.getInt(), which.getInt());
    idle.add(work);
    return answer;
  }
}
