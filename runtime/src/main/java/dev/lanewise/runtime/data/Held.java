package dev.lanewise.runtime.data;

import dev.lanewise.runtime.kernel.lane.Lanes;
import java.util.Arrays;

/**
 * Examples that have been read, so that their numbers can be changed: those of another data set, with values of their own for the main part, and classes of their own.
 *
 * <pre>{@code
 * Held held = Held.of(digits.test(), digits.world().normalization(), 0, 1000);
 * held.values()[0] += 0.1f;
 * }</pre>
 *
 * @param places of the examples in the other data set
 * @param values as a network is shown them, one example after the other
 * @param labels their classes
 * @param scale that the values have
 */
public record Held(Dataset of, int[] places, float[] values, int[] labels, Normalization scale) implements View {
  /** So many examples as they are. @param scale that their values have */
  public static Held of(Dataset data, Normalization scale, int first, int count) {
    int[] order = new int[count];
    for (int i = 0; i < count; i++) {
      order[i] = first + i;
    }
    return read(data, null, scale, order, 0, count, 0);
  }

  /**
   * A batch of examples, changed as a training changes them.
   *
   * @param change null for none
   * @param key of the batch's changes
   */
  public static Held read(Dataset data, Augmentation change, Normalization scale, int[] order, int from, int count, long key) {
    int size = data.shape().size();
    Held held = new Held(data, new int[count], new float[count * size], new int[count], scale);
    float[] block = new float[size * Lanes.BLOCK];
    float[] label = new float[1];
    for (int begin = 0; begin < count; begin += Lanes.BLOCK) {
      int lanes = Math.min(Lanes.BLOCK, count - begin);
      if (change == null) {
        data.readBlock(order, from + begin, lanes, block, 0);
      } else {
        change.readBlock(data, order, from + begin, lanes, key, begin, block, 0);
      }
      for (int lane = 0; lane < lanes; lane++) {
        int place = begin + lane;
        int example = order[from + place];
        for (int k = 0; k < size; k++) {
          held.values[place * size + k] = block[k * Lanes.BLOCK + lane];
        }
        if (change == null) {
          data.readTarget(example, label, 0, 1);
        } else {
          change.readTarget(data, example, Augmentation.key(key, place), label, 0, 1);
        }
        held.labels[place] = (int) label[0];
        held.places[place] = example;
      }
    }
    return held;
  }

  /** Some of them, to be changed by themselves. */
  public Held some(int[] which) {
    int size = shape().size();
    Held some = new Held(of, new int[which.length], new float[which.length * size], new int[which.length], scale);
    for (int i = 0; i < which.length; i++) {
      some.places[i] = places[which[i]];
      some.labels[i] = labels[which[i]];
      System.arraycopy(values, which[i] * size, some.values, i * size, size);
    }
    return some;
  }

  /** The same numbers, with another class for all. */
  public Held aimed(int label) {
    int[] aims = new int[labels.length];
    Arrays.fill(aims, label);
    return new Held(of, places, values, aims, scale);
  }

  @Override
  public int size() {
    return places.length;
  }

  @Override
  public int label(int index) {
    return labels[index];
  }

  @Override
  public void read(int index, float[] out, int offset, int stride) {
    int size = shape().size();
    for (int k = 0; k < size; k++) {
      out[offset + k * stride] = values[index * size + k];
    }
  }

  @Override
  public void readBlock(int[] order, int from, int count, float[] block, int offset) {
    for (int lane = 0; lane < count; lane++) {
      read(order[from + lane], block, offset + lane, Lanes.BLOCK);
    }
  }

  @Override
  public void readTarget(int index, float[] out, int offset, int stride) {
    out[offset] = labels[index];
  }

  @Override
  public void readField(int field, int index, float[] out, int offset, int stride) {
    if (field <= TARGET) {
      View.super.readField(field, index, out, offset, stride);
    } else {
      of.readField(field, places[index], out, offset, stride);
    }
  }

  @Override
  public int source(int index) {
    return of.source(places[index]);
  }

  @Override
  public int group(int index) {
    return of.group(places[index]);
  }

  @Override
  public boolean isOnDisk() {
    return false;
  }

  @Override
  public long touch(int index) {
    return index;
  }

  @Override
  public Dataset normalized(Normalization other) {
    int size = shape().size();
    float[] scaled = new float[values.length];
    for (int i = 0; i < size(); i++) {
      float[] original = scale.undone(Arrays.copyOfRange(values, i * size, (i + 1) * size));
      for (int k = 0; k < size; k++) {
        scaled[i * size + k] = other.of(k * shape().channels() / size, original[k]);
      }
    }
    return new Held(of.normalized(other), places, scaled, labels, other);
  }
}
