package dev.lanewise.dsl.view;

import dev.lanewise.dsl.exhibit.Table;
import dev.lanewise.dsl.meaning.Constant;
import dev.lanewise.runtime.file.Tensor;
import dev.lanewise.runtime.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Numbers as numbers: the parameters of a small layer, a list, a matrix. */
public final class NumberTables {
  private static final int MOST_COLUMNS = 10;
  private static final int MOST_ROWS = 32;

  private NumberTables() {}

  /** The parameters of a layer side by side, a row for each output; empty if they are too many to be read, or of different lengths. */
  public static Optional<Table> layer(String name, List<Tensor> parameters) {
    if (parameters.isEmpty()) {
      return Optional.empty();
    }
    int outputs = parameters.getFirst().shape().getFirst();
    int columns = parameters.stream().mapToInt(t -> t.values().length / outputs).sum();
    if (columns > MOST_COLUMNS || outputs > MOST_ROWS || parameters.stream().anyMatch(t -> t.shape().getFirst() != outputs)) {
      return Optional.empty();
    }
    List<String> header = new ArrayList<>(List.of(""));
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < outputs; i++) {
      rows.add(new ArrayList<>(List.of(Integer.toString(i))));
    }
    for (Tensor t : parameters) {
      String own = t.name().substring(t.name().lastIndexOf('.') + 1);
      int each = t.values().length / outputs;
      for (int k = 0; k < each; k++) {
        header.add(each == 1 && t.shape().size() == 1 ? own : own + " " + k);
        for (int i = 0; i < outputs; i++) {
          rows.get(i).add(number(t.values()[i * each + k]));
        }
      }
    }
    String shapes = parameters.stream().map(t -> t.name().substring(t.name().lastIndexOf('.') + 1) + " " + dims(t.shape())).collect(Collectors.joining(", "));
    return Optional.of(new Table(name + ": " + shapes, header, rows));
  }

  /** A value with rows and columns; of many the first. All that follows the first axis stands in one row. */
  public static Table of(String name, List<Integer> dims, float[] values) {
    int rows = dims.getFirst();
    int columns = values.length / Math.max(1, rows);
    int shownRows = Math.min(rows, MOST_ROWS);
    int shown = Math.min(columns, MOST_COLUMNS);
    List<String> header = new ArrayList<>(List.of(""));
    IntStream.range(0, shown).forEach(k -> header.add(Integer.toString(k)));
    List<List<String>> cells = new ArrayList<>();
    for (int i = 0; i < shownRows; i++) {
      List<String> row = new ArrayList<>(List.of(Integer.toString(i)));
      for (int k = 0; k < shown; k++) {
        row.add(number(values[i * columns + k]));
      }
      cells.add(row);
    }
    return new Table(title(name, dims, values, shownRows < rows || shown < columns), header, cells);
  }

  /** A list of numbers, or of such lists. */
  public static Table of(String name, Constant.Items items) {
    double[] numbers = items.numbers();
    float[] values = new float[numbers.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) numbers[i];
    }
    return of(name, items.shape().map(Shape::dims).orElse(List.of(values.length)), values);
  }

  private static String title(String name, List<Integer> dims, float[] values, boolean more) {
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    double sum = 0;
    for (float v : values) {
      least = Math.min(least, v);
      most = Math.max(most, v);
      sum += v;
    }
    return String.format(
        Locale.ROOT, "%s%s, from %.4g to %.4g, mean %.4g%s",
        name.isEmpty() ? "" : name + " ", dims(dims), least, most, sum / values.length, more ? "; the first of them" : "");
  }

  private static String dims(List<Integer> dims) {
    return dims.stream().map(String::valueOf).collect(Collectors.joining("x"));
  }

  private static String number(float value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }
}
