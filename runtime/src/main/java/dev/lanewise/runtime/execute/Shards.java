package dev.lanewise.runtime.execute;

import dev.lanewise.runtime.tensor.Memory;
import java.nio.ByteBuffer;

/**
 * Has the shards of batches computed in other processes. A shard is the same work wherever it is done, and shards are added in their order, so the result has the bits of one process.
 */
public interface Shards {
  /**
   * A batch at work.
   *
   * @param order its examples
   * @param key of what is drawn for it
   * @param weights what the examples count, see {@link BatchRunner#weights}
   * @param parameters of the network now, laid out as its own are
   */
  record Batch(int[] order, long key, double[] weights, float[] parameters) {
    public byte[] bytes() {
      ByteBuffer bytes = ByteBuffer.allocate(8 + 4 + 4 * order.length + 4 + 8 * weights.length + 4 * (parameters.length - Memory.BASE));
      bytes.putLong(key).putInt(order.length);
      bytes.asIntBuffer().put(order);
      bytes.position(bytes.position() + 4 * order.length).putInt(weights.length);
      bytes.asDoubleBuffer().put(weights);
      bytes.position(bytes.position() + 8 * weights.length);
      bytes.asFloatBuffer().put(parameters, Memory.BASE, parameters.length - Memory.BASE);
      return bytes.array();
    }

    /** Reads them. @param parameters take the network's values */
    static Batch read(ByteBuffer bytes, float[] parameters) {
      long key = bytes.getLong();
      int[] order = new int[bytes.getInt()];
      bytes.asIntBuffer().get(order);
      double[] weights = new double[bytes.position(bytes.position() + 4 * order.length).getInt()];
      bytes.asDoubleBuffer().get(weights);
      bytes.position(bytes.position() + 8 * weights.length);
      bytes.asFloatBuffer().get(parameters, Memory.BASE, parameters.length - Memory.BASE);
      return new Batch(order, key, weights, parameters);
    }
  }

  /** Takes what has come of some shards. */
  interface Taker {
    /** @param answer of {@link BatchRunner#shards} */
    void take(ByteBuffer answer);
  }

  /**
   * Has them computed, all of them once.
   *
   * @param shards so many
   */
  void run(Batch batch, int shards, Taker taker);
}
