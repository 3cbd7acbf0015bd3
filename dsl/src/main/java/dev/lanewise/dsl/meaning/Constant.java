package dev.lanewise.dsl.meaning;

import java.util.List;
import java.util.stream.Collectors;

/** A value of the language. */
public sealed interface Constant {
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

    @Override
    public String toString() {
      return values.stream().map(Constant::toString).collect(Collectors.joining(", ", "[", "]"));
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
