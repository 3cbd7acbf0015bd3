package dev.lanewise.exchange.draft;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.DoublePredicate;
import java.util.stream.IntStream;

/** Numbers that do not depend on the example: weights, shapes, what is computed of them. */
public final class Fixed {
  /** Of one tensor, a quarter of the memory that there is. */
  private static final long MOST = Math.min(Integer.MAX_VALUE - 8, Runtime.getRuntime().maxMemory() / 4 / Float.BYTES);

  private final int[] dims;
  private final float[] numbers;
  private final long[] wholes;
  private final String name;
  private final Origin origin;

  /** How it was computed of others, element by element. */
  public record Origin(String operator, List<Fixed> of) {}

  private Fixed(int[] dims, float[] numbers, long[] wholes, String name, Origin origin) {
    this.dims = dims;
    this.numbers = numbers;
    this.wholes = wholes;
    this.name = name;
    this.origin = origin;
    int size = size(dims);
    if (size != (numbers == null ? wholes.length : numbers.length)) {
      throw new RefusedException("a tensor of " + Arrays.toString(dims) + " has " + (numbers == null ? wholes.length : numbers.length) + " values");
    }
  }

  public static Fixed of(int[] dims, float... numbers) {
    return new Fixed(dims.clone(), numbers, null, "", null);
  }

  public static Fixed wholes(int[] dims, long... wholes) {
    return new Fixed(dims.clone(), null, wholes, "", null);
  }

  public static Fixed list(long... wholes) {
    return wholes(new int[] {wholes.length}, wholes);
  }

  /** The same, as what a file calls it. */
  public Fixed named(String called) {
    return new Fixed(dims, numbers, wholes, called, origin);
  }

  public Fixed from(String operator, List<Fixed> of) {
    return new Fixed(dims, numbers, wholes, name, new Origin(operator, of));
  }

  /** What the file calls it; empty if it has no name there. */
  public String name() {
    return name;
  }

  public Optional<Origin> origin() {
    return Optional.ofNullable(origin);
  }

  public static int size(int[] dims) {
    long size = 1;
    for (int d : dims) {
      size = Math.multiplyExact(size, (long) d);
      if (d < 0 || size > MOST) {
        throw new RefusedException("a tensor of " + Arrays.toString(dims) + " is too large");
      }
    }
    return (int) size;
  }

  public int[] dims() {
    return dims.clone();
  }

  public int rank() {
    return dims.length;
  }

  public int dim(int axis) {
    return dims[axis];
  }

  public int size() {
    return numbers == null ? wholes.length : numbers.length;
  }

  public boolean isWhole() {
    return wholes != null;
  }

  public double at(int i) {
    return numbers == null ? wholes[i] : numbers[i];
  }

  public long whole(int i) {
    return numbers == null ? wholes[i] : (long) numbers[i];
  }

  /** All of them, which nobody changes. */
  public float[] numbers() {
    if (numbers != null) {
      return numbers;
    }
    float[] made = new float[wholes.length];
    for (int i = 0; i < made.length; i++) {
      made[i] = wholes[i];
    }
    return made;
  }

  public long[] wholes() {
    long[] made = new long[size()];
    for (int i = 0; i < made.length; i++) {
      made[i] = whole(i);
    }
    return made;
  }

  public boolean isAll(double value) {
    for (int i = 0; i < size(); i++) {
      if (at(i) != value) {
        return false;
      }
    }
    return true;
  }

  /** Whether its last two axes are rows and columns of which the lower triangle is one thing, and the rest another. */
  public boolean isLower(DoublePredicate lower, DoublePredicate rest) {
    int rows = rank() < 2 ? 0 : dims[rank() - 2], columns = rank() < 2 ? 0 : dims[rank() - 1];
    return rows > 0 && rows == columns && size() == rows * columns && IntStream.range(0, size()).allMatch(i -> (i % columns <= i / columns ? lower : rest).test(at(i)));
  }

  /** The same values under another shape. */
  public Fixed shaped(int... to) {
    return new Fixed(to.clone(), numbers, wholes, name, origin);
  }

  /** Places of a result, each with where its value lies here. */
  public Fixed picked(int[] to, int[] from) {
    if (numbers != null) {
      float[] made = new float[from.length];
      for (int i = 0; i < made.length; i++) {
        made[i] = from[i] < 0 ? 0 : numbers[from[i]];
      }
      return new Fixed(to, made, null, name, null);
    }
    long[] made = new long[from.length];
    for (int i = 0; i < made.length; i++) {
      made[i] = from[i] < 0 ? 0 : wholes[from[i]];
    }
    return new Fixed(to, null, made, name, null);
  }

  /** @param axes the axis here that each axis there is */
  public Fixed transposed(int... axes) {
    int[] to = new int[rank()];
    for (int i = 0; i < to.length; i++) {
      to[i] = dims[axes[i]];
    }
    int[] strides = strides(dims), steps = new int[rank()];
    for (int i = 0; i < to.length; i++) {
      steps[i] = strides[axes[i]];
    }
    return picked(to, places(to, steps, 0));
  }

  /** What stands in a part of it, repeated where a dimension is 1. */
  public Fixed spread(int... to) {
    int[] strides = strides(dims), steps = new int[to.length];
    for (int i = 0; i < to.length; i++) {
      int own = i - (to.length - rank());
      steps[i] = own < 0 || dims[own] == 1 ? 0 : strides[own];
      if (own >= 0 && dims[own] != 1 && dims[own] != to[i]) {
        throw new RefusedException("values of " + Arrays.toString(dims) + " and " + Arrays.toString(to) + " do not go together");
      }
    }
    return Arrays.equals(dims, to) ? this : picked(to.clone(), places(to, steps, 0));
  }

  public Fixed slice(int axis, int from, int count, int step) {
    int[] to = dims.clone(), steps = strides(dims);
    int start = from * steps[axis];
    to[axis] = count;
    steps[axis] *= step;
    return picked(to, places(to, steps, start));
  }

  private static int[] strides(int[] dims) {
    int[] strides = new int[dims.length];
    int step = 1;
    for (int i = dims.length - 1; i >= 0; i--) {
      strides[i] = step;
      step *= dims[i];
    }
    return strides;
  }

  /** For each place of an array, in order, where it is found by going so far along each axis. */
  private static int[] places(int[] dims, int[] steps, int start) {
    int[] found = new int[size(dims)];
    int[] at = new int[dims.length];
    int now = start;
    for (int i = 0; i < found.length; i++) {
      found[i] = now;
      for (int axis = dims.length - 1; axis >= 0; axis--) {
        now += steps[axis];
        if (++at[axis] < dims[axis]) {
          break;
        }
        now -= steps[axis] * dims[axis];
        at[axis] = 0;
      }
    }
    return found;
  }

  @Override
  public String toString() {
    return (name.isEmpty() ? "numbers" : name) + " " + Arrays.toString(dims);
  }
}
