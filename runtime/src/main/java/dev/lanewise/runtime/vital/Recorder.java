package dev.lanewise.runtime.vital;

import dev.lanewise.runtime.graph.Graph;
import dev.lanewise.runtime.graph.Parameter;
import dev.lanewise.runtime.tensor.Memory;
import java.util.ArrayList;
import java.util.List;

/**
 * Notes sizes at some steps of a training: at the 1st, 2nd, 4th, 8th and so on, and at 64 that lie evenly. It reads and changes nothing. Of a large parameter it
 * reads some numbers from all over it, always the same, so that what it costs does not grow with the network.
 */
public final class Recorder {
  private static final int EVENLY = 64;
  private static final int MOST_READ = 4_096;

  private final List<Part> parts = new ArrayList<>();
  private final List<Noted> noted = new ArrayList<>();
  private final int every;
  private final float[] before;

  /** @param at where the parameter lies @param stride from one number that is read to the next */
  private record Part(String name, int at, int size, int stride) {
    int read() {
      return (size + stride - 1) / stride;
    }
  }

  /** @param steps of the training as planned */
  public Recorder(Graph graph, long steps) {
    every = (int) Math.clamp(steps / EVENLY, 1, Integer.MAX_VALUE);
    int at = Memory.BASE;
    for (Parameter p : graph.parameters()) {
      int size = p.shape().size();
      if (p.isTrainable() && !p.isTable()) {
        // Odd, so that it does not go down one column of a matrix.
        parts.add(new Part(p.name(), at, size, (size + MOST_READ - 1) / MOST_READ | 1));
      }
      at += size;
    }
    before = new float[parts.stream().mapToInt(Part::read).sum()];
  }

  /** Whether a step is one of those that are noted. */
  public boolean isDue(int step) {
    return (step & step - 1) == 0 || step % every == 0;
  }

  /** Before such a step. */
  public void before(float[] parameters) {
    int k = 0;
    for (Part p : parts) {
      for (int i = p.at; i < p.at + p.size; i += p.stride) {
        before[k++] = parameters[i];
      }
    }
  }

  /** After it. @param gradients laid out as the parameters */
  public void after(int step, double loss, float[] parameters, float[] gradients) {
    int count = parts.size();
    Noted now = new Noted(step, loss, new double[count], new double[count], new double[count]);
    int k = 0;
    for (int n = 0; n < count; n++) {
      Part p = parts.get(n);
      double weights = 0, updates = 0, squares = 0;
      for (int i = p.at; i < p.at + p.size; i += p.stride, k++) {
        double moved = (double) parameters[i] - before[k];
        weights += (double) before[k] * before[k];
        updates += moved * moved;
        squares += (double) gradients[i] * gradients[i];
      }
      now.weights()[n] = Math.sqrt(weights / p.read());
      now.updates()[n] = Math.sqrt(updates / p.read());
      now.gradients()[n] = Math.sqrt(squares / p.read());
    }
    noted.add(now);
  }

  public Vitals vitals() {
    return new Vitals(parts.stream().map(Part::name).toList(), parts.stream().map(Part::size).toList(), noted);
  }
}
