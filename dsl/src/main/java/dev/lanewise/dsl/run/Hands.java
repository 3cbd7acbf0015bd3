package dev.lanewise.dsl.run;

import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.runtime.train.Client;
import dev.lanewise.runtime.train.Model;
import dev.lanewise.runtime.train.ShardWork;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;

/**
 * What does the tasks of one training, in a process that works for another one: several threads at once, each with a network of its own that is kept for its next task.
 *
 * @param <W> what has such a network
 */
abstract class Hands<W> {
  private final String fingerprint;
  private final Span at;
  private final Supplier<W> made;
  private final Queue<W> idle = new ConcurrentLinkedQueue<>();

  private Hands(Lesson lesson, Span at, Supplier<W> made) {
    this.fingerprint = lesson.fingerprint();
    this.at = at;
    this.made = made;
  }

  static Hands<?> of(Lesson lesson, String net, Options options, Span at) {
    Supplier<Model> model = () -> Model.create(net, lesson.graph(), lesson.settings().seed());
    if (lesson.settings().federation().isEmpty()) {
      return new OfShards(lesson, at, () -> new ShardWork(model.get(), lesson.data(), lesson.settings(), options.kernels(), options.threads()));
    }
    var federation = lesson.settings().federation().get();
    int[][] mine = federation.partition().of(lesson.data().train(), federation.clients(), lesson.settings().seed());
    return new OfClients(lesson, at, () -> new Client(model.get(), lesson.data(), lesson.settings(), mine, options.kernels()));
  }

  /** Does a task. @throws dev.lanewise.dsl.diagnostic.MistakeException if this process has another network, other settings or other examples */
  byte[] answer(byte[] shared, byte[] task) {
    ByteBuffer all = ByteBuffer.wrap(shared);
    byte[] word = new byte[fingerprint.length()];
    all.get(word);
    if (!new String(word, StandardCharsets.US_ASCII).equals(fingerprint)) {
      throw SpreadTrials.other(at, "the training");
    }
    W own = idle.poll();
    W work = own == null ? made.get() : own;
    byte[] answer = answer(work, all, ByteBuffer.wrap(task));
    idle.add(work);
    return answer;
  }

  abstract byte[] answer(W work, ByteBuffer shared, ByteBuffer task);

  private static final class OfShards extends Hands<ShardWork> {
    OfShards(Lesson lesson, Span at, Supplier<ShardWork> made) {
      super(lesson, at, made);
    }

    @Override
    byte[] answer(ShardWork work, ByteBuffer batch, ByteBuffer which) {
      return work.shards(batch, which.getInt(), which.getInt());
    }
  }

  private static final class OfClients extends Hands<Client> {
    OfClients(Lesson lesson, Span at, Supplier<Client> made) {
      super(lesson, at, made);
    }

    @Override
    byte[] answer(Client work, ByteBuffer given, ByteBuffer called) {
      return SpreadClients.bytes(work.train(SpreadClients.given(given), SpreadClients.called(called)));
    }
  }
}
