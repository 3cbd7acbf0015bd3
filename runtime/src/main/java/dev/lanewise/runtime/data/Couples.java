package dev.lanewise.runtime.data;

import dev.lanewise.runtime.random.Draws;
import dev.lanewise.runtime.tensor.Shape;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Two examples each of a data set with classes, and whether both are of one: so are half of them. Who stands with whom is drawn by a seed, once.
 *
 * <pre>{@code Couples.of(digits, 1_000, 1)   // parts left, same, right }</pre>
 *
 * @param left of each couple an example
 * @param right and another
 */
public record Couples(Dataset of, int[] left, int[] right) implements Dataset {
  /** What is to be learned, by its number. */
  public static final List<String> CLASSES = List.of("different", "same");

  private static final int RIGHT = 2;
  private static final Shape ONE = Shape.of(1);

  /**
   * @throws IllegalArgumentException if there are not two classes with two examples of one of them
   */
  public static Couples of(Dataset examples, int count, long seed) {
    int[][] byClass = IntStream.range(0, examples.classes())
        .mapToObj(c -> IntStream.range(0, examples.size()).filter(i -> examples.label(i) == c).toArray()).filter(c -> c.length > 0).toArray(int[][]::new);
    int[] twice = IntStream.range(0, byClass.length).filter(c -> byClass[c].length > 1).toArray();
    if (byClass.length < 2 || twice.length == 0) {
      throw new IllegalArgumentException("pairs: two classes are needed, and two examples of one of them, among " + examples.size() + " examples");
    }
    int[] left = new int[count];
    int[] right = new int[count];
    for (int i = 0; i < count; i++) {
      long key = Draws.mix(seed, i);
      boolean same = i % 2 == 1;
      int own = same ? twice[Draws.below(twice.length, key, 0)] : Draws.below(byClass.length, key, 0);
      int other = same ? own : (own + 1 + Draws.below(byClass.length - 1, key, 1)) % byClass.length;
      int place = Draws.below(byClass[own].length, key, 2);
      left[i] = byClass[own][place];
      right[i] = same
          ? byClass[own][(place + 1 + Draws.below(byClass[own].length - 1, key, 3)) % byClass[own].length]
          : byClass[other][Draws.below(byClass[other].length, key, 3)];
    }
    return new Couples(examples, left, right);
  }

  /** The parts of couples of such examples. */
  public static List<Field> fields(Shape shape) {
    return List.of(new Field("left", shape, 0), new Field("same", ONE, CLASSES.size()), new Field("right", shape, 0));
  }

  @Override
  public int size() {
    return left.length;
  }

  @Override
  public Shape shape() {
    return of.shape();
  }

  @Override
  public Target target() {
    return Target.classes(CLASSES.size());
  }

  @Override
  public List<Field> fields() {
    return fields(of.shape());
  }

  @Override
  public int label(int index) {
    return of.label(left[index]) == of.label(right[index]) ? 1 : 0;
  }

  @Override
  public void read(int index, float[] out, int offset, int stride) {
    of.read(left[index], out, offset, stride);
  }

  @Override
  public void readField(int field, int index, float[] out, int offset, int stride) {
    if (field == RIGHT) {
      of.read(right[index], out, offset, stride);
    } else {
      Dataset.super.readField(field, index, out, offset, stride);
    }
  }

  @Override
  public boolean isOnDisk() {
    return of.isOnDisk();
  }

  @Override
  public long touch(int index) {
    return of.touch(left[index]) + of.touch(right[index]);
  }

  @Override
  public float zero(int channel) {
    return of.zero(channel);
  }

  @Override
  public Normalization measured() {
    return of.measured();
  }

  @Override
  public Dataset normalized(Normalization normalization) {
    return new Couples(of.normalized(normalization), left, right);
  }

  /** Both have one scale, that of the left one. */
  @Override
  public Dataset normalized(int field, Normalization normalization) {
    return field == 0 ? normalized(normalization) : this;
  }
}
