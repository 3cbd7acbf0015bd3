package dev.lanewise.runtime.train;

import dev.lanewise.runtime.data.ByteImages;
import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.data.Dataset;
import dev.lanewise.runtime.graph.Graph;
import dev.lanewise.runtime.plan.KernelSet;
import java.util.Random;

/**
 * Trains a copy of a network on noise, in the background, until closed. Vector code runs hundreds of times slower
 * before the JVM has compiled it, so a kernel is better compiled while the data is still being read. What this leaves
 * behind is machine code, nothing else.
 *
 * <pre>{@code
 * try (WarmUp warm = WarmUp.start(network, settings)) {
 *   data = Mnist.load(folder);
 * }
 * engine.train(model, data, settings, listener, stop);
 * }</pre>
 */
public final class WarmUp implements AutoCloseable {
  /** One block: the smallest batch that runs every kernel. */
  private static final int EXAMPLES = 16;

  /** Larger networks would take the memory that their training needs. */
  private static final int MOST_PARAMETERS = 4_000_000;

  private volatile boolean closed;

  private WarmUp() {}

  /** Begins, unless the network is very large. */
  public static WarmUp start(Graph network, TrainSettings settings) {
    WarmUp warmUp = new WarmUp();
    if (network.parameterCount() <= MOST_PARAMETERS) {
      Thread.ofPlatform().daemon().name("lanewise-warm-up").start(() -> warmUp.run(network, settings));
    }
    return warmUp;
  }

  private void run(Graph network, TrainSettings settings) {
    DataSplit noise = noise(network, settings);
    Model model = Model.create("noise", network, 1);
    TrainSettings epoch = new TrainSettings(1, EXAMPLES, true, 1, settings.loss(), settings.optimizer(), settings.schedule(), settings.clip(), Keep.NOTHING);
    try (Engine engine = new Engine(1, KernelSet.VECTOR)) {
      while (!closed) {
        engine.train(model, noise, epoch, Listener.NONE, () -> closed);
        engine.score(model, noise.test(), settings.loss());
      }
    } catch (RuntimeException | OutOfMemoryError e) {
      // Noise may diverge, and memory may be short. Whatever it is, the training itself will meet it, and say so there.
    }
  }

  private static DataSplit noise(Graph network, TrainSettings settings) {
    int count = 8 * EXAMPLES;
    int classes = settings.loss().inputs().getFirst().shape().size();
    byte[] pixels = new byte[count * network.input().shape().size()];
    new Random(1).nextBytes(pixels);
    byte[] labels = new byte[count];
    for (int i = 0; i < count; i++) {
      labels[i] = (byte) (i % Math.min(classes, Byte.MAX_VALUE));
    }
    Dataset images = new ByteImages(network.input().shape(), pixels, labels, classes, 0.5f, 0.3f);
    return new DataSplit("noise", images, null, images);
  }

  /** Ends after the batch at work; does not wait for it. */
  @Override
  public void close() {
    closed = true;
  }
}
