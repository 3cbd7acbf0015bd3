package dev.lanewise.runtime.data.format;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * Takes records apart ahead of whoever asks for them, in a thread of its own: so two processors share the work of a large table. A small
 * one is over before there is a thread. Records come in their order, and so does what ends them.
 */
final class CsvAhead implements AutoCloseable {
  private static final int RECORDS = 256;
  private static final int BATCHES = 3;

  /** What gives records. */
  interface Source {
    /** Whether there was a record, with which the fields are filled. */
    boolean next(CsvFields fields) throws IOException;

    CsvFields fields();
  }

  /** Records that go from one thread to the other together, and come back to be filled again. */
  private static final class Batch {
    private final CsvFields[] records = new CsvFields[RECORDS];
    private int size;
    private boolean last;
    private Throwable problem;
  }

  private final Source source;
  private final BlockingQueue<Batch> full = new ArrayBlockingQueue<>(BATCHES);
  private final BlockingQueue<Batch> empty = new ArrayBlockingQueue<>(BATCHES);
  private Batch current = new Batch();
  private int at;
  private Thread thread;

  CsvAhead(Source source) {
    this.source = source;
    fill(current);
  }

  /** The next record, which stays as it is until another is asked for; null at the end. */
  CsvFields next() throws IOException {
    while (at == current.size) {
      if (current.last) {
        rethrow(current.problem);
        return null;
      }
      advance();
    }
    return current.records[at++];
  }

  private static void rethrow(Throwable problem) throws IOException {
    switch (problem) {
      case null -> { }
      case IOException e -> throw e;
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      default -> throw new IllegalStateException(problem);
    }
  }

  private void advance() throws IOException {
    if (thread == null) {
      for (int i = 1; i < BATCHES; i++) {
        empty.add(new Batch());
      }
      thread = Thread.ofPlatform().daemon().name("csv").start(this::run);
    }
    try {
      empty.put(current);
      current = full.take();
      at = 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
  }

  private void run() {
    try {
      for (boolean last = false; !last;) {
        Batch batch = empty.take();
        fill(batch);
        last = batch.last;
        full.put(batch);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void fill(Batch batch) {
    batch.size = 0;
    try {
      while (!batch.last && batch.size < RECORDS) {
        if (batch.records[batch.size] == null) {
          batch.records[batch.size] = source.fields();
        }
        batch.last = !source.next(batch.records[batch.size]);
        batch.size += batch.last ? 0 : 1;
      }
    } catch (IOException | RuntimeException | Error e) {
      batch.problem = e;
      batch.last = true;
    }
  }

  /** Ends the thread: what it reads from may be closed then. */
  @Override
  public void close() {
    if (thread == null) {
      return;
    }
    thread.interrupt();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
