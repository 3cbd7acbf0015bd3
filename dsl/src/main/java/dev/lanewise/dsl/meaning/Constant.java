package dev.lanewise.dsl.meaning;

import dev.lanewise.runtime.tensor.Shape;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A value of the language. */
public sealed interface Constant {
  /** The numbers of a list of them; a number is one. */
  default double[] inside() {
    return this instanceof Items items ? items.numbers() : new double[] {((Num) this).value()};
  }

  record Num(double value) implements Constant {
    public boolean isWhole() {
      return value == Math.rint(value) && Math.abs(value) < 1e15;
    }

    @Override
    public String toString() {
      return isWhole() ? Long.toString((long) value) : Double.toString(value);
    }
  }

  record Text(String value) implements Constant {
    @Override
    public String toString() {
      return '"' + value + '"';
    }
  }

  record Flag(boolean value) implements Constant {
    @Override
    public String toString() {
      return Boolean.toString(value);
    }
  }

  record Items(List<Constant> values) implements Constant {
    public Items {
      values = List.copyOf(values);
    }

    /** Numbers that lie so: of a shape with several axes a list of lists. */
    public static Items of(List<Integer> dims, double[] numbers) {
      return of(dims, numbers, 0, numbers.length);
    }

    private static Items of(List<Integer> dims, double[] numbers, int from, int to) {
      int each = (to - from) / dims.getFirst();
      return new Items(IntStream.range(0, dims.getFirst()).<Constant>mapToObj(i -> dims.size() == 1
          ? new Num(numbers[from + i])
          : of(dims.subList(1, dims.size()), numbers, from + i * each, from + (i + 1) * each)).toList());
    }

    /** How its numbers lie; empty if it holds something else, nothing, or lists of different lengths. */
    public Optional<Shape> shape() {
      List<Integer> dims = dims(this);
      return dims.isEmpty() || dims.size() > 4 ? Optional.empty() : Optional.of(Shape.of(dims.stream().mapToInt(Integer::intValue).toArray()));
    }

    /** Whether it can be read on a line. */
    public boolean isShort() {
      return values.size() <= 16 && values.stream().allMatch(Num.class::isInstance);
    }

    public boolean isNumbers() {
      return !dims(this).isEmpty();
    }

    private static List<Integer> dims(Items items) {
      if (!items.values.isEmpty() && items.values.stream().allMatch(Num.class::isInstance)) {
        return List.of(items.values.size());
      }
      if (items.values.isEmpty() || !items.values.stream().allMatch(Items.class::isInstance)) {
        return List.of();
      }
      List<Integer> first = dims((Items) items.values.getFirst());
      if (first.isEmpty() || items.values.stream().anyMatch(v -> !dims((Items) v).equals(first))) {
        return List.of();
      }
      return Stream.concat(Stream.of(items.values.size()), first.stream()).toList();
    }

    /** All its numbers, those of inner lists in their order. */
    public double[] numbers() {
      return values.stream().flatMapToDouble(v -> switch (v) {
        case Num(double n) -> DoubleStream.of(n);
        case Items inner -> DoubleStream.of(inner.numbers());
        default -> throw new IllegalStateException("no number: " + v);
      }).toArray();
    }

    /** All of it where that can be read on a line, or is no list of numbers; else how many there are: {@code 10x784 numbers}. */
    @Override
    public String toString() {
      return isShort() || !isNumbers()
          ? values.stream().map(Constant::toString).collect(Collectors.joining(", ", "[", "]"))
          : dims(this).stream().map(String::valueOf).collect(Collectors.joining("x")) + " numbers";
    }
  }

  /** {@code 20x4x4}; a flat shape is a plain number. */
  record Dims(List<Integer> values) implements Constant {
    public Dims {
      values = List.copyOf(values);
    }

    @Override
    public String toString() {
      return values.stream().map(String::valueOf).collect(Collectors.joining("x"));
    }
  }
}
