package dev.lanewise.runtime.execute;

import dev.lanewise.runtime.data.Dataset;

/**
 * Brings examples that lie in a mapped file into memory shortly before they are needed, so that workers compute while the
 * disk is waited for. Several threads touch the pages, since a disk answers several questions in the time of one. They
 * change nothing: what is computed has the same bits with them or without.
 */
final class ReadAhead implements AutoCloseable {
  private static final int THREADS = 8;
  /** So much is touched before it is needed, and at least one example. */
  private static final long WINDOW = 32L << 20;

  private Dataset data;
  private int[] order;
  private int from;
  private int next;
  private int end;
  private boolean started;
  private boolean closed;
  /** What was read goes here, or the compiler would see that nobody needs it. */
  private long sum;

  /** The examples {@code order[first]}, {@code order[first + 1]} … will be asked for soon. */
  synchronized void announce(Dataset dataset, int[] exampleOrder, int first) {
    boolean goesOn = dataset == data && exampleOrder == order && first >= from;
    data = dataset;
    order = exampleOrder;
    from = first;
    next = goesOn ? Math.max(next, first) : first;
    long examples = Math.max(1, WINDOW / ((long) dataset.shape().size() * Float.BYTES));
    end = (int) Math.min(exampleOrder.length, first + examples);
    if (!started) {
      started = true;
      for (int i = 1; i <= THREADS; i++) {
        Thread.ofPlatform().daemon().name("lanewise-ahead-" + i).start(this::loop);
      }
    }
    notifyAll();
  }

  private record Example(Dataset data, int index) {}

  private void loop() {
    long read = 0;
    while (true) {
      Example example = null;
      try {
        example = take(read);
        if (example == null) {
          return;
        }
        read = example.data.touch(example.index);
      } catch (InterruptedException e) {
        close();
      } catch (Throwable unread) {
        // The file can no longer be read: the JVM throws an InternalError then, or somewhat later. Who needs the example finds that out, and tells.
        giveUp(example);
      }
    }
  }

  /** Until something is announced again. What has been announced in the meantime is other data, which can be read. */
  private synchronized void giveUp(Example unread) {
    if (unread != null && unread.data == data) {
      end = next;
    }
  }

  /** The next example, as soon as there is one; null if there will be none. */
  private synchronized Example take(long read) throws InterruptedException {
    sum += read;
    while (!closed && next >= end) {
      wait();
    }
    return closed ? null : new Example(data, order[next++]);
  }

  /** Ends the threads, each after the example at work. */
  @Override
  public synchronized void close() {
    closed = true;
    data = null;
    order = null;
    next = 0;
    end = 0;
    notifyAll();
  }
}
