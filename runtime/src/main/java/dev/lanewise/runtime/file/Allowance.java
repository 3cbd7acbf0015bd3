package dev.lanewise.runtime.file;

import java.io.IOException;
import java.util.concurrent.Semaphore;

/**
 * The one limit for what is unpacked, so that a small file that promises much does not take all memory. It counts for a
 * job, which is all files of one data set: examples to train on and to test on. What it keeps may fill half of the
 * memory; what it needs on the way, such as images that several threads decode at once, a quarter, for all jobs
 * together.
 *
 * <pre>{@code new Allowance().take("x.npz: x.npy", 4_000_000, "save it as .npy") }</pre>
 */
public final class Allowance {
  private static final long KEPT = Runtime.getRuntime().maxMemory() / 2;
  /** What is on the way, in pieces of 64 KB. */
  private static final int PIECE = 1 << 16;
  private static final int PIECES = (int) Math.min(1 << 20, Runtime.getRuntime().maxMemory() / 4 / PIECE);
  private static final Semaphore UNDERWAY = new Semaphore(PIECES, true);

  private final long most;
  private long taken;

  /** Half of the memory that there is. */
  public Allowance() {
    this(KEPT);
  }

  /** @param most in bytes */
  public Allowance(long most) {
    this.most = most;
  }

  /**
   * Takes from it, before memory is taken.
   *
   * @param place file, and what in it, for the message
   * @param remedy what to do, in a few words
   * @throws IOException if not so much is left
   */
  public void take(String place, long bytes, String remedy) throws IOException {
    if (bytes > left()) {
      throw new IOException(place + ": unpacked, the data needs " + megabytes(taken + bytes) + " MB, and the limit is "
          + (most >> 20) + " MB: " + remedy);
    }
    taken += bytes;
  }

  /** Bytes that can still be taken. */
  public long left() {
    return most - taken;
  }

  /** What is done while memory is taken on the way. */
  public interface Work<T> {
    T run() throws IOException;
  }

  /** Whether so many bytes can be taken on the way at all. */
  public static boolean passes(long bytes) {
    return bytes <= (long) PIECES * PIECE;
  }

  /**
   * Does something that needs memory on the way, as soon as there is so much: it waits for what others have taken. The
   * work must not ask for more itself.
   *
   * @param bytes that {@link #passes pass}
   */
  public static <T> T underway(long bytes, Work<T> work) throws IOException {
    int pieces = (int) Math.ceilDiv(bytes, (long) PIECE);
    UNDERWAY.acquireUninterruptibly(pieces);
    try {
      return work.run();
    } finally {
      UNDERWAY.release(pieces);
    }
  }

  private static long megabytes(long bytes) {
    return Math.ceilDiv(bytes, 1L << 20);
  }
}
