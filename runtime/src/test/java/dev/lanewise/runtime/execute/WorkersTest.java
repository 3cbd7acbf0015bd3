package dev.lanewise.runtime.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class WorkersTest {
  @Test
  void everyPartIsDoneOnceAndSeenByTheNextTask() {
    try (Workers workers = new Workers(4)) {
      for (int count = 0; count < 40; count++) {
        for (int time = 0; time < 50; time++) {
          int parts = count;
          int[] done = new int[parts];
          AtomicIntegerArray unseen = new AtomicIntegerArray(1);
          workers.run(parts, (_, part) -> done[part]++);
          workers.run(parts, (_, part) -> unseen.addAndGet(0, done[parts - 1 - part] == 1 ? 0 : 1));
          assertThat(done).containsOnly(parts == 0 ? new int[0] : new int[] {1});
          assertThat(unseen.get(0)).isZero();
        }
      }
    }
  }

  @Test
  void aSinglePartIsTheCallers() {
    try (Workers workers = new Workers(3)) {
      Set<Thread> threads = ConcurrentHashMap.newKeySet();
      for (int time = 0; time < 1_000; time++) {
        workers.run(1, (worker, _) -> {
          assertThat(worker).isZero();
          threads.add(Thread.currentThread());
        });
      }
      assertThat(threads).containsExactly(Thread.currentThread());
    }
  }

  /** Parts that wait for each other end only if two threads are at them. */
  @Test
  void othersHelp() {
    try (Workers workers = new Workers(2)) {
      CountDownLatch both = new CountDownLatch(2);
      workers.run(2, (_, _) -> {
        both.countDown();
        await(both);
      });
      assertThat(both.getCount()).isZero();
    }
  }

  /** A thread that is kept elsewhere, as by other programs, is one that has not begun: here it never can. */
  @Test
  void nobodyWaitsForAThreadThatHasNotBegun() {
    Workers workers = new Workers(2);
    workers.close();
    int[] done = new int[8];
    workers.run(done.length, (_, part) -> done[part]++);
    assertThat(done).containsOnly(1);
  }

  @Test
  void whatAPartThrowsIsThrown() {
    try (Workers workers = new Workers(2)) {
      assertThatThrownBy(() -> workers.run(5, (_, part) -> {
        if (part == 3) {
          throw new IllegalArgumentException("wrong");
        }
      })).isInstanceOf(IllegalStateException.class).hasMessageContaining("wrong");
      workers.run(5, (_, _) -> { });
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
