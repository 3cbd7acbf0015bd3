package dev.lanewise.runtime.data;

import dev.lanewise.runtime.data.format.Element;
import dev.lanewise.runtime.data.format.NumberArray;
import dev.lanewise.runtime.tensor.Shape;
import java.util.stream.IntStream;

/**
 * The examples of an array, which may lie in a mapped file: larger than memory, read as they are asked for. Original
 * values of unsigned bytes are byte / 255, as those of images; others are what they are.
 */
public final class ArrayExamples implements Dataset {
  private final NumberArray array;
  private final Shape shape;
  private final Labels labels;
  private final Target target;
  private final Normalization normalization;
  /** Of each value of an example, where it lies behind the example's first, in {@link #unit}s; null where they lie one after the other. */
  private final int[] places;
  private final long unit;
  /** Whether bytes are parts of 255. */
  private final boolean scales;

  /** Of an array whose axes are those of the shape, behind the first. */
  public ArrayExamples(NumberArray array, Shape shape, Labels labels) {
    this(array, shape, labels, IntStream.range(1, array.dims().size()).toArray());
  }

  /** @param axes of the array, from 1 on, in the order in which an example has them: 3, 1, 2 where channels are last */
  public ArrayExamples(NumberArray array, Shape shape, Labels labels, int... axes) {
    this(array, shape, labels, Normalization.none(shape), array.places(axes), array.element() == Element.U1);
  }

  /** Where bytes are no brightness, but whole numbers as others. */
  public static ArrayExamples asTheyAre(NumberArray array, Shape shape, int... axes) {
    return new ArrayExamples(array, shape, Labels.NONE, Normalization.none(shape), array.places(axes), false);
  }

  /** The same with labels. */
  public static ArrayExamples asTheyAre(NumberArray array, Shape shape, Labels labels, int... axes) {
    return new ArrayExamples(array, shape, labels, Normalization.none(shape), array.places(axes), false);
  }

  private ArrayExamples(NumberArray array, Shape shape, Labels labels, Normalization normalization, int[] places, boolean scales) {
    this.array = array;
    this.shape = shape;
    this.labels = labels;
    this.target = labels.target(shape);
    this.normalization = normalization;
    this.places = places;
    this.unit = array.unit();
    this.scales = scales;
  }

  @Override
  public int size() {
    return array.count();
  }

  @Override
  public Shape shape() {
    return shape;
  }

  @Override
  public Target target() {
    return target;
  }

  @Override
  public int label(int index) {
    return labels.label(index);
  }

  @Override
  public void read(int index, float[] out, int offset, int stride) {
    int plane = shape.size() / shape.channels();
    long first = index * array.step(0);
    int to = offset;
    for (int c = 0; c < shape.channels(); c++) {
      for (int i = 0; i < plane; i++) {
        int at = c * plane + i;
        float value = (float) array.at(places == null ? first + at : first + places[at] * unit);
        out[to] = normalization.of(c, scales ? value / 255f : value);
        to += stride;
      }
    }
  }

  /** In Fortran's order an example has a page for each value: reading ahead would be as much work as reading. */
  @Override
  public boolean isOnDisk() {
    return array.data().isMapped() && !array.fortran();
  }

  @Override
  public long touch(int index) {
    return array.touch(index);
  }

  @Override
  public float zero(int channel) {
    return normalization.of(channel, 0);
  }

  @Override
  public Dataset normalized(Normalization other) {
    return new ArrayExamples(array, shape, labels, other, places, scales);
  }
}
