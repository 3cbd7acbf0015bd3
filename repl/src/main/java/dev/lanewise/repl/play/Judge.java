package dev.lanewise.repl.play;

import dev.lanewise.dsl.glass.Exam;
import dev.lanewise.dsl.glass.Glimpse;
import dev.lanewise.dsl.glass.Scene;
import dev.lanewise.dsl.meaning.Trained;
import dev.lanewise.dsl.run.Options;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** Tests a network after epochs, on a thread of its own, so that whoever looks need not wait. */
final class Judge implements AutoCloseable {
  /** Examples that a network is tested on after an epoch. */
  private static final int FEW = 1000;
  /** When it has learnt. */
  private static final int MANY = 10_000;
  private static final int WORST = 6;

  private final Options options;
  private final Stream stream;
  private final Worker thread;
  private final AtomicBoolean testing = new AtomicBoolean();
  private volatile Exam exam;
  private volatile String last;
  /** When a test ended, and how long after it the next one may begin: so tests take their share of the time, and no more. */
  private volatile long endedAt;
  private volatile long pause;

  Judge(Options options, Stream stream, Consumer<Throwable> faults) {
    this.options = options;
    this.stream = stream;
    this.thread = new Worker("play-judge", faults);
  }

  /** The last test in JSON; empty if there is none of this network. */
  Optional<String> last() {
    return Optional.ofNullable(last);
  }

  /** From now on another network, or none, is judged. */
  void of(Optional<Scene> scene) {
    Exam before = exam;
    last = null;
    exam = scene.map(s -> new Exam(s, options.kernels())).orElse(null);
    if (before != null) {
      thread.submit(before::close);
    }
  }

  /** After an epoch, if there is time. On the thread that trains. */
  void glance(Optional<Trained> learner) {
    if (System.nanoTime() - endedAt > pause && !testing.getAndSet(true)) {
      test(learner, FEW);
    }
  }

  /** When a training has ended. */
  void look(Optional<Trained> learner) {
    test(learner, MANY);
  }

  private void test(Optional<Trained> learner, int most) {
    Exam by = exam;
    Optional<Trained> still = learner.map(Trained::still);
    thread.submit(() -> {
      long begin = System.nanoTime();
      try {
        if (by != null && still.isPresent() && by == exam) {
          by.of(still.get(), most, WORST).ifPresent(t -> tell(by, t));
        }
      } finally {
        endedAt = System.nanoTime();
        pause = (long) ((endedAt - begin) / Viewer.SHARE / options.threads());
        testing.set(false);
      }
    });
  }

  private void tell(Exam by, Glimpse.Tested tested) {
    last = Sight.tested(tested, by.classes());
    stream.tell("tested", last);
  }

  @Override
  public void close() {
    of(Optional.empty());
    thread.close();
  }
}
