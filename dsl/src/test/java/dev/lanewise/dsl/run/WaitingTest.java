package dev.lanewise.dsl.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lanewise.runtime.train.StoppedException;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class WaitingTest {
  private final Waiting waiting = new Waiting();

  @Test
  void hasTheResultOrWhatIsThrown() {
    assertThat(waiting.<String>on(() -> "read")).isEqualTo("read");
    IllegalArgumentException wrong = new IllegalArgumentException("wrong");
    OutOfMemoryError full = new OutOfMemoryError("full");
    assertThatThrownBy(() -> waiting.on(failing(wrong))).isSameAs(wrong);
    assertThatThrownBy(() -> waiting.on(failing(full))).isSameAs(full);
  }

  private static Supplier<String> failing(Throwable with) {
    return () -> {
      if (with instanceof Error error) {
        throw error;
      }
      throw (RuntimeException) with;
    };
  }

  @Test
  void whatIsGivenUpIsNotWaitedFor() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    Thread user = Thread.ofPlatform().start(() -> {
      try {
        begun.await();
        waiting.giveUp();
      } catch (InterruptedException unexpected) {
        never.countDown();
      }
    });
    assertThatThrownBy(() -> waiting.on(() -> {
      begun.countDown();
      return awaited(never);
    })).isInstanceOf(StoppedException.class);
    user.join();
    never.countDown();
    // Until it counts no longer, nothing else is begun either.
    assertThatThrownBy(() -> waiting.on(() -> "read")).isInstanceOf(StoppedException.class);
    waiting.begin();
    assertThat(waiting.<String>on(() -> "read")).isEqualTo("read");
  }

  private static boolean awaited(CountDownLatch latch) {
    try {
      latch.await();
      return true;
    } catch (InterruptedException e) {
      return false;
    }
  }
}
